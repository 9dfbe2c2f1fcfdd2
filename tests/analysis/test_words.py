"""Two passages are the same exactly when they print the same words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model import Span
from analysis.words import find, key, tokens
from tests.timing import seconds

SAME = [
    ("U.S.", "US"),
    ("U.S", "US"),
    ("U.S.-led", "US-led"),
    ("the U.N.'s envoy", "the UN’s envoy"),
    ("at 5 p.m.", "at 5pm"),
    ("Moon Jae-in", "Moon Jae in"),
    ("tête-à-tête", "TÊTE À TÊTE"),
    ("town — and", "town, and"),
    ("town—and", "town and"),
    ("“Don’t,” he said.", '"don\'t" he said'),
    ("they ... reduce", "they … reduce"),
    ("they... reduce", "they reduce"),
    ("co\u00adoperate", "cooperate"),
    ("zero\u200bwidth\ufeff", "zerowidth"),
    ("cafe\u0301", "café"),
    ("ﬁve ＵＳ ships", "five US ships"),
    ("Straße", "STRASSE"),
    ("1,000,000 people", "1000000 people"),
    ("5 %", "5%"),
    ("$ 5 million", "$5 million"),
    ("£1.5bn", "£1.5 bn"),
    ("−5 degrees", "-5 degrees"),
    ("5–10 years", "5-10 years"),
    ("the 1990's", "the 1990s"),
    ("F-16s", "F16s"),
    ("G-20", "G20"),
    ("the dogs' home", "the dogs home"),
    ("(Reuters)", "Reuters"),
    ("a  b\n\nc", "a b c"),
    ("", " … — “” \u200b"),
]

DIFFERENT = [
    ("signaling", "signalling"),
    ("analysts say", "analysts think"),
    ("peninsula talks", "talks peninsula"),
    ("1.5", "15"),
    ("1.5", "1 5"),
    (".5", "5"),
    ("9/11", "911"),
    ("5:30", "530"),
    ("5%", "5"),
    ("$5", "5"),
    ("$5", "€5"),
    ("-5 degrees", "5 degrees"),
    ("1,5", "15"),
    ("2018,2019", "20182019"),
    ("10²", "102"),
    ("1½", "11/2"),
    ("AA+", "AA"),
    ("Johnson & Johnson", "Johnson Johnson"),
    ("it's", "its"),
    ("we're", "were"),
    ("now here", "nowhere"),
    ("the rapist", "therapist"),
    ("resume", "résumé"),
    ("town.He", "townhe"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_same_words(one: str, other: str) -> None:
    """Case, punctuation, kind of marks and spacing never make two passages differ."""
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_words(one: str, other: str) -> None:
    """Another word, spelling, number or order is never taken for the same passage."""
    assert key(one) != key(other)


def test_abbreviation_keeps_its_last_stop() -> None:
    """A cut passage that ends in "U.S." shows the abbreviation whole."""
    text = "in the U.S. today"
    assert [text[t.start : t.end] for t in tokens(text)] == ["in", "the", "U.S.", "today"]


def test_find_gives_each_place_as_printed() -> None:
    """A carrier's own span is cut from its own print, not the asker's."""
    text = "The U.S. “won’t” wait. the us won't. The U.S won’t"
    found = [span.cut(text) for span in find(tokens("the US won't"), tokens(text))]
    assert found == ["The U.S. “won’t", "the us won't", "The U.S won’t"]


def test_find_overlapping_and_repeated_words() -> None:
    """A place is not missed because an earlier near-match shares words with it."""
    text = "a a b a a a b"
    assert list(find(tokens("a a b"), tokens(text))) == [Span(0, 5), Span(8, 13)]
    assert list(find(tokens("a a"), tokens("a a a"))) == [Span(0, 3), Span(2, 5)]


def test_nothing_is_found_nowhere() -> None:
    """Marks alone, or an empty passage, are carried by no article."""
    assert not list(find(tokens("…“”"), tokens("some words")))
    assert not list(find(tokens("some words and more"), tokens("some words")))
    assert not list(find(tokens("word"), tokens("swords wordy")))


@given(st.text())
def test_offsets_slice_to_their_key(text: str) -> None:
    """Every token, of any text, stands where it says, in order, and its slice alone reads as its key."""
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= len(text)
        end = token.end
    assert key(text) == " ".join(token.key for token in tokens(text))


@given(
    st.lists(st.sampled_from(["the", "U.S.", "don’t", "5%", "1,000", "Jae-in", "Kim", "said"]), min_size=1), st.data()
)
def test_what_was_cut_is_found(words: list[str], data: st.DataObject) -> None:
    """Any run of an article's words, printed another way, is found where it stood."""
    text = "  ".join(words)
    there = tokens(text)
    first = data.draw(st.integers(0, len(there) - 1))
    last = data.draw(st.integers(first, len(there) - 1))
    span = Span(there[first].start, there[last].end)
    again = " — ".join(text[t.start : t.end].upper() for t in there[first : last + 1]).replace("’", "'")
    assert span in list(find(tokens(again), there))


@given(st.lists(st.sampled_from("ab"), max_size=12), st.lists(st.sampled_from("ab"), max_size=4))
def test_find_agrees_with_trying_every_place(text: list[str], wanted: list[str]) -> None:
    """The quick search finds what the slow one does."""
    there, needle = tokens(" ".join(text)), tokens(" ".join(wanted))
    size = len(needle)
    slow = [i for i in range(len(text) - size + 1) if size and text[i : i + size] == wanted]
    assert [span.start // 2 for span in find(needle, there)] == slow


HOSTILE = (".", "a.", "a-", "1,", "'", "$ ", "\u0301")


@pytest.mark.parametrize("piece", HOSTILE)
def test_long_hostile_text_is_quick(piece: str) -> None:
    """A quarter of a megabyte of one word, or of nothing but marks, costs little more than as much of an article."""
    size = 250_000
    article = ("The council met on Monday. " * size)[:size]
    text = piece * (size // len(piece))
    assert seconds(lambda: tokens(text)) < 10 * seconds(lambda: tokens(article), tries=2)


def test_finding_in_a_long_hostile_text_is_quick() -> None:
    """Words that are all the same, sought among more of them, cost little more than reading the text."""
    text = "a " * 250_000
    there = tokens(text)
    found: list[Span] = []
    spent = seconds(lambda: found.extend(find(there[:125_000], there)))
    assert len(found) == 125_001
    assert spent < 10 * seconds(lambda: tokens(text), tries=2)
