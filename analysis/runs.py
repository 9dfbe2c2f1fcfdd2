"""Finds the runs of words that stand in one of several texts just as they are asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand in one of several texts just as they are asked about; ``of`` is the number of the text."""

    asked: tuple[int, int]
    of: int
    text: tuple[int, int]


def runs(asked: Sequence[str], texts: Sequence[Sequence[str]], least: int = 4) -> list[Run]:
    """What the words are put together from: from left to right the longest runs of at least ``least`` words."""
    starts: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    wanted = {tuple(asked[at : at + least]) for at in range(len(asked) - least + 1)}
    for of, text in enumerate(texts):
        for at in range(len(text) - least + 1):
            if (opening := tuple(text[at : at + least])) in wanted:
                starts.setdefault(opening, []).append((of, at))
    found, at = list[Run](), 0
    while at + least <= len(asked):
        here = starts.get(tuple(asked[at : at + least]), ())
        every = [_run(asked, at, of, texts[of], start) for of, start in here]
        longest = max(every, key=lambda run: run.asked[1], default=None)
        if longest is not None:
            found.append(longest)
        at = at + 1 if longest is None else longest.asked[1]
    return found


def _run(asked: Sequence[str], at: int, of: int, text: Sequence[str], start: int) -> Run:
    """The words that are the same from two places on."""
    most = min(len(asked) - at, len(text) - start)
    long = next((n for n in range(most) if asked[at + n] != text[start + n]), most)
    return Run((at, at + long), of, (start, start + long))
