"""Protects that a paragraph of which only some sentences are parsed is still quoted at the right places."""

from __future__ import annotations

from analysis.layout import blocks_of
from analysis.masking import only_reporting, paragraph_of

TEXT = (
    "The lake froze in a night. Nobody crossed it. Acme Rail owns the pier. It said fares would rise by a tenth. "
    "The trains were late. Ice hung from the wires. Geologist Signe Dahl said the thaw would come in May."
)


def test_only_sentences_that_may_report_are_parsed_and_offsets_hold() -> None:
    """Each piece of the masked text is the same words of the article, and narration is left out."""
    whole = paragraph_of(TEXT, blocks_of(TEXT)[0])
    cut = only_reporting(whole)
    assert "Ice hung" not in cut.masked
    assert "Acme Rail owns" in cut.masked
    for piece in cut.pieces:
        length = piece.end - piece.start
        assert cut.masked[piece.at : piece.at + length] == TEXT[piece.start : piece.end]


def test_paragraphs_with_marks_stay_whole() -> None:
    """What stands around a quotation may tell its speaker."""
    text = "The lake froze. “I walked,” said Ann Lee. Nobody followed."
    one = paragraph_of(text, blocks_of(text)[0])
    assert only_reporting(one) is one
