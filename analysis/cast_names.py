"""Tells which printed names may be of one person, for merging the people of several articles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from analysis.lists import lines, words
from analysis.spelling import plain, same_first_name, sound
from analysis.words import key, tokens

Key = tuple[str, ...]

_VOWELS = re.compile("(?!^)[aeiou](?!$)")
_GENERATIONS = frozenset(("jr", "sr", "junior", "senior", "ii", "iii", "iv"))


@dataclass(frozen=True, slots=True)
class PrintedName:
    """A printed name in words for comparing, without its titles."""

    words: tuple[str, ...]
    generation: str = ""
    gender: str | None = field(default=None, compare=False)

    @property
    def full(self) -> bool:
        """Whether it has a first name besides the family name."""
        return len(self.words) > 1


@cache
def _titles() -> dict[str, str]:
    rows = (line.split() for line in lines("titles"))
    return {key(title): mark[0] if mark and mark[0] in ("m", "f") else "" for title, *mark in rows}


@lru_cache(maxsize=4096)
def parse(text: str) -> PrintedName:
    """The words of a name: initials apart, titles, "the" and generation taken off."""
    every: list[str] = []
    for token in tokens(text):
        printed = text[token.start : token.end].rstrip(".")
        initials = "." in printed and all(len(part) == 1 for part in printed.split("."))
        every += list(token.key) if initials else [plain(token.key.removesuffix("'s"))]
    gender = None
    while len(every) > 1 and (every[0] in _titles() or every[0] == "the"):
        gender = gender or _titles().get(every.pop(0)) or None
    generation = every.pop() if len(every) > 1 and every[-1] in _GENERATIONS else ""
    return PrintedName(tuple(every), generation.replace("junior", "jr").replace("senior", "sr"), gender)


def ends(whole: Key) -> list[Key]:
    """What is left of a name without its first words: "Jong Un", "Claude Juncker", "Juncker"."""
    return [whole[at:] for at in range(1, len(whole))]


def callings(name: PrintedName, aliases: Sequence[str]) -> list[Key]:
    """The parts of a full name that may stand for it elsewhere."""
    whole = name.words
    parts = ends(whole) + [parse(alias).words for alias in aliases]
    if opens_with_family(name):
        parts.append(whole[:1])
    return [part for part in parts if part and part != whole] + sounds(PrintedName(whole[-1:]))


def opens_with_family(name: PrintedName) -> bool:
    """Whether the family name stands first, as in "Kim Jong Un"."""
    return name.full and name.words[0] in words("family_name_first")


def sounds(name: PrintedName) -> list[Key]:
    """A key for a single long word that other transliterations share."""
    return [("~", sound(name.words[0]))] if len(name.words) == 1 and len(name.words[0]) > 4 else []


def same_full(a: PrintedName, b: PrintedName) -> bool:
    """Whether two full names may be of one person: "Mike Pompeo", "Michael R. Pompeo"."""
    if a.generation != b.generation:
        return False
    if a.words == b.words or a.words in ends(b.words) or b.words in ends(a.words):
        return True
    if not (_alike(a.words[-1], b.words[-1]) and _alike_first(a.words[0], b.words[0])):
        return False
    middles = [[word for word in name.words[1:-1] if word not in words("name_particles")] for name in (a, b)]
    return all(_alike_first(x, y) for x, y in zip(*middles, strict=False))


def _alike(one: str, other: str) -> bool:
    """The same family name, or two transliterations of one."""
    return one == other or (min(len(one), len(other)) > 4 and sound(one) == sound(other))


def _alike_first(one: str, other: str) -> bool:
    """The same first name: an initial, a short form, or transliterations ("Mohammed", "Muhammad")."""
    if same_first_name(one, other):
        return True
    a, b = sound(one), sound(other)
    if min(len(one), len(other)) > 3 and a == b:
        return True
    return min(len(a), len(b)) > 5 and OSA.distance(a, b) == 1 and _VOWELS.sub("", a) == _VOWELS.sub("", b)
