"""Where words asked about stand in a text, and whether they are the same saying."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.alignment import Alignment, Step, align, likeliest
from analysis.runs import runs
from analysis.words import tokens

TEXT = (
    "The harbour master spoke on Monday. The bridge will not open before the piers are repaired, she said, and the "
    "ferries carry 340 passengers an hour. Everybody has to be patient. The council meets again on Friday."
)


def keys(text: str) -> list[str]:
    """The comparison keys of a text's words."""
    return [token.key for token in tokens(text)]


def found(asked: str, text: str = TEXT) -> Alignment:
    """The alignment of two texts, which there is."""
    aligned = align(keys(asked), keys(text))
    assert aligned is not None
    return aligned


def changes(asked: str, text: str = TEXT) -> list[tuple[str, str, str]]:
    """What differs: the step, the words asked about, the words printed."""
    of = found(asked, text)
    return [
        (str(each.step), " ".join(of.asked[slice(*each.asked)]), " ".join(of.text[slice(*each.text)]))
        for each in of.changed()
    ]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("The bridge will not open before the piers are repaired", []),
        ("“the bridge   will NOT open before the piers are repaired!”", []),
        ("The bridge will open before the piers are repaired", [("dropped", "", "not")]),
        ("The bridge will surely not open before the piers are repaired", [("added", "surely", "")]),
        ("the ferries carry 430 passengers an hour", [("replaced", "430", "340")]),
        ("the ferries carry passengers", [("dropped", "", "340")]),
        ("The bridge will not open, she said", [("dropped", "", "before the piers are repaired")]),
        ("Everybody has to be punctual", [("replaced", "punctual", "patient")]),
        ("Nobody has to be patient", [("replaced", "nobody", "everybody")]),
        ("The council met again on Friday", [("replaced", "met", "meets")]),
    ],
)
def test_what_differs(asked: str, expected: list[tuple[str, str, str]]) -> None:
    """Each change is told with the words of both sides, and nothing else is."""
    assert changes(asked) == expected


def test_a_word_at_the_end_is_not_tied_to_the_next_sentence() -> None:
    """What follows the place in another sentence takes no part in it."""
    text = keys("Everybody has to be patient. The council meets.")
    aligned = align(keys("Everybody has to be patient today"), text, opening={5})
    assert aligned is not None
    assert [each.step for each in aligned.changed()] == [Step.ADDED]


@pytest.mark.parametrize(
    ("asked", "close"),
    [
        ("The bridge will not open before all the piers have been repaired", True),
        ("The bridge will open before the piers are repaired", True),
        ("Ferries carried 340 passengers an hour", True),
        ("The bridge stays shut until repairs to the piers are done", False),
        ("The council of the harbour will open on Monday", False),
        ("she said and the", False),
        ("has to be", False),
        ("A school bus on the road to Norrvik", False),
    ],
)
def test_what_is_the_same_saying(asked: str, close: bool) -> None:
    """An altered quotation is known again; a paraphrase, or a shared subject, is no match."""
    assert found(asked).is_close() is close


@pytest.mark.parametrize(
    ("asked", "printed", "close"),
    [
        ("there are many secrets in this process", "there are no secrets in this process", True),
        ("I have used those words, and I would", "I have never used those words, and I never would", True),
        ("there aren't secrets in this process", "there are secrets in this process", True),
        ("there are two secrets in this process", "there are no secrets in this process", False),
        ("there are many of them in this", "there are none of them in this", False),
        ("not all have ever used those words, and I never would", "I have used those words, and I would", False),
        ("many secrets in this process", "no secrets in this process", False),
    ],
)
def test_words_that_turn_a_sentence_round(asked: str, printed: str, close: bool) -> None:
    """What only denies, or tells how much, makes another saying of the same words; other words need more in common."""
    assert found(asked, f"It was late. {printed}. They left.").is_close() is close


def test_a_gap_belongs_where_the_ellipsis_stands() -> None:
    """Of several places that words may have been left out of, it is that of the ellipsis, however much it is."""
    text = keys(
        "We sang for kings. We also sang for nothing in a barn, and then once more, but never for nothing twice."
    )
    asked = keys("We sang for kings … but never for nothing twice")
    of = align(asked, text, opening={4}, cuts=frozenset({4}))
    assert of is not None
    (gap,) = of.changed()
    assert (gap.step, gap.asked) == (Step.DROPPED, (4, 4))
    assert of.similarity > 0.95
    assert of.is_close()


def test_words_in_another_order_are_not_the_same() -> None:
    """Who did what to whom is told by the order."""
    assert changes("dog bites man in the old town hall", "man bites dog in the old town hall") == [
        ("replaced", "dog", "man"),
        ("replaced", "man", "dog"),
    ]


def test_nothing_in_common() -> None:
    """No word in common, no words at all: no alignment."""
    assert align(keys("xylophone"), keys(TEXT)) is None
    assert align([], keys(TEXT)) is None
    assert align(keys(TEXT), []) is None


def test_what_is_put_together() -> None:
    """Each stretch is found in its text, the longest first from left to right."""
    texts = [keys("One two three four five. Six seven."), keys("a b c d e f g")]
    made = runs([*texts[0][:5], "x", *texts[1][1:6]], texts)
    assert [(run.asked, run.of, run.text) for run in made] == [((0, 5), 0, (0, 5)), ((6, 11), 1, (1, 6))]
    assert runs(["one", "two", "three"], texts) == []
    assert runs([], texts) == []


def test_the_likeliest_part_of_a_long_text() -> None:
    """A huge field is looked at only where the words are."""
    text = [*keys("filler words of the day " * 3000), *keys(TEXT), *keys("more of the same " * 3000)]
    start, end = likeliest(keys("The bridge will not open before the piers are repaired"), text)
    assert end - start < 200
    assert "piers" in text[start:end]


def test_hostile_length() -> None:
    """A message of nothing but one word, against a long text, takes no longer than a moment."""
    began = time.thread_time()
    assert align(["the"] * 800, ["the"] * 3000) is not None
    assert runs(["the"] * 800, [["the"] * 300]) != []
    assert time.thread_time() - began < 5


WORDS = st.lists(st.sampled_from(keys("the bridge will not open before piers are repaired 340")), max_size=14)


@given(WORDS, WORDS)
@settings(max_examples=150, deadline=None)
def test_every_word_is_told_of_once(asked: list[str], text: list[str]) -> None:
    """The stretches follow each other without a gap in both texts, and what is the same is the same."""
    of = align(asked, text)
    if of is None:
        return
    assert of.stretches[0].asked[0] == 0
    assert of.stretches[-1].asked[1] == len(asked)
    for one, other in zip(of.stretches, of.stretches[1:], strict=False):
        assert (one.asked[1], one.text[1]) == (other.asked[0], other.text[0])
        assert one.step is not other.step
    for each in of.stretches:
        if each.step is Step.SAME:
            assert asked[slice(*each.asked)] == text[slice(*each.text)]


@given(st.lists(st.sampled_from("abcdefgh"), min_size=5, max_size=12), st.integers(0, 5), st.integers(0, 5))
@settings(max_examples=100, deadline=None)
def test_what_is_printed_is_found(asked: list[str], before: int, after: int) -> None:
    """Words that stand in the text are the same all through, wherever they stand."""
    of = align(asked, [*["x"] * before, *asked, *["y"] * after])
    assert of is not None
    assert of.changed() == []
    assert of.similarity == 1.0
