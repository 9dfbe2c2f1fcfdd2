"""Finds what is so "according to" somebody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from analysis.indirect.candidate import CueClass
from analysis.indirect.phrases import Phrase, child
from analysis.indirect.report import Report

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token


def reports(sentence: Sentence, cues: Sequence[Token]) -> Iterator[Report]:
    """The contents of one sentence that are given to a source by "according to"."""
    for token in cues:
        if token.lower_ == "according" and token.i + 1 < sentence.end and token.nbor(1).lower_ == "to":
            source = child(token.nbor(1), "pobj")
            if source is not None:
                yield _report(token, source, sentence)


def _report(according: Token, source: Token, sentence: Sentence) -> Report:
    phrase = Phrase(according.i, max(source.right_edge.i, according.i + 1))
    if according.i - sentence.start <= 1:
        parts = [Phrase(phrase.last + 1, sentence.end - 1)]
    else:
        parts = [Phrase(sentence.start, according.i - 1), Phrase(phrase.last + 1, sentence.end - 1)]
    kept = tuple(one for one in parts if one.first <= one.last)
    return Report(according, CueClass.ACCORDING, "according", kept, source, phrase)
