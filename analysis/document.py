"""An article as one text for reading, and the way back from that text to the article's fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from analysis.model import Block, BlockKind, Span

GAP = "\n\n"


class Field(StrEnum):
    """The three parts of an article that passages are cut from."""

    HEADLINE = "headline"
    BODY = "body"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Located:
    """A span inside one field of an article."""

    field: Field
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """Headline, body and captions joined into one text; ``blocks`` tells which line is which.

    The body's paragraphs and the captions are separated by line breaks; both are taken as they are.
    """

    text: str
    blocks: tuple[Block, ...]
    starts: tuple[tuple[Field, int, int], ...]

    @classmethod
    def of(cls, headline: str, body: str, captions: str) -> Document:
        """Join the three fields. Empty ones take no room."""
        kinds = {Field.HEADLINE: BlockKind.HEADLINE, Field.BODY: BlockKind.BODY, Field.CAPTION: BlockKind.CAPTION}
        text, blocks, starts = "", [], []
        for name, value in ((Field.HEADLINE, headline), (Field.BODY, body), (Field.CAPTION, captions)):
            if not value.strip():
                continue
            text += GAP if text else ""
            starts.append((name, len(text), len(text) + len(value)))
            blocks += [Block(kinds[name], span.moved(len(text))) for span in lines(value)]
            text += value
        return cls(text, tuple(blocks), tuple(starts))

    def locate(self, span: Span) -> Located | None:
        """The field that holds the span and the span in it; None where it crosses from one to another."""
        for name, start, end in self.starts:
            if start <= span.start and span.end <= end:
                return Located(name, span.moved(-start))
        return None


def lines(text: str) -> Sequence[Span]:
    """The lines of a text that are not blank, without their edges of white space."""
    found, at = [], 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if bare:
            start = at + line.index(bare)
            found.append(Span(start, start + len(bare)))
        at += len(line)
    return found
