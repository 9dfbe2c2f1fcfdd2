"""The quotation that a written place is about, with its story, as it is shown and as it was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.model import Span
from handlers import places, showing
from handlers.answer import Answer, Note, Quoted
from handlers.question import Question
from store import Store
from store.model import Passage, StoredQuotation, Story

GONE = Answer("That passage is not there any more.", (Note("Please ask again."),))


NEARLY = 0.75
"""The least share of two places that both have where they are one: another reading may have moved the ends."""


@dataclass(frozen=True, slots=True)
class Meant:
    """``read`` is before all corrections; ``shown`` is None where an admin said that it is no quotation."""

    read: StoredQuotation
    shown: StoredQuotation | None
    story: Story


def meant(place: Passage, store: Store) -> Meant | None:
    """The quotation whose place it is, or within which it lies; None where none is, or one only reaches into it."""
    read = store.quotation_at(place, as_read=True)
    if read is not None and not _is_of(place, read):
        return None
    story = None if read is None else story_of(read.article_id, store)
    if read is None or story is None:
        return None
    shown = store.quotation_at(place)
    return Meant(read, shown if shown is not None and shown.parts == read.parts else None, story)


def _is_of(place: Passage, said: StoredQuotation) -> bool:
    """Whether a place lies within a quotation, from its beginning to its end, or is nearly that."""
    spans = [part.span for part in said.parts if part.field is place.field]
    whole = Span(min(each.start for each in spans), max(each.end for each in spans))
    both = min(whole.end, place.span.end) - max(whole.start, place.span.start)
    either = max(whole.end, place.span.end) - min(whole.start, place.span.start)
    return whole.holds(place.span) or both >= NEARLY * either


def story_of(article_id: int, store: Store) -> Story | None:
    """The story of a loaded article."""
    return next((story for story in store.stories() if article_id in story.articles), None)


def block(found: Meant, question: Question, store: Store) -> Quoted:
    """The quotation as readers see it, without a button to call it wrong."""
    if found.shown is not None:
        return replace(showing.quotation(found.shown, question, found.story, store), wrong=None)
    return printed(found.read.parts, question, found.story, store)


def printed(parts: Sequence[Passage], question: Question, story: Story, store: Store) -> Quoted:
    """Words of a place as the outlet's own."""
    first = replace(showing.passage(parts[0], question, story, store), parts=tuple(parts))
    return replace(first, carriers=showing.carriers(parts, story, store))


def split(words: str, reply: str | None, store: Store) -> tuple[Passage | None, str, str]:
    """A place, how it is written, and the words after it; the place may stand in the replied-to message instead."""
    written, _, rest = words.partition(" ")
    if not places.is_place(written):
        found = places.WRITTEN.search(reply or "")
        written, rest = (found[0] if found else ""), words
    return (places.find(written, store) if written else None), written, rest.strip()
