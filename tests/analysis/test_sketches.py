"""Copies of paragraphs are found and look-alikes are not, on made paragraphs and on ones that once went wrong."""

from __future__ import annotations

import random
from collections import Counter, defaultdict

import pytest

from analysis.sketches import FEWEST, is_copy, minima, shared, sketches
from analysis.words import tokens
from tests.analysis.copied import EDITS, News, copies, look_alikes

COPIES = 450
LEAST_RECALL = 0.987

LEAD = (
    "The Kremlin said on Thursday that talks with the delegation from Oslo had been substantial and that both sides"
    " would meet again before the summer, Reuters reported."
)


@pytest.fixture(scope="module")
def found() -> tuple[dict[tuple[str, str], str], set[tuple[str, str]]]:
    """The copies that were made, with their edit, and the pairs that were found among all paragraphs."""
    made = list(copies(11, COPIES))
    texts = [text for each in made for text in (each.original, each.copy)]
    texts += list(look_alikes(12, COPIES))
    texts += [news.paragraph() for news in [News(13)] for _ in range(COPIES)]
    random.Random(14).shuffle(texts)
    sharing: dict[int, list[str]] = defaultdict(list)
    pairs = set()
    for text in texts:
        hashes = minima(tokens(text))
        for other in dict.fromkeys(other for each in hashes for other in sharing[each]):
            if is_copy(text, other):
                pairs.add((min(text, other), max(text, other)))
        for each in hashes:
            sharing[each].append(text)
    return {(min(c.original, c.copy), max(c.original, c.copy)): c.edit for c in made}, pairs


def test_copies_are_found(found: tuple[dict[tuple[str, str], str], set[tuple[str, str]]]) -> None:
    """The floor of the issue of copies: of all that were edited, whatever the edit, 98.7 % are found."""
    made, pairs = found
    missed = Counter(edit for pair, edit in made.items() if pair not in pairs)
    assert set(made.values()) == set(EDITS)
    assert 1 - missed.total() / len(made) >= LEAST_RECALL, missed


def test_nothing_else_is_called_a_copy(found: tuple[dict[tuple[str, str], str], set[tuple[str, str]]]) -> None:
    """Templates with other facts, shared opening lines and stock market reports are never copies of each other."""
    made, pairs = found
    assert sorted(pairs - made.keys()) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Thursday", "Friday"),
        ("Oslo", "Bergen"),
    ],
)
def test_one_fact_makes_other_news(one: str, other: str) -> None:
    """The same sentence with another day, or with most of its names changed, tells of something else."""
    text = LEAD.replace("The Kremlin", "The ministry")
    assert is_copy(text, text.replace("substantial", "fruitful"))
    assert not is_copy(text, text.replace(one, other))


@pytest.mark.parametrize(
    ("changed", "kept"),
    [
        ("Reuters reported", "AFP reported"),
        ("Thursday", "thursday"),
        ("substantial", "fruitful"),
        (" that talks", ", talks"),
    ],
)
def test_small_edits(changed: str, kept: str) -> None:
    """Another agency's name, other words and marks leave it a copy."""
    assert is_copy(LEAD, LEAD.replace(changed, kept))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Six people were killed and nine were injured when a bus overturned near Lund on a road to the coast.",) * 2,
    ],
)
def test_numbers_in_words_count(one: str, other: str) -> None:
    """Figures and words for them say the same; another number says something else, also one that stands twice."""
    assert is_copy(one, other.replace("Six", "6"))
    assert not is_copy(one, other.replace("nine", "six"))
    assert not is_copy(one, other.replace("Six", "Nine").replace("nine were", "six were"))
    assert not is_copy(one, other.replace("Six", "Eleven").replace("nine", "six"))


def test_names_that_stand_elsewhere_too() -> None:
    """Another match with the same score is other news, also where a name of one plays in the other."""
    one = (
        "Lund beat Ekby 8-8 at home on Monday thanks to a late goal by Norby Berg in the 59th minute, and moved up to"
        " 8th in the table. The next match is away from home in two weeks' time."
    )
    assert not is_copy(one, one.replace("Norby Berg", "Ada Holm").replace("Lund", "Visby").replace("Ekby", "Norby"))


def test_short_paragraphs_tell_nothing() -> None:
    """What is printed everywhere has no sketch."""
    assert minima(tokens("a b c " * (FEWEST // 3) + "d")) != ()
    assert minima(tokens("The inquiry continues, he said, and declined to say any more.")) == ()
    assert not is_copy("He declined to comment on Monday.", "She declined to comment on Monday.")


def test_every_paragraph_has_its_place() -> None:
    """Spans cut the paragraphs as printed, blank lines and odd line ends aside, and the empty text has none."""
    text = f"  {LEAD}\n\n\r\nShort.\u2028{LEAD}  \n"
    assert [each.span.cut(text) for each in sketches(text)] == [LEAD, "Short.", LEAD]
    assert [len(each.minima) for each in sketches(text)] == [4, 0, 4]
    assert sketches("") == [] == sketches(" \n ")


def test_how_much_is_shared() -> None:
    """Whether a page still prints an article: by its longer paragraphs."""
    news = News(5)
    one, two, three = (news.paragraph() for _ in range(3))
    assert shared(f"{one}\n\n{two}", f"{two}\n\n{three}") == 0.5
    assert shared(f"{one}\n\nShort.", f"{one}") == 1.0
    assert shared("Short.", "Short.") == 0.0
