"""A passage that other articles print with small edits, with what differs; never told as the same words."""

from __future__ import annotations

from collections.abc import Container

from analysis.alignment import align
from analysis.document import Field
from analysis.model import Span
from analysis.words import key, tokens
from handlers.answer import Change, Wording
from store import Store
from store.model import ArticleRow, Passage, Story

MOST = 3
KIND = "Printed with small edits"


def copies(words: Passage, story: Story, store: Store, carriers: Container[int]) -> tuple[Change, ...]:
    """The wordings of other articles of the story; ``carriers`` are ids of those that print the very words."""
    own = store.version(words.version_id)
    if own is None or words.field is not Field.BODY:
        return ()
    found = []
    for row, (_, theirs) in store.copies.of_passage(words, story.id):
        change = _change(words, own, theirs, row, store) if row.id not in carriers else None
        found += [change] if change else []
    return tuple(found[:MOST])


def _change(words: Passage, own: ArticleRow, theirs: Passage, row: ArticleRow, store: Store) -> Change | None:
    """Both wordings; None where the copied paragraph has none of the passage, or the same words after all."""
    asked, printed = tokens(words.text), tokens(theirs.text)
    aligned = align([each.key for each in asked], [each.key for each in printed])
    if aligned is None or not aligned.is_close():
        return None
    first, last = aligned.place
    start, end = _edges(theirs.text, printed[first].start, printed[last - 1].end)
    wording = store.passage(theirs.version_id, theirs.field, Span(theirs.span.start + start, theirs.span.start + end))
    if key(wording.text) == key(words.text):
        return None
    changed = aligned.changed()
    mine = tuple(Span(asked[a].start, asked[b - 1].end) for a, b in (each.asked for each in changed) if a < b)
    other = tuple(
        Span(printed[a].start, printed[b - 1].end).moved(-start) for a, b in (each.text for each in changed) if a < b
    )
    return Change(
        KIND, Wording("Above", words.text, mine, words, own), Wording("Elsewhere", wording.text, other, wording, row)
    )


def _edges(text: str, start: int, end: int) -> tuple[int, int]:
    """With the marks that stand right before and after the words."""
    while start and not text[start - 1].isspace() and not text[start - 1].isalnum():
        start -= 1
    while end < len(text) and not text[end].isspace() and not text[end].isalnum():
        end += 1
    return start, end
