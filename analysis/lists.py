"""Reads the word lists of analysis/rules: plain lines, '#' opens a reason, some lists mark entries with a gender."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

FIRST_IDEOGRAM = "\u3000"  # from here on, writing has no spaces between words
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
    return either_of(entry for name in names for entry in lines(name))


def either_of(entries: Iterable[str]) -> str:
    """The entries as alternatives of a regular expression, longest first."""
    return "|".join(map(re.escape, sorted(entries, key=len, reverse=True)))


@cache
def beginning(name: str, after: str = "") -> re.Pattern[str]:
    """Matches a text in small letters that begins with an entry of a list, as whole words; ``after`` follows it."""
    entries = sorted((line.lower() for line in lines(name)), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(re.escape(entry) + _edge(entry) for entry in entries)}){after}")


def _edge(entry: str) -> str:
    """The end of a word, in writing that has any."""
    return "" if entry[-1] >= FIRST_IDEOGRAM else r"(?!\w)"


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
def months() -> dict[str, int]:
    """The number of each month's name and short forms, in small letters; the first month that claims a form has it."""
    found: dict[str, int] = {}
    for number, line in enumerate(lines("month_names"), 1):
        for name in line.split():
            found.setdefault(name, number)
    return found


@cache
def nations() -> tuple[Nation, ...]:
    """The countries, in the order of the list."""
    found = []
    for line in lines("countries"):
        name, seats, adjectives = (field.strip().lower() for field in line.split(";"))
        found.append(Nation(name, tuple(filter(None, seats.split(", "))), tuple(filter(None, adjectives.split(", ")))))
    return tuple(found)
