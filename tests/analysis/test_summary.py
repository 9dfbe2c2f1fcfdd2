"""A summary is made of whole sentences that are understood alone and do not repeat each other."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.sentences import split
from analysis.summary import FEWEST_WORDS, Reference, stands_alone, summarise
from tests.timing import seconds

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
ARTICLES = [[span.cut(text) for span in split(text)] for text in (path.read_text("utf-8") for path in SEEDS)]

ALONE = [
    "Thursday's summit took place on Russky Island, near Vladivostok.",
    "“There are a number of reasons for the trip,” one expert said.",
    "Henry and Theo had the hardest of all the tasks that day.",
    "Italy and Greece signed the treaty on the ferry last night.",
    "Who will pay for the new bridge over the river?",
]
LEANING = [
    "He added that they also exchanged views on the issue.",
    "“He is the best player we have ever had,” Lee said.",
    "It's not clear who will pay for all of this.",
    "This isn't all about Washington, as everybody there knows.",
    "But Kim is also keen to ease the international sanctions.",
    "However, the last summit broke down without any agreement.",
    "— Their plan is to build a bridge over the river.",
    "A short one.",
    "A headline that has no full stop at its end",
    "Putin and Kim share a toast in the hall -",
    "",
    "… …",
    "word " * 80 + ".",
]


@pytest.mark.parametrize("text", ALONE)
def test_sentences_that_stand_alone(text: str) -> None:
    """A name that begins like a pronoun, a question, or a quotation is no reason to leave a sentence out."""
    assert stands_alone(text)


@pytest.mark.parametrize("text", LEANING)
def test_sentences_that_do_not(text: str) -> None:
    """No summary opens a passage with "He", "But" or half a sentence."""
    assert not stands_alone(text)


def test_the_founding_story() -> None:
    """Within the words allowed, nothing twice although both copies print nearly everything twice."""
    chosen = summarise(ARTICLES, 150)
    texts = [ARTICLES[place.article][place.sentence] for place in chosen]
    assert 4 <= len(texts) <= 9
    assert sum(len(text.split()) for text in texts) <= 150
    assert all(stands_alone(text) for text in texts)
    assert len({text.split(" ", 6)[-1] for text in texts}) == len(texts)
    assert any("Putin" in text and "Kim Jong Un" in text for text in texts)


def test_what_all_outlets_tell_comes_first() -> None:
    """A sentence that the other articles support is chosen before one outlet's aside."""
    shared = "The council of Millbrook voted on Tuesday to close its old iron bridge."
    aside = "The town hall of Millbrook was painted yellow by pupils in the spring."
    one = [aside, shared, "Rust has eaten through two of the main beams of it."]
    two = ["On Tuesday the Millbrook council voted to close the iron bridge over the Wend.", "Buses will go round."]
    chosen = summarise([one, two, [shared]], 16)
    assert [([one, two, [shared]])[place.article][place.sentence] for place in chosen] == [shared]


def test_near_duplicates_are_taken_once() -> None:
    """Copies that differ by a word do not fill a summary with one sentence."""
    first = "North Korea has for months been negotiating with the United States over its weapons."
    second = "North Korea has for weeks been negotiating with the United States over its weapons."
    assert len(summarise([[first], [second], [first]], 200)) == 1
    assert summarise([[first, first]], 200) == [Reference(0, 0)]


def test_no_words_no_articles() -> None:
    """Nothing to choose from, or no room, gives nothing."""
    assert summarise([]) == []
    assert summarise([[], [""]]) == []
    assert summarise(ARTICLES, 0) == []
    assert summarise(ARTICLES, FEWEST_WORDS - 1) == []


@given(st.lists(st.lists(st.text(max_size=40), max_size=4), max_size=4), st.integers(-5, 60))
def test_any_sentences(articles: list[list[str]], words: int) -> None:
    """Of any text each chosen sentence is there, once, and within the words allowed."""
    chosen = summarise(articles, words)
    assert len(set(chosen)) == len(chosen)
    assert sum(len(articles[place.article][place.sentence].split()) for place in chosen) <= max(words, 0)


def test_a_story_of_hundreds_of_articles_is_quick() -> None:
    """The work is bounded however much is loaded: ten times the articles take far less than ten times as long."""
    few = seconds(lambda: summarise(ARTICLES * 20, 150), tries=3)
    assert seconds(lambda: summarise(ARTICLES * 200, 150), tries=2) < 6 * few
