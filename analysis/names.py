"""Finds the names that a text prints: runs of capitalised words, cut free of titles and of sentence openers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.lists import table, words
from analysis.model import Block, Span

PARTICLE = r"(?:de|del|della|da|dos|das|di|du|la|le|van|von|der|den|ter|ten|bin|ibn|bint|al|el|y|ben|af|av|zu|st\.)"
PREFIX = r"(?:Mc|Mac|O[’'`]|D[’'`]|al-|el-|Al-|El-|bin-)?"
WORD = rf"(?:{PREFIX}[^\W\d_a-z][^\W\d_]*(?:[-–][^\W\d_]+)*(?:[’'][^\W\d_s][^\W\d_]+)?)"
INITIALS = r"(?:[A-Z]\.(?:[A-Z]\.)*)"
RUN = re.compile(rf"(?<![\w@#/’'-])(?:{INITIALS}|{WORD}\.?)(?: (?:{PARTICLE} ){{0,2}}(?:{INITIALS}|{WORD}))*")


@dataclass(frozen=True, slots=True)
class NameMention:
    """One printed name. ``title`` is the word before it that is no part of it ("President", "Mr.")."""

    span: Span
    words: tuple[str, ...]
    title: str = ""
    opens: bool = False  # whether it opens a sentence, where any word is capitalised


def names_in(text: str, blocks: Sequence[Block]) -> list[NameMention]:
    """All names of the blocks, in order."""
    return [name for block in blocks for name in _block_names(text, block.span)]


def _block_names(text: str, block: Span) -> Iterator[NameMention]:
    titles, openers = table("titles"), words("sentence_openers")
    for run in RUN.finditer(text, block.start, block.end):
        parts = [Span(*found.span()) for found in re.finditer(r"\S+", text[run.start() : run.end()])]
        parts = [part.moved(run.start()) for part in parts]
        title = ""
        while parts:
            word = parts[0].cut(text)
            low = word.lower()
            if low in titles and (len(parts) > 1 or low.endswith(".")):
                title = f"{title} {low}".strip()
            elif low not in openers:
                break
            parts = parts[1:]
        if parts:
            yield NameMention(Span(parts[0].start, parts[-1].end), tuple(part.cut(text) for part in parts), title)
