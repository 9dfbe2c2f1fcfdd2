"""Finds every article of a story that prints the same words as a passage, and where it prints them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from analysis.document import Field
from analysis.model import Span
from analysis.words import Token, find, key, tokens
from store import articles
from store.connections import Connection
from store.model import ArticleRow, Passage
from store.passages import Cutter

MOST_PLACES = 50  # of one part in one article; more are not combined
OPENING = frozenset("\"'\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb\u2039\u203a")
STOPS = frozenset(".,;:!?\u2026")

key_of = lru_cache(maxsize=1024)(key)  # an article of 6,000 characters takes 2.4 ms; versions are never altered
tokens_of = lru_cache(maxsize=256)(tokens)  # the articles of a large story; about 0.2 MB each

Wanted = tuple[Passage, str, Sequence[Token]]
Cost = tuple[int, int]  # what is wrong with some places, and how far apart they are in code points
Way = tuple[Cost, tuple[Passage, ...]]


def carriers(db: Connection, story_id: int, parts: Sequence[Passage]) -> list[tuple[ArticleRow, tuple[Passage, ...]]]:
    """Each newest version in the story that prints all parts, each in its own place; the passage's own article first.

    Raises ValueError for no parts, parts of several versions, or a span that is out of range.
    """
    if len({part.version_id for part in parts}) != 1:
        raise ValueError("The parts of a quotation are of one article version.")
    cutter = Cutter(db)
    cut = tuple(cutter.checked(part) for part in parts)
    own = articles.version(db, cut[0].version_id)
    if own is None:
        return []
    wanted = [(part, key(part.text), tokens(part.text)) for part in cut]
    found = [(own, cut)]
    for row in articles.of_story(db, story_id):
        places = _places(cutter, row.version_id, wanted) if row.id != own.id else None
        if places is not None:
            found.append((row, places))
    return found


def _places(cutter: Cutter, version_id: int, wanted: Sequence[Wanted]) -> tuple[Passage, ...] | None:
    """A place of each part, None where one is not printed in the version."""
    choices = []
    for each in wanted:
        places = [place for name in Field for place in _printed(cutter, version_id, name, each)]
        if not places:
            return None
        kind = each[0].field
        choices.append(sorted(places, key=lambda place: place.field != kind)[:MOST_PLACES])
    return _nearest(choices, [part.field for part, _, _ in wanted])


def _printed(cutter: Cutter, version_id: int, name: Field, wanted: Wanted) -> list[Passage]:
    part, words, needle = wanted
    text = cutter.text(version_id, name)
    if not words or f" {words} " not in f" {key_of(text)} ":
        return []
    spans = [dressed(text, span, part.text) for span in find(needle, tokens_of(text))]
    return [Passage(version_id, name, span, span.cut(text)) for span in spans]


def dressed(text: str, bare: Span, like: str) -> Span:
    """The words with the marks around them, where the other article prints them with marks too."""
    start, end = bare
    if start > 0 and like[:1] in OPENING and text[start - 1] in OPENING:
        start -= 1
    stop = end
    while stop < len(text) and text[stop] in STOPS and stop - end < 3:
        stop += 1
    if like[-1:] in OPENING and stop < len(text) and text[stop] in OPENING:
        return Span(start, stop + 1)
    return Span(start, stop if like[-1:] in STOPS else end)


def _nearest(choices: Sequence[Sequence[Passage]], names: Sequence[Field]) -> tuple[Passage, ...]:
    """One place a part: in the same kind of field, one after the other and close together, where there is a choice."""
    best: list[Way] = [((0, 0), ())]
    for places, name in zip(choices, names, strict=True):
        best = [min((_further(way, place, name) for way in best), key=_order) for place in places]
    return min(best, key=_order)[1]


def _further(way: Way, place: Passage, name: Field) -> Way:
    cost, more = way[0], _cost(way[1], place, name)
    return ((cost[0] + more[0], cost[1] + more[1]), (*way[1], place))


def _order(way: Way) -> tuple[Cost, list[Span]]:
    return way[0], [place.span for place in way[1]]


def _cost(way: Sequence[Passage], place: Passage, name: Field) -> Cost:
    """How much is wrong with a place after the places before it, and how far away it is."""
    wrong = int(place.field != name)
    if not way:
        return (wrong, 0)
    before = way[-1]
    apart = place.field != before.field
    gap = place.span.start - before.span.end
    return (wrong + int(apart or gap < 0), 0 if apart else abs(gap))
