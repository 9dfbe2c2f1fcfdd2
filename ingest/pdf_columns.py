"""Reads the columns of a PDF's page one after the other where the file draws them line by line across both."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

LEAST_JOINED = 4  # lines across both columns; fewer are a table
LEAST_CHARACTERS = 15  # of both halves of such a line
_GAP = re.compile(r" {4,}")
_PAGE_NUMBER = re.compile(r"\W*(?:page )?\d+\W*(?:of \d+\W*)?", re.I)


def in_columns(printed: Sequence[str], layout: Callable[[], str]) -> list[str]:
    """The lines of a page; ``layout`` gives them as they stand on the page, with gaps, where they may be joined."""
    if len(printed) < LEAST_JOINED:
        return list(printed)
    placed = [line.rstrip() for line in layout().splitlines() if line.strip()]
    cuts = {_bare(line): len(_bare(halves[0])) for line in placed if (halves := _halves(line))}
    joined = [at for at, line in enumerate(printed) if _bare(line) in cuts]
    sure = sum(min(map(len, halves)) >= LEAST_CHARACTERS for line in placed if (halves := _halves(line)))
    if not joined or sure < LEAST_JOINED:
        return list(printed)
    indents = {_bare(line): len(line) - len(line.lstrip()) for line in placed}
    left, right, after = list[str](), list[str](), list[str]()
    widest = 0  # of the lines on the left so far
    for at, line in enumerate(printed[joined[0] :], start=joined[0]):
        cut = _place(line, cuts.get(_bare(line), 0))
        if cut:
            left.append(line[:cut].strip())
            right.append(line[cut:].strip())
        elif after or (at > joined[-1] and (len(line) > 1.2 * widest or _PAGE_NUMBER.fullmatch(line.strip()))):
            after.append(line)
        else:
            (right if indents.get(_bare(line), 0) > 0.8 * widest else left).append(line)
        widest = max(widest, len(left[-1]) if left else 0)
    return [*printed[: joined[0]], *left, *right, *after]


def _halves(line: str) -> list[str] | None:
    """The two parts of a line with one wide gap."""
    parts = _GAP.split(line.strip())
    return parts if len(parts) == 2 else None


def _bare(line: str) -> str:
    return "".join(line.split())


def _place(line: str, characters: int) -> int:
    """Where so many characters of a line end, white space aside."""
    at = 0
    while characters and at < len(line):
        characters -= not line[at].isspace()
        at += 1
    return at
