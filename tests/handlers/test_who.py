"""/who: the cast, and one person with everything that is printed about them."""

from __future__ import annotations

import pytest

from analysis.model import QuoteKind, SpeakerKind
from handlers.answer import Answer, Entry, Group
from store import Store
from tests.handlers.conftest import Ask
from tests.handlers.made import Said, Somebody, entries, ours, put, quoted, texts

RUIZ = Somebody("Ana Ruiz", ("Ruiz",), ("the harbour master", "harbour master of Norrvik"))
BERG = Somebody("Olof Berg", ("Berg",), ("minister of transport",))
BOARD = Somebody("Harbour Board", kind=SpeakerKind.ORGANISATION)
LINES = (
    'Ruiz, harbour master of Norrvik, was clear. "The ferries cost too much," Ruiz said.',
    '"Ruiz is right," said Olof Berg, minister of transport.',
    "Ruiz has asked for money. Berg left early. The Harbour Board said that it will pay.",
)
SAID = (
    Said(('"The ferries cost too much,"',), "Ana Ruiz"),
    Said(('"Ruiz is right,"',), "Olof Berg"),
    Said(("that it will pay",), "Harbour Board", QuoteKind.INDIRECT),
)


@pytest.fixture(autouse=True)
def copies(store: Store) -> None:
    """Two copies of one story; the second lacks the last line."""
    people = (RUIZ, BERG, BOARD)
    put(store, *LINES, said=SAID, people=people, outlet="Norrvik Post")
    put(store, *LINES[:2], said=SAID[:2], people=(RUIZ, BERG), outlet="Coast Radio")


def groups(answer: Answer) -> dict[str, list[str]]:
    """The passages of an answer under the titles of their groups."""
    return {each.title: texts(each) for each in answer.blocks if isinstance(each, Group)}


def test_the_cast(ask: Ask) -> None:
    """People by weight first, then organisations, each with a button to their own answer."""
    answer = ask("who")
    assert [(entry.label, entry.detail) for entry in entries(answer)] == [
        ("Ana Ruiz", "in 2 of 2 articles"),
        ("Olof Berg", "in 2 of 2 articles"),
        ("Harbour Board", "in 1 of 2 articles"),
    ]
    assert [each.title for each in answer.blocks if isinstance(each, Group)] == ["Organisations that speak"]
    for entry in entries(answer):
        assert entry.question is not None
        assert entry.label in ask("who", entry.question.words).heading


@pytest.mark.parametrize(
    "words",
    ["Ana Ruiz", "ruiz", "RUIZ", "Ana", "Ana Ruis", "harbour master", "Harbor master", "Ana Ruiz #1"],
)
def test_one_person(words: str, ask: Ask) -> None:
    """A name, a part of it, a misspelling or a role gives the same portrait."""
    answer = ask("who", words)
    assert answer.heading.startswith("Ana Ruiz — Norrvik bridge closed")
    assert groups(answer) == {
        "As printed": ["harbour master of Norrvik"],
        "Quotes": ['"The ferries cost too much,"'],
        "In quotes of others": ['"Ruiz is right,"'],
        "Elsewhere in the articles": [
            "Ana Ruiz, the harbour master, ordered the closure of the bridge before the morning traffic.",
            "Ruiz, harbour master of Norrvik, was clear.",
            "Ruiz has asked for money.",
        ],
    }
    told = ours(answer)
    assert "Also printed as: Ruiz" in told
    assert "in 2 of 2 loaded articles: Norrvik Post; Coast Radio" in told


def test_each_passage_has_its_own_count(ask: Ask) -> None:
    """What one copy only prints is counted so."""
    answer = ask("who", "Ruiz")
    counted = {block.parts[0].text: (len(block.carriers), block.of) for block in quoted(answer)}
    assert counted['"Ruiz is right,"'] == (2, 2)
    assert counted["Ruiz has asked for money."] == (1, 2)


def test_somebody_who_says_nothing(ask: Ask, store: Store) -> None:
    """No group of quotations, and no button to them, for a person who is only mentioned."""
    put(store, "Carl Lund watched.", people=[RUIZ, Somebody("Carl Lund")])
    answer = ask("who", "Lund")
    assert groups(answer) == {"Elsewhere in the articles": ["Carl Lund watched."]}
    assert [each.label for each in answer.next] == ["People"]
    assert ask("quotes", "Lund").heading == "The loaded articles do not say."


@pytest.mark.parametrize("words", ["Zebedee", "prime minister of Atlantis", "xkcd", "42", "🙂"])
def test_nobody(words: str, ask: Ask) -> None:
    """Who is not there is not guessed."""
    answer = ask("who", words)
    assert answer.heading == "The loaded articles do not say."
    assert not quoted(answer)


def test_namesakes_with_one_name_each_have_a_button(store: Store, ask: Ask) -> None:
    """People who share their whole name are told apart by a number, which finds them again."""
    put(store, "Jo Ek of Oslo sang.", people=[Somebody("Jo Ek")], headline="Choir tours", filler=False)
    story = store.stories()[0].id
    cast = store.cast(story)
    assert [member.name for member in cast] == ["Jo Ek"]
    assert ask("who", "Jo Ek #1", story=story).heading.startswith("Jo Ek")
    assert ask("who", "Jo Ek #7", story=story).heading != ""


def test_a_replied_to_message(ask: Ask) -> None:
    """The person a message names; with two of them, a question back."""
    assert ask("who", reply="I met this Olof Berg once, in a bar near the harbour").heading.startswith("Olof Berg")
    answer = ask("who", reply="Ruiz or Berg, who was it that said so?")
    assert answer.heading == "Did you mean …?"
    assert {each.label for each in answer.next} == {"Ana Ruiz", "Olof Berg"}


def test_the_founding_articles(ask_seeds: Ask) -> None:
    """Every printed role is shown, with all who print it, and an organisation is counted also where it is silent."""
    roles = next(each for each in ask_seeds("who", "Kim Jong Un").blocks if isinstance(each, Group))
    counted = {block.parts[0].text: len(block.carriers) for block in quoted(roles)}
    assert counted["North Korean leader"] == counted["The North Korean dictator"] == 2
    assert "in 2 of 2 loaded articles" in ours(ask_seeds("who", "North Korea"))


def test_a_role_that_somebody_else_has_in_another_article(store: Store, ask: Ask) -> None:
    """An article that calls only another person so does not print the role of this one."""
    put(store, "Eva Lind, minister of transport, wrote to Ruiz.", people=[RUIZ], outlet="Fjord Daily")
    roles = next(each for each in ask("who", "Olof Berg").blocks if isinstance(each, Group))
    assert [[carrier.article.outlet for carrier in block.carriers] for block in quoted(roles)] == [
        ["Norrvik Post", "Coast Radio"]
    ]


def test_an_organisation_that_is_only_said_to_want_is_not_listed_as_speaking(store: Store, ask: Ask) -> None:
    """Who is listed as speaking has quotations."""
    put(store, "The Ferry Union met.", people=[RUIZ, Somebody("Ferry Union", kind=SpeakerKind.ORGANISATION)])
    listed = {each.title: each for each in ask("who").blocks if isinstance(each, Group)}
    (silent,) = (each for each in listed["Other organisations"].blocks if isinstance(each, Entry))
    assert silent.label == "Ferry Union"
    for entry in (each for each in listed["Organisations that speak"].blocks if isinstance(each, Entry)):
        assert quoted(ask("quotes", entry.label)), entry.label
