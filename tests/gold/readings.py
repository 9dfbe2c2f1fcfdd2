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
