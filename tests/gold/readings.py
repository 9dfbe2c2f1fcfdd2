"""The project's readings of all gold cases and of the founding texts, each made once a process."""

from __future__ import annotations

import functools

import analysis
import ingest
from analysis.model import Reading
from tests.gold.loading import Case, load
from tests.gold.seeds import GOLD, Seed, seed

SEED_FORMS = [(name, form) for name in GOLD for form in ("raw", "cleaned")]


@functools.cache
def cases() -> dict[str, Case]:
    """All cases by id."""
    return {case.id: case for case in load()}


@functools.cache
def readings() -> dict[str, Reading]:
    """What the project reads in each case, by id."""
    texts = ((case.text, None) for case in cases().values())
    return dict(zip(cases(), analysis.read_many(texts, batch=64), strict=True))


@functools.cache
def seed_reading(name: str, form: str) -> tuple[Seed, Reading]:
    """The gold and the project's reading of a founding text, as its raw file or as the article that it becomes."""
    gold = seed(name)
    if form == "raw":
        return gold, analysis.read(gold.case.text)
    article = ingest.clean_text(gold.case.text, source=name)
    return gold.moved(ingest.document_of(article).text), ingest.read_article(article)


def torn(text: str, reading: Reading) -> list[str]:
    """What a reading cuts within a word, of the roles and mentions of people and of speakers."""
    spans = {mention.span for person in reading.people for mention in person.mentions}
    spans |= {role for person in reading.people for role in person.roles}
    spans |= {one.mention for one in reading.quotations if one.mention is not None}
    edges = [(span, place) for span in sorted(spans) for place in (span.start, span.end)]
    return [
        span.cut(text) for span, at in edges if 0 < at < len(text) and text[at - 1].isalpha() and text[at].isalpha()
    ]
