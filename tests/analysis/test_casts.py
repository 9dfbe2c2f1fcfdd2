"""The people of several articles become one entry a person, and nobody is mixed up with a namesake."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.casts import CastEntry, merge
from analysis.model import Mention, MentionKind, Person, Span, SpeakerKind


def person(text: str) -> Person:
    """A person from "Name = alias = alias", with "(f)", "(m)" or "(org)" after it."""
    bare, _, mark = text.partition(" (")
    name, *aliases = bare.split(" = ")
    kind = SpeakerKind.ORGANISATION if mark == "org)" else SpeakerKind.PERSON
    return Person(name, kind, tuple(aliases), gender=mark[0] if mark in ("f)", "m)") else None)


def groups(*articles: str) -> set[frozenset[tuple[int, str]]]:
    """Who was merged with whom: article number and printed name."""
    casts = [(number, [person(one) for one in article.split("; ")]) for number, article in enumerate(articles, 1)]
    names = {(number, at): one.name for number, people in casts for at, one in enumerate(people)}
    return {frozenset((article, names[article, at]) for article, at in entry.members) for entry in merge(casts)}


TOGETHER = [
    ("Mike Pompeo", "Pompeo"),
    ("Mike Pompeo", "Secretary Pompeo"),
    ("Mike Pompeo", "Michael R. Pompeo"),
    ("Michael R. Pompeo", "Mr. Pompeo"),
    ("Kim Jong Un", "Kim Jong-un"),
    ("Kim Jong Un", "Kim Jung Un"),
    ("Kim Jong Un = Kim", "Kim"),
    ("Kim Jong Un", "Kim"),
    ("Moon Jae-in", "President Moon"),
    ("Xi Jinping", "Xi"),
    ("Donald Trump", "Donald J. Trump"),
    ("President Donald Trump", "Trump"),
    ("Hillary Clinton", "Hillary Rodham Clinton"),
    ("Hillary Clinton = Hillary", "Hillary"),
    ("Ursula von der Leyen", "von der Leyen"),
    ("Ursula von der Leyen", "Leyen"),
    ("Mohammed bin Salman", "bin Salman"),
    ("Mohammed bin Salman", "Muhammad bin Salman"),
    ("Bashar al-Assad", "Assad"),
    ("Bashar al-Assad", "al-Assad"),
    ("Recep Tayyip Erdoğan", "Erdogan"),
    ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
    ("Volodymyr Zelensky", "Zelenskyy"),
    ("Muammar Gaddafi", "Moammar Gadhafi"),
    ("J.K. Rowling", "J. K. Rowling"),
    ("Jean-Claude Juncker", "Juncker"),
    ("Mary Smith-Jones", "Smith-Jones"),
    ("Martin King Jr.", "Martin King Jr"),
    ("Ben Carson", "Carson"),
    ("Pompeo", "Pompeo"),
    ("the Foreign Ministry (org)", "Foreign Ministry (org)"),
    ("Royal United Services Institute = RUSI (org)", "RUSI (org)"),
    ("United Nations (org)", "U.N. (org)"),
]

APART = [
    ("Kim Jong Un", "Kim Yo Jong"),
    ("Kim Jong Un", "Kim Jong Il"),
    ("John Smith", "James Smith"),
    ("John Smith (m)", "Mrs. Smith"),
    ("Bill Clinton (m)", "Mrs. Clinton"),
    ("George W. Bush", "George H. W. Bush"),
    ("Donald Trump", "Donald Trump Jr."),
    ("Donald Trump", "Melania Trump"),
    ("Robert Kelly", "Robert"),
    ("Robert Kelly", "Kelly Robertson"),
    ("Jordan Peterson", "Jordan"),
    ("Daniel Smith", "Daniela Smith"),
    ("Marion Smith", "Martin Smith"),
    ("Marina Smith", "Martina Smith"),
    ("LaTonya Brown", "Latoya Brown"),
    ("Mary Jones", "Smith-Jones"),
    ("Alex Morgan (f)", "Alex Morgan (m)"),
    ("Ford (org)", "Ford"),
    ("Washington (org)", "Denzel Washington"),
]


@pytest.mark.parametrize(("one", "other"), TOGETHER)
def test_one_person_under_two_names(one: str, other: str) -> None:
    """What two articles print of one person becomes one entry, whichever is loaded first."""
    assert len(groups(one, other)) == 1
    assert len(groups(other, one)) == 1


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_people_stay_two(one: str, other: str) -> None:
    """Namesakes, relatives, and an organisation of the same name are never one entry."""
    assert len(groups(one, other)) == 2
    assert len(groups(other, one)) == 2


def test_bare_surname_that_fits_two_joins_neither() -> None:
    """With two Smiths in the story, "Smith" in a third article is nobody's."""
    assert frozenset({(3, "Smith")}) in groups("John Smith", "Jane Smith", "Smith")
    assert frozenset({(3, "Kim")}) in groups("Kim Jong Un", "Kim Yo Jong", "Kim")
    assert len(groups("John Smith", "Jane Smith", "Smith", "Smith")) == 4


def test_title_tells_which_of_two() -> None:
    """A title that shows the gender lets the surname join the one whom it fits."""
    found = groups("Bill Clinton (m)", "Hillary Clinton (f)", "Mrs. Clinton")
    assert frozenset({(2, "Hillary Clinton"), (3, "Mrs. Clinton")}) in found


def test_short_name_that_fits_two_fuller_ones_joins_neither() -> None:
    """The name "George Bush" does not choose between father and son."""
    assert len(groups("George W. Bush", "George H. W. Bush", "George Bush")) == 3


def test_alias_of_another_article_leads_to_the_full_name() -> None:
    """A name that only another article explains is still understood."""
    assert groups("Pompeo", "Mike Pompeo = Pompeo; Vladimir Putin", "Secretary Pompeo; Putin") == {
        frozenset({(1, "Pompeo"), (2, "Mike Pompeo"), (3, "Secretary Pompeo")}),
        frozenset({(2, "Vladimir Putin"), (3, "Putin")}),
    }


def test_entries_of_one_article_are_never_merged() -> None:
    """An article's own reading told them apart, for reasons that this room cannot see."""
    assert len(groups("Mike Pompeo; Pompeo")) == 2
    smith = Person("John Smith")
    assert len(merge([(1, [smith, smith]), (2, [smith])])) == 3


def test_of_two_fitting_entries_the_very_same_name_is_meant() -> None:
    """One article that tells two entries of a name apart does not scatter the name in all the others."""
    found = groups("Paul D. Ryan; Paul Ryan", "Paul Ryan", "Paul Ryan")
    assert frozenset({(1, "Paul Ryan"), (2, "Paul Ryan"), (3, "Paul Ryan")}) in found


def test_unnamed_roles_stay_apart() -> None:
    """The phrase "one expert" in two articles need not be one expert."""
    expert = Person("one expert", SpeakerKind.ROLE)
    assert len(merge([(1, [expert]), (2, [expert])])) == 2


def test_the_name_that_most_articles_print_is_the_entry_s() -> None:
    """Readers see the usual full name, and find it by all the others."""
    casts = [
        (1, [Person("Pompeo", mentions=(Mention(Span(0, 6), MentionKind.NAME),) * 9)]),
        (2, [Person("Mike Pompeo", aliases=("Pompeo",), gender="m")]),
        (3, [Person("Michael R. Pompeo")]),
        (4, [Person("Mike Pompeo", aliases=("Mr. Pompeo",))]),
    ]
    assert merge(casts) == [
        CastEntry(
            "Mike Pompeo",
            SpeakerKind.PERSON,
            ((1, 0), (2, 0), (3, 0), (4, 0)),
            ("Pompeo", "Michael R. Pompeo", "Mr. Pompeo"),
            "m",
        )
    ]
    assert merge([(1, [Person("Jong Un")]), (2, [Person("Kim Jong Un")])])[0].name == "Kim Jong Un"


def test_empty_and_odd_names() -> None:
    """No people, no articles and names without a letter are no error."""
    assert merge([]) == []
    assert len(merge([(1, []), (2, [Person(""), Person("…"), Person("’s")])])) == 3


NAMES = st.sampled_from(
    ["Kim Jong Un", "Kim", "Kim Yo Jong", "John Smith", "J. Smith", "Smith", "Jane Smith", "Mr. Smith", "", "Le Pen"]
)


@given(st.lists(st.lists(NAMES, max_size=5), max_size=5))
def test_everybody_is_in_exactly_one_entry(names: list[list[str]]) -> None:
    """Nobody is lost or doubled, and no entry takes two from one article."""
    entries = merge([(number, [Person(name) for name in article]) for number, article in enumerate(names)])
    members = [member for entry in entries for member in entry.members]
    assert sorted(members) == [(number, at) for number, article in enumerate(names) for at in range(len(article))]
    assert all(len({article for article, _ in entry.members}) == len(entry.members) for entry in entries)


def test_large_story_is_quick() -> None:
    """A hundred articles with forty people each are merged within the time of storing one."""
    casts = [(n, [Person(f"Anna{k} Berg{k % 7}{k}") for k in range(40)]) for n in range(100)]
    began = time.thread_time()
    assert len(merge(casts)) == 40
    assert time.thread_time() - began < 4
