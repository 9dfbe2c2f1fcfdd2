"""Reading never fails, and every offset that it gives cuts what it claims."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis
from analysis.model import Block, BlockKind, Reading, Span

ODD = [
    "",
    "\n\n\n",
    '"' * 301,
    "“" * 50 + "”" * 49,
    "\x00" * 20,
    "He said\x00 “yes\x00,” and\r\nleft.\r“No,” she said.",
    "\ud800 He said “half \udc00 a pair,” Tom Lee said.",
    "👩‍👩‍👧 “e\u0301te\u0301 👍,” said Ana Ruiz.",
    "\u202eأحمد قال “نعم” said\u202c",
    "A: b\n" * 200,
    "— x, said Y.\n" * 100,
    "President of the " * 300,
    "(" * 5000,
]


def _check(text: str, reading: Reading) -> None:
    spans = [block.span for block in reading.blocks] + list(reading.sentences)
    for one in reading.quotations:
        spans += [one.span, *filter(None, (one.mention, one.cue, one.attribution, one.reported_by))]
        assert 0.0 <= one.confidence <= 1.0
        assert one.speaker is None or all(number < len(reading.people) for number in one.speaker.people)
    for person in reading.people:
        spans += [*person.roles, *(mention.span for mention in person.mentions)]
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_are_read(text: str) -> None:
    """Whatever somebody pastes: no error, offsets that hold, and no rule that trips."""
    reading = analysis.read(text)
    _check(text, reading)
    assert reading.remarks == ()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["“", "”", '"', "‘", "’", "Ann Lee", "said", ",", ".", " ", "\n", "he", "to", ":", "—"]))
)
def test_any_order_of_words_and_marks_is_read(pieces: list[str]) -> None:
    """Marks and reporting words in any order."""
    text = " ".join(pieces)
    _check(text, analysis.read(text))


def test_a_very_long_text_takes_bounded_time_and_says_what_was_left_out() -> None:
    """A million characters must not hold up a load."""
    began = time.monotonic()
    reading = analysis.read("word " * 200_000)
    assert reading.remarks == (analysis.TOO_LONG,)
    assert time.monotonic() - began < 30


@pytest.mark.parametrize("sentences", [20, 80, 180])
@pytest.mark.parametrize("before", [0, 12])
def test_a_long_speech_in_one_paragraph_is_one_quotation(sentences: int, before: int) -> None:
    """However long a paragraph is, it is not cut inside the marks of a quotation, and the speaker is found."""
    opening = "The mayor opened the long bridge in the north. " * before
    speech = "“" + " ".join(f"This is sentence {at} of a speech on bridges." for at in range(sentences)) + " Thanks,”"
    text = f"Mayor opens bridge\n\n{opening}{speech} Ann Lee said on Monday. Nobody else spoke that day in the town."
    (said,) = analysis.read(text).quotations
    assert said.span.cut(text) == speech
    assert said.speaker is not None
    assert said.speaker.name == "Ann Lee"


def test_texts_are_read_in_order_whatever_the_batch() -> None:
    """Batches are for speed and change nothing."""
    texts = [f"“Number {number},” said Ann Lee." for number in range(5)]
    alone = [analysis.read(text) for text in texts]
    assert list(analysis.read_many(((text, None) for text in texts), batch=2)) == alone


def test_blocks_that_are_given_are_kept() -> None:
    """Who knows what a line is, says so."""
    text = "“Yes,” said Ann Lee."
    block = Block(BlockKind.CHROME, Span(0, len(text)))
    assert analysis.read(text, [block]) == Reading((block,))
