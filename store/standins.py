"""Holds the place of parts of analysis/ that are still being written."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.model import Person
from analysis.words import key


def fingerprint(headline: str, body: str, people: Sequence[Person]) -> str:
    """Names of the people, one a line."""
    return "\n".join(sorted({key(person.name) for person in people}))


def same_story(first: str, second: str) -> bool:
    """Whether half of the people are the same."""
    one, other = set(first.split("\n")) - {""}, set(second.split("\n")) - {""}
    return bool(one and other) and 2 * len(one & other) >= min(len(one), len(other))
