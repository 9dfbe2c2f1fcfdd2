"""Fills messages with stretches of text, and cuts what has no room in one: how much of a message a text takes."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from analysis.model import Span

MESSAGE_UNITS = 4096
"""Most UTF-16 code units of a message after parsing, by the Bot API manual."""

MESSAGE_ENTITIES = 100
"""Most formatted stretches of a message that Telegram keeps, by the Bot API manual."""

SPLIT_ROOM = 1024
CONTINUES, CONTINUED = "\n(continues)", "(continued)\n"
JOINER = "\u200d"
_SENTENCE_END = re.compile(r"""[.!?…]["'”’»)\]]*(?=\s)|\n""")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one format: a tag's name, or "a" with a link.

    ``marks`` are stretches inside it, in code points, that are formatted once more, each with the tag ``mark``.
    """

    text: str
    tag: str = ""
    link: str = ""
    marks: tuple[Span, ...] = ()
    mark: str = "b"

    @property
    def units(self) -> int:
        """How much of a message it takes."""
        return units(self.text)

    @property
    def entities(self) -> int:
        """How many formatted stretches it has."""
        return bool(self.tag) + len(self.marks)

    def html(self) -> str:
        """The run as HTML; the one place where text is escaped."""
        text = "".join(self._marked())
        attribute = f' href="{html.escape(self.link)}"' if self.link else ""
        return f"<{self.tag}{attribute}>{text}</{self.tag.split()[0]}>" if self.tag else text

    def cut(self, start: int, end: int) -> Run:
        """A part of it, from one code point to another."""
        met = (Span(max(each.start, start), min(each.end, end)).moved(-start) for each in self.marks)
        return replace(self, text=self.text[start:end], marks=tuple(each for each in met if each.start < each.end))

    def _marked(self) -> Iterator[str]:
        at = 0
        for each in self.marks:
            yield html.escape(self.text[at : each.start], quote=False)
            yield f"<{self.mark}>{html.escape(each.cut(self.text), quote=False)}</{self.mark}>"
            at = each.end
        yield html.escape(self.text[at:], quote=False)


@dataclass(frozen=True, slots=True)
class Chunk:
    """What must stay in one message if it fits; ``gap`` stands before it when something precedes it.

    ``choices`` are the numbers of the answer's choices (see ``bot.choices``) that belong to it.
    """

    runs: tuple[Run, ...]
    gap: str = "\n\n"
    choices: tuple[int, ...] = ()

    @property
    def units(self) -> int:
        """How much of a message it takes, with its gap."""
        return len(self.gap) + sum(run.units for run in self.runs)

    @property
    def entities(self) -> int:
        """How many formatted stretches it has."""
        return sum(run.entities for run in self.runs)


def units(text: str) -> int:
    """The length of a text in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def packed(chunks: Iterable[Chunk], room: int) -> Iterator[Chunk]:
    """Fill messages of ``room`` UTF-16 units, cutting between chunks; inside one only where it has no room alone."""
    message = Chunk((), "")
    for chunk in chunks:
        if not any(run.text.strip() for run in chunk.runs):
            continue
        if not _fits(message, chunk, room) and (_fits(Chunk((), ""), chunk, room) or message.units > room - SPLIT_ROOM):
            yield message
            message = Chunk((), "")
        if _fits(message, chunk, room):
            message = _joined(message, chunk)
        else:
            *full, message = _split(message, chunk, room)
            yield from full
    yield message


def _fits(message: Chunk, chunk: Chunk, room: int) -> bool:
    return message.units + chunk.units <= room and message.entities + chunk.entities < MESSAGE_ENTITIES


def _joined(message: Chunk, chunk: Chunk) -> Chunk:
    gap = (Run(chunk.gap),) if message.runs else ()
    return Chunk((*message.runs, *gap, *chunk.runs), "", (*message.choices, *chunk.choices))


def _split(message: Chunk, chunk: Chunk, room: int) -> Iterator[Chunk]:
    """A chunk over several messages, the first of which may have begun; each cut is marked."""
    runs = [*message.runs, *((Run(chunk.gap),) if message.runs else ())]
    choices = (*message.choices, *chunk.choices)
    left = room - len(CONTINUES) - sum(run.units for run in runs)
    for run in chunk.runs:
        rest = run
        while rest.units > left or _full(runs, rest):
            cut = 0 if _full(runs, rest) else cut_at(rest.text, left)
            begun = rest.cut(0, len(rest.text[:cut].rstrip()))
            runs += [begun] if begun.text else []
            yield Chunk((*runs, Run(CONTINUES)), "", choices)
            rest = rest.cut(len(rest.text) - len(rest.text[cut:].lstrip()), len(rest.text))
            runs, choices = [Run(CONTINUED)], chunk.choices
            left = room - len(CONTINUES) - len(CONTINUED)
        if rest.text:
            runs.append(rest)
            left -= rest.units
    yield Chunk(tuple(runs), "", choices)


def _full(runs: list[Run], more: Run) -> bool:
    """Whether a message that has begun keeps no more formats."""
    return len(runs) > 1 and sum(run.entities for run in runs) + more.entities >= MESSAGE_ENTITIES


def cut_at(text: str, room: int) -> int:
    """Where to cut a text so that ``room`` UTF-16 units are enough: a sentence end, else a space, else anywhere."""
    most = _fitting(text, room)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, most + 1) if match.end() <= most]
    if ends and ends[-1] > most // 4:
        return ends[-1]
    space = text.rfind(" ", most // 4, most + 1)
    return space if space > 0 else _whole_character(text, most)


def _fitting(text: str, room: int) -> int:
    """How many code points of a text take at most ``room`` UTF-16 units."""
    used = 0
    for at, character in enumerate(text):
        used += 2 if character > "\uffff" else 1
        if used > room:
            return at
    return len(text)


def _whole_character(text: str, most: int) -> int:
    """Move a cut back, by at most 20 code points, so that marks and joined signs stay with what they belong to."""
    for cut in range(most, max(most - 20, 0), -1):
        if not _belongs(text[cut : cut + 1]) and text[cut - 1] != JOINER:
            return cut
    return most


def _belongs(character: str) -> bool:
    return bool(character) and unicodedata.category(character) in {"Mn", "Me", "Cf"}
