"""A passage's place written as words, so that a button or a link can ask about exactly that passage."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.document import Field
from analysis.model import Span
from store import Store
from store.model import Passage

LONGEST = 20_000
"""Most code points of a passage that is asked about by its place."""

WRITTEN = re.compile(r"@([0-9]{1,15}):(headline|body|caption):([0-9]{1,9}):([0-9]{1,9})")
"""A place as it is written."""


def written(parts: Sequence[Passage]) -> str:
    """The place from the first part to the last one of the same field: "@version:field:start:end"."""
    first = parts[0]
    end = max(part.span.end for part in parts if part.field is first.field)
    return f"@{first.version_id}:{first.field}:{first.span.start}:{end}"


def is_place(words: str) -> bool:
    """Whether the words are meant as a place; it may still be a forged or stale one."""
    return words.startswith("@") and ":" in words


def find(words: str, store: Store) -> Passage | None:
    """The passage at a written place; None where the place is malformed or there is no such text."""
    match = WRITTEN.fullmatch(words)
    if match is None:
        return None
    version, start, end = int(match[1]), int(match[3]), int(match[4])
    if not 0 < end - start <= LONGEST or store.version(version) is None:
        return None
    try:
        return store.passage(version, Field(match[2]), Span(start, end))
    except ValueError:
        return None
