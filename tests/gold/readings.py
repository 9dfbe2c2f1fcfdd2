"""The project's readings of all gold cases, made once a process and in one go."""

from __future__ import annotations

import functools

import analysis
from analysis.model import Reading
from tests.gold.loading import Case, load


@functools.cache
def cases() -> dict[str, Case]:
    """All cases by id."""
    return {case.id: case for case in load()}


@functools.cache
def readings() -> dict[str, Reading]:
    """What the project reads in each case, by id."""
    texts = ((case.text, None) for case in cases().values())
    return dict(zip(cases(), analysis.read_many(texts, batch=64), strict=True))
