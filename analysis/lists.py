"""Reads the word lists of analysis/rules: plain lines, '#' opens a reason, some lists mark entries with a gender."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

RULES = Path(__file__).parent / "rules"


class Nation(NamedTuple):
    """A country, the seats that stand for its government, and its adjectives, all in lower case."""

    name: str
    seats: tuple[str, ...]
    adjectives: tuple[str, ...]


@cache
def lines(name: str) -> tuple[str, ...]:
    """The entries of one list, without comments and blank lines. Raises FileNotFoundError for an unknown list."""
    bare = (line.split("#")[0].strip() for line in (RULES / f"{name}.txt").read_text(encoding="utf-8").splitlines())
    return tuple(line for line in bare if line)


@cache
def words(name: str) -> frozenset[str]:
    """The entries of one list as a set, in lower case."""
    return frozenset(line.lower() for line in lines(name))


def either(*names: str) -> str:
    """The entries of lists as alternatives of a regular expression, longest first."""
    entries = sorted((entry for name in names for entry in lines(name)), key=len, reverse=True)
    return "|".join(map(re.escape, entries))


@cache
def genders(name: str) -> dict[str, str]:
    """The entries of a marked list in lower case, each with "m", "f", "u" (either), "p" (several) or ""."""
    found: dict[str, str] = {}
    for line in lines(name):
        head, *rest = line.lower().split()
        if head in ("m", "f", "u"):
            for word in rest:
                found[word] = head if found.get(word, head) == head else "u"
        else:
            found[head] = rest[0] if rest else ""
    return found


@cache
def nations() -> tuple[Nation, ...]:
    """The countries, in the order of the list."""
    found = []
    for line in lines("countries"):
        name, seats, adjectives = (field.strip().lower() for field in line.split(";"))
        found.append(Nation(name, tuple(filter(None, seats.split(", "))), tuple(filter(None, adjectives.split(", ")))))
    return tuple(found)
