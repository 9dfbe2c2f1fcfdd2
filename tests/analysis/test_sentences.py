"""Sentences are cut where a reader would cut them, and nothing of the text is lost."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model import Span
from analysis.sentences import split

CASES = [
    # quotations and their reporting clauses
    ["“Why?” he said.", "“No.”", "She left."],
    ['"Really?" Kelly asked.', '"Yes," he said.'],
    ['"Who pays?" the minister of finance asked.', "Nobody knew."],
    ["‘Go!’ she said.", "‘Why?’", "He went."],
    ['"I won."', "Trump left the room."],
    ["She thought: “Was it him?”", "Then she knew."],
    ['The poster wrote that "Nobody left. Nobody ever will."', "It was true."],
    ['They warn that, "Many will go. Many will stay."'],
    ['He recalled "... a long day. ... Then it ended."', "Nobody asked."],
    ['"It was hot.', 'It was dry," he said.', "Rain came."],
    ["«Pas question.»", "He hung up."],
    # abbreviations, initials, titles
    ["He saw Mr. Smith and Gov. Ann Lee.", "They spoke."],
    ["George W. Bush and J. K. Rowling met Dr. J.R. Ewing."],
    ["He lives in the U.S. and the U.K. today."],
    ["He lives in the U.S.", "She does not."],
    ["The U.S. Senate met.", "A U.S.-led group did too."],
    ["It began at 5 p.m. Thursday.", "It ended at 9 p.m.", "They left."],
    ["Acme Inc. Chief Executive Lee spoke for Acme Corp.", "The firm closed."],
    ["Sen. Jeff Flake (R-Ariz.), according to aides, agreed."],
    ["It fell on Jan. 5 and on Feb. 12.", "Nobody saw it."],
    ["See No. 5, p. 12.", "It is short."],
    ["Plan B.", "It failed."],
    ["So do I.", "Kim left."],
    ["He has a Ph.D. from Yale.", "She has none."],
    ["Apples, pears, etc.", "The rest was lost."],
    ["See e.g. Smith vs. Jones, i.e. the first case."],
    ["FAIRVIEW, W.Va. - The coal was piled high.", "It burned."],
    ["He uses IE.", "She does not."],
    ["Ask Retired Lt. Gen. Michael Flynn."],
    # ellipses
    ["They try to ... reduce it.", "It fails."],
    ["I think...", "Well, no."],
    ["It grew. ...", "Then it fell."],
    ["An end [...]", "However, it went on."],
    # numbers, lists, brackets, footnotes
    ["It fell 1.5 percent.", "5 people left."],
    ["1. Wash your hands.", "2. Dry them."],
    ["Their sins: a) Sloth. b) Pride.", "Nobody else had any."],
    ["(He left.)", "She stayed."],
    ["He left (it was late. It rained) and slept.", "She stayed."],
    ["It is rare.[1][23]", "It is known."],
    ["Prices rose.*", "*Not all of them."],
    # missing spaces and capitals
    ["See Amazon.com or J.Crew today.", "Buy nothing."],
    ["the dog ran.", "the cat slept."],
    ["It costs approx. five dollars at the dept. of state."],
    ["Version 2.0 is out at www.Example.Com now."],
    # questions and exclamations
    ["What?!", "No!", "Yes."],
    ["Yahoo! said so.", "It did."],
    ["Wait… what?", "Yes."],
    # captions and signed quotations
    ["Putin and Kim share a toast", "Image: Ann Lee"],
    ["They met in Washington D.C.", "Photo: Ann Lee."],
    ['"It is a long game." - Matthew Lee'],
    ["¿Qué pasa?", "Nada."],
    ["No stop at the end"],
]


@pytest.mark.parametrize("sentences", CASES)
def test_boundaries(sentences: list[str]) -> None:
    """Each way of ending, or of not ending, a sentence that news prints."""
    text = " ".join(sentences)
    assert [span.cut(text) for span in split(text)] == sentences


def test_missing_space_after_the_stop() -> None:
    """A paste that lost its spaces still has its sentences."""
    text = "He left town.He came back.“Why?” she asked."
    assert [span.cut(text) for span in split(text)] == ["He left town.", "He came back.", "“Why?” she asked."]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n", "\u2028", "\x85"])
def test_line_breaks_end_sentences(end: str) -> None:
    """A headline without a full stop never runs into the body."""
    text = f"A headline{end}The body says. More{end}"
    assert [span.cut(text) for span in split(text)] == ["A headline", "The body says.", "More"]


def test_part_of_a_text() -> None:
    """Spans of one paragraph count from the start of the whole text."""
    text = "Left out. One. Two. Left out."
    assert [span.cut(text) for span in split(text, Span(10, 19))] == ["One.", "Two."]


@given(st.text(st.sampled_from("aB .!?…\"“”'()[]-—1\n\r,;:"), max_size=60) | st.text(max_size=60))
def test_nothing_is_lost(text: str) -> None:
    """Of any text: spans in order, not overlapping, edges without white space, no letter left out, no line crossed."""
    at = 0
    for span in split(text):
        assert at <= span.start < span.end <= len(text)
        assert not any(c.isalnum() for c in text[at : span.start])
        assert span.cut(text) == span.cut(text).strip()
        assert len(span.cut(text).splitlines()) == 1
        at = span.end
    assert not any(c.isalnum() for c in text[at:])


@pytest.mark.parametrize(
    "piece",
    ["a. ", '" . ', "A.", '("', 'that "a. b ', "“", "A - ", "a) . b) ", "! ", "(a. ", "Mr. ", '"A?" A ', "- A A "],
)
def test_hostile_text_is_cut_in_linear_time(piece: str) -> None:
    """No repeated pattern makes the rules slow: a hundred thousand characters take seconds, not hours."""
    text = (piece * (100_000 // len(piece)))[:100_000]
    began = time.thread_time()
    split(text)
    assert time.thread_time() - began < 10
