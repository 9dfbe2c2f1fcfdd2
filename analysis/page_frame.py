"""Finds the article in the text of a whole page that somebody selected and pasted, menus and footers included.

Each line gets a weight: prose counts for its words, menus and chrome against; the article is the run of lines
with the greatest sum (the maximum-subarray method of Pasternack and Roth, 2009, on lines instead of tags).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis import lists
from analysis.line_kinds import CLOSING, fold
from analysis.model import BlockKind

LEAST_AROUND = 8  # lines of frame, or else the text is no whole page
PROSE_WORDS = 10
MOST_WORDS = 100
LONGEST_OPENING_WORDS = 14
LONGEST_PROMISE_WORDS = 60
MENU, CHROME, PROMISE, ASIDE, OPENING = -3.5, -12.0, -30.0, -50.0, -100.0
LONGEST_ASIDE = 4  # lines under its heading

_ENDED = re.compile(rf"[.!?…:。！？؟।]{CLOSING}*(?:\[\d+\])?$")
_IDEOGRAMS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")


def frame_of(printed: Sequence[str], kinds: Sequence[BlockKind | None]) -> tuple[range, frozenset[int]] | None:
    """The lines of the article, and those among them that are chrome; None where the text is no whole page.

    ``printed`` are the lines that are not blank, ``kinds`` what each is by its own wording.
    """
    weights = _weights(printed, kinds)
    first, last = _heaviest(weights)
    around = len(printed) - (last - first)
    if around < LEAST_AROUND or first == last:
        return None
    chrome = {at for at in range(first, last) if weights[at] <= PROMISE}
    for at in sorted(chrome):
        for under in range(at + 1, min(at + 1 + LONGEST_ASIDE, last)):
            if _ENDED.search(printed[under]) or count_words(printed[under]) >= 2 * PROSE_WORDS:
                break
            chrome.add(under)
    return range(first, last), frozenset(chrome)


def count_words(line: str) -> int:
    """How many words it has; in writing without spaces, two signs count as one."""
    return len(line.split()) + len(_IDEOGRAMS.findall(line)) // 2


def is_opening(line: str) -> bool:
    """Whether a short line heads what stands after or beside an article ("Related articles")."""
    count = count_words(line)
    if count > LONGEST_OPENING_WORDS or (count > 4 and _ENDED.search(line)):
        return False
    return bool(lists.beginning("chrome_openings").match(fold(line)))


def is_promise(line: str) -> bool:
    """Whether a line is the site's own prose: cookies, accounts, newsletters, rights."""
    return len(line.split()) < LONGEST_PROMISE_WORDS and bool(lists.beginning("chrome_promises").match(fold(line)))


def _weights(printed: Sequence[str], kinds: Sequence[BlockKind | None]) -> list[float]:
    found = []
    ended = True
    for line, kind in zip(printed, kinds, strict=True):
        found.append(_weight(line, kind, after_prose=ended))
        ended = bool(_ENDED.search(line))
    return found


def _weight(line: str, kind: BlockKind | None, after_prose: bool) -> float:
    if is_opening(line):
        return ASIDE if lists.beginning("chrome_asides").match(fold(line)) else OPENING
    if kind is not None and kind is not BlockKind.CAPTION:
        return CHROME
    if is_promise(line):
        return PROMISE
    count = count_words(line)
    if _ENDED.search(line):
        return min(count, MOST_WORDS) if count >= PROSE_WORDS else 3 if count >= 5 else MENU
    if count >= 2 * PROSE_WORDS:
        return min(count, MOST_WORDS) / 2
    return MENU if count < 9 else 1 if after_prose else 0


def _heaviest(weights: Sequence[float]) -> tuple[int, int]:
    """The half-open run of lines with the greatest sum."""
    best, best_run, total, start = 0.0, (0, 0), 0.0, 0
    for at, weight in enumerate(weights):
        if total <= 0:
            total, start = 0.0, at
        total += weight
        if total > best:
            best, best_run = total, (start, at + 1)
    return best_run
