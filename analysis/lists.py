"""Reads the word lists of analysis/rules: plain lines, '#' opens a reason, words after the first are marks of the entry."""

from __future__ import annotations

from functools import cache
from pathlib import Path

RULES = Path(__file__).parent / "rules"


@cache
def lines(name: str) -> tuple[str, ...]:
    """The entries of one list, without comments and blank lines. Raises FileNotFoundError for an unknown list."""
    bare = (line.split("#")[0].strip() for line in (RULES / f"{name}.txt").read_text(encoding="utf-8").splitlines())
    return tuple(line for line in bare if line)


@cache
def words(name: str) -> frozenset[str]:
    """The entries of one list as a set, in lower case."""
    return frozenset(line.lower() for line in lines(name))


@cache
def table(name: str) -> dict[str, str]:
    """The entries of a list of pairs: first word -> the rest of the line."""
    return {key.lower(): rest.strip() for key, _, rest in (line.partition(" ") for line in lines(name))}
