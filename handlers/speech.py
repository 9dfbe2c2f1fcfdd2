"""What was said, without what somebody is only said to want, hope or discuss: that is never shown as speech."""

from __future__ import annotations

from store import Store
from store.model import StoredQuotation


def said_in(story_id: int, store: Store) -> list[StoredQuotation]:
    """The quotations of a story, in its order."""
    return [each for each in store.quotations(story_id) if each.speech]


def has_spoken(cast_id: int, store: Store) -> bool:
    """Whether anything that one member of a cast said is printed."""
    return any(each.speech for each in store.quotations_of(cast_id))
