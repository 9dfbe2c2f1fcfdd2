"""The parts of articles that words are looked for in: found windows with what stands around them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property

from analysis import sentences
from analysis.document import Field
from analysis.model import Span
from analysis.words import Token, tokens
from store import Store
from store.model import Hit, Passage

_AROUND = 300  # code points


class Region:
    """Neighbouring windows of one field, wide enough for the words."""

    def __init__(self, passage: Passage, offset: int, text: str) -> None:
        self.passage, self._offset = passage, offset
        self._text = text

    @cached_property
    def tokens(self) -> list[Token]:
        """Its words, with places in it."""
        return tokens(self._text)

    @cached_property
    def opening(self) -> frozenset[int]:
        """The numbers of the tokens that open a sentence."""
        ends = [span.start for span in sentences.split(self._text)]
        return frozenset(bisect_left(self.tokens, start, key=lambda token: token.start) for start in ends)

    @cached_property
    def keys(self) -> list[str]:
        """The comparison keys of its words."""
        return [token.key for token in self.tokens]

    def cut(self, start: int, end: int, store: Store) -> Passage:
        """The passage from one token to another."""
        return self.placed(Span(self.tokens[start].start, self.tokens[end - 1].end), store)

    def placed(self, span: Span, store: Store) -> Passage:
        """The passage of a place in it."""
        return store.passage(self.passage.version_id, self.passage.field, span.moved(self._offset))

    def shared(self, words: frozenset[str]) -> int:
        """How many of the telling words it has."""
        return len(words & set(self.keys))


def regions(hits: Iterable[Hit], length: int, store: Store) -> Iterator[Region]:
    """The windows, wide enough for words of so many code points; those that meet are one."""
    around = _AROUND + 2 * length
    spans: dict[tuple[int, Field], list[Span]] = {}
    firsts: dict[tuple[int, Field], Passage] = {}
    for hit in hits:
        place = (hit.window.version_id, hit.window.field)
        firsts.setdefault(place, hit.window)
        spans.setdefault(place, []).append(hit.window.span)
    for place, first in firsts.items():
        text = store.text(*place)
        for start, end in _joined(Span(max(0, s - around), min(len(text), e + around)) for s, e in spans[place]):
            yield Region(first, start, text[start:end])


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Spans that meet as one."""
    begun: Span | None = None
    for span in sorted(spans):
        if begun is not None and span.start <= begun.end:
            begun = Span(begun.start, max(begun.end, span.end))
            continue
        if begun is not None:
            yield begun
        begun = span
    if begun is not None:
        yield begun
