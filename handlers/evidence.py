"""The sentences that answer a question, best first, or none where the evidence is weak."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.wording import has_all, telling
from store.model import Hit, Passage


def best(words: str, hits: Sequence[Hit], most: int) -> list[Passage]:
    """At most so many sentences."""
    sentences = dict.fromkeys(sentence for hit in hits for sentence in hit.sentences)
    return [sentence for sentence in sentences if has_all(telling(words), sentence.text)][:most]
