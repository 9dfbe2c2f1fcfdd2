"""Joins the lines that a page's width has broken, so that a paragraph is one block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from analysis.line_kinds import SENTENCE_END
from analysis.model import Block, BlockKind, Span

NARROWEST_COLUMN, NARROWEST_PAGE, WIDEST_PAGE = 25, 40, 100

_LINE_END = re.compile("\r\n?|[\n\v\f\x85\u2028\u2029]")
_STOP = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_ITEM = re.compile(r"(?:[-–—•*·▪◦]|\d{1,2}[.)])\s")


def paragraphs(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """Body lines that a page's width has broken are joined to one block."""
    printed = [block.span.cut(text) for block in blocks if block.kind is BlockKind.BODY]
    if not _is_wrapped(printed):
        yield from blocks
        return
    width = max(map(len, printed))
    waiting: Block | None = None
    full = False
    for block in blocks:
        line = block.span.cut(text)
        if (
            full
            and waiting
            and waiting.kind is block.kind
            and not _ITEM.match(line)
            and line_ends(text, waiting.span, block.span) == 1
        ):
            waiting = Block(block.kind, Span(waiting.span.start, block.span.end))
        else:
            if waiting:
                yield waiting
            waiting = block
        full = block.kind is BlockKind.BODY and (len(line) > 0.8 * width or not SENTENCE_END.search(line))
    if waiting:
        yield waiting


def _is_wrapped(printed: Sequence[str]) -> bool:
    """Whether lines end where a page ends: nearly all are as long as the longest, and most stop in mid-sentence."""
    if goes_on(printed):
        return True
    if len(printed) < 4:
        return False
    widths = [len(line) for line in printed]
    if not NARROWEST_PAGE <= max(widths) <= WIDEST_PAGE or median(widths) < 0.75 * max(widths):
        return False
    return sum(not SENTENCE_END.search(line) for line in printed) > 0.5 * len(printed)


def goes_on(printed: Sequence[str]) -> bool:
    """Whether three lines or more stop at a page's width without a stop and go on with a small letter."""
    width = max(map(len, printed), default=0)
    if not NARROWEST_COLUMN <= width <= WIDEST_PAGE:
        return False
    broken = [len(line) for line, after in pairwise(printed) if not _STOP.search(line) and after[0].islower()]
    return len(broken) >= 3 and median(broken) > 0.75 * width


def line_ends(text: str, before: Span, after: Span) -> int:
    """How many line ends stand between two spans."""
    return len(_LINE_END.findall(text, before.end, after.start))
