"""The difference between words somebody asks about and those that are printed, told in words and marked in both."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise

from analysis.difference import Difference, difference
from analysis.model import Span
from analysis.words import tokens
from handlers.answer import Change, Wording
from handlers.checking import Found, cuts_of
from handlers.typed import count
from store import Store
from store.model import ArticleRow

_ELLIPSIS = "The ellipsis stands for the marked words"
_BETWEEN = "The same words, with others between the parts of the quotation"


def change(found: Found, store: Store) -> Iterator[Change]:
    """Both wordings, the difference marked."""
    if found.alignment is None or found.passage is None:
        return
    asked, printed = tokens(found.words), tokens(found.passage.text)
    differs = differences(found)
    changed = found.alignment.changed()
    mine = tuple(Span(asked[a].start, asked[b - 1].end) for a, b in (each.asked for each in changed) if a < b)
    aside = _aside(found)
    ranges = (run for each in changed for run in _without(aside, *each.text))
    theirs = tuple(Span(printed[a].start, printed[b - 1].end) for a, b in ranges)
    article: ArticleRow | None = store.version(found.passage.version_id)
    yield Change(
        told(differs) if differs else _ELLIPSIS if theirs else _BETWEEN,
        Wording("Asked", found.words, mine),
        Wording("Printed", found.passage.text, theirs, found.passage, article),
    )


def differences(found: Found) -> Difference:
    """What differs. Raises ValueError where nothing is compared."""
    if found.alignment is None or found.passage is None:
        raise ValueError("nothing to compare")
    names = _capitals(found.words) & _capitals(found.passage.text)
    return difference(found.alignment, names, cuts_of(found.words), _aside(found))


def _aside(found: Found) -> frozenset[int]:
    """The numbers of the passage's words that stand between two parts of its quotation: who says it, and when."""
    if found.said is None or found.passage is None:
        return frozenset()
    at, field = found.passage.version_id, found.passage.field
    spans = [part.span for part in found.said.parts if part.version_id == at and part.field is field]
    between = [Span(one.end, other.start) for one, other in pairwise(spans) if one.end < other.start]
    every = [Span(each.start, each.end).moved(found.passage.span.start) for each in tokens(found.passage.text)]
    return frozenset(number for number, token in enumerate(every) if any(gap.holds(token) for gap in between))


def _without(aside: frozenset[int], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The runs of a range that are not aside, half-open."""
    kept = [at for at in range(start, end) if at not in aside]
    for _, run in groupby(enumerate(kept), lambda pair: pair[1] - pair[0]):
        numbers = [at for _, at in run]
        yield numbers[0], numbers[-1] + 1


def _capitals(text: str) -> frozenset[str]:
    """The keys of the words that are written like names: in capitals, and not after the end of a sentence."""
    every = tokens(text)
    return frozenset(token.key for token in every if text[token.start].isupper())


def told(differs: Difference) -> str:
    """What differs, in words, what matters most first: "A negation was left out; 2 words were replaced"."""
    parts = []
    if differs.negation:
        parts.append("a negation was added" if differs.negation > 0 else "a negation was left out")
    if differs.numbers:
        parts.append("a number or date was changed" if differs.numbers == 1 else "numbers or dates were changed")
    if differs.names:
        parts.append("a name was changed" if differs.names == 1 else "names were changed")
    for amount, what in (
        (differs.replaced, "replaced"),
        (differs.added, "added"),
        (differs.dropped, "left out"),
        (differs.forms, "put in another form or spelling"),
    ):
        if amount:
            parts.append(f"{count(amount, 'word')} {'was' if amount == 1 else 'were'} {what}")
    line = "; ".join(parts)
    return line[:1].upper() + line[1:]
