"""Tells how the paragraphs of a text and the stretches in them lie to each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from analysis.attribution.draft import Draft
from analysis.parsing import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

QUESTION = re.compile(r"[^“”\"«»]{2,300}\?\s*")
LONGEST_HEADING = 8  # words


class Page:
    """The paragraphs of one text with their stretches."""

    def __init__(self, text: str, parsed: Sequence[Parsed], drafts: Sequence[list[Draft]]) -> None:
        self.text, self.parsed, self.drafts = text, parsed, drafts
        every = [stretch for one in parsed for stretch in one.paragraph.stretches]
        self.double = sum(not each.single and not each.dash for each in every) > 2  # marks that the outlet quotes with

    def opens(self, number: int, draft: Draft) -> bool:
        """Whether a stretch opens its paragraph."""
        return draft.stretch.span.start - self.parsed[number].paragraph.block.span.start < 2

    def heading(self, number: int, draft: Draft) -> bool:
        """Whether a few words in marks, with no full stop or comma, are a line of their own: nobody's turn."""
        words = draft.stretch.inner.cut(self.text).strip()
        if draft.stretch.single and words.isupper():
            return self.alone(number, draft)
        if draft.stretch.single and len(words.split()) <= LONGEST_HEADING and self.double:
            return self.alone(number, draft)
        return (
            self.alone(number, draft)
            and len(words.split()) <= LONGEST_HEADING
            and words[-1:].isalnum()
            and not self.introduces(number - 1)
        )

    def alone(self, number: int, draft: Draft) -> bool:
        """Whether a stretch is all that its paragraph holds."""
        return draft.stretch.span.cut(self.text) == self.parsed[number].paragraph.block.span.cut(self.text).strip(" .")

    def stays_open(self, number: int, draft: Draft) -> bool:
        """Whether a stretch without a closing mark goes to the end of its paragraph."""
        return not draft.stretch.closed and draft.stretch.span.end >= self.parsed[number].paragraph.block.span.end - 1

    def is_answer(self, number: int) -> bool:
        """Whether a paragraph is all quotation and the one before it a bare question."""
        drafts, one = self.drafts[number], self.parsed[number]
        if not drafts or not self.opens(number, drafts[0]):
            return False
        asked = self.parsed[number - 1].paragraph.block.span.cut(self.text)
        alone = all(one.stretch_of(token.i) >= 0 or token.is_punct for token in one.doc)
        return alone and QUESTION.fullmatch(asked) is not None

    def bare(self, number: int) -> bool:
        """Whether a paragraph is a quotation and its reporting clause, and no more."""
        return len(self.drafts[number]) == 1

    def introduces(self, number: int) -> bool:
        """Whether a paragraph ends with a colon."""
        return self.parsed[number].paragraph.block.span.cut(self.text).rstrip().endswith(":")


def subjects_of(one: Parsed) -> list[Token]:
    """The subjects of the main verbs of a paragraph, outside of quotation marks."""
    if one.subjects is None:
        one.subjects = list(_subjects(one))
    return one.subjects


def _subjects(one: Parsed) -> Iterator[Token]:
    for sentence in one.doc.sents:
        roots = [sentence.root, *(child for child in sentence.root.children if child.dep_ == "conj")]
        for child in (child for root in roots for child in root.children):
            if child.dep_ in ("nsubj", "nsubjpass") and one.stretch_of(child.i) < 0 and not one.is_mask(child.i):
                yield child
