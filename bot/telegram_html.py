"""Any answer as Telegram messages in HTML: it knows blocks, and no command; all text is escaped in one place."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from analysis.model import Span
from bot import wording
from handlers.answer import Answer, Block, Carrier, Change, Entry, Group, Note, Quoted

MESSAGE_UNITS = 4096
"""Most UTF-16 code units of a message after parsing, by the Bot API manual."""

MESSAGE_ENTITIES = 100
"""Most formatted stretches of a message that Telegram keeps, by the Bot API manual."""

LONG_PASSAGE = 350
SPLIT_ROOM = 1024
HEADING_LENGTH, LABEL_LENGTH, DETAIL_LENGTH, URL_LENGTH = 250, 200, 600, 1000
CONTINUES, CONTINUED = "\n(continues in the next message)", "(continued)\n"
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
    """What must stay in one message if it fits; ``gap`` stands before it when something precedes it."""

    runs: tuple[Run, ...]
    gap: str = "\n\n"

    @property
    def units(self) -> int:
        """How much of a message it takes, with its gap."""
        return len(self.gap) + sum(run.units for run in self.runs)

    @property
    def entities(self) -> int:
        """How many formatted stretches it has."""
        return sum(run.entities for run in self.runs)


def render(answer: Answer) -> list[str]:
    """The messages of an answer, at least one, each within Telegram's limits."""
    heading = wording.one_line(answer.heading, HEADING_LENGTH)
    chunks = [Chunk((Run(heading, "b"),)), *_numbered(answer)]
    return ["".join(run.html() for run in runs) for runs in _packed(chunks)]


def units(text: str) -> int:
    """The length of a text in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def contexts(blocks: Iterable[Block]) -> int:
    """How many passages of an answer offer the text around them."""
    return sum(
        contexts(block.blocks) if isinstance(block, Group) else isinstance(block, Quoted) and block.context is not None
        for block in blocks
    )


def _numbered(answer: Answer) -> Iterator[Chunk]:
    several = contexts(answer.blocks) > 1
    numbers = (f"{n}. " if several else "" for n in range(1, 10_000))
    return _chunks(answer.blocks, numbers)


def _chunks(blocks: Iterable[Block], numbers: Iterator[str]) -> Iterator[Chunk]:
    after_entry = False
    for block in blocks:
        if isinstance(block, Group):
            yield from _group(block, numbers)
        elif isinstance(block, Entry):
            yield Chunk(_entry(block), "\n" if after_entry else "\n\n")
        elif isinstance(block, Note):
            yield Chunk((Run(wording.safe(block.text).strip()),))
        elif isinstance(block, Change):
            yield Chunk(tuple(_change(block)))
        else:
            yield Chunk(tuple(_quoted(block, next(numbers) if block.context else "")))
        after_entry = isinstance(block, Entry)


def _group(group: Group, numbers: Iterator[str]) -> Iterator[Chunk]:
    """The title stays with the first block."""
    title = (Run(wording.one_line(group.title, HEADING_LENGTH), "b"),)
    inner = _chunks(group.blocks, numbers)
    first = next(inner, None)
    yield Chunk(title if first is None else (*title, Run("\n"), *first.runs))
    yield from inner


def _entry(entry: Entry) -> tuple[Run, ...]:
    label = wording.one_line(entry.label, LABEL_LENGTH)
    detail = f" — {wording.one_line(entry.detail, DETAIL_LENGTH)}" if entry.detail else ""
    return (Run("• "), _linked(label, entry.link), Run(detail))


def _linked(text: str, url: str | None) -> Run:
    return Run(text, "a", url) if url and text and _is_web(url) else Run(text)


def _is_web(url: str) -> bool:
    """Whether the link leads to the web; others could name a user, or a thing on the reader's own device."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and len(url) <= URL_LENGTH and url.isprintable()


def _change(change: Change) -> Iterator[Run]:
    """What differs, then both wordings: in the first it is struck through, in the second bold."""
    yield Run(wording.one_line(change.kind, HEADING_LENGTH), "b")
    for each, mark in ((change.before, "s"), (change.after, "b")):
        if not each.text.strip():
            continue
        text, marks = wording.marked(each)
        yield Run(f"\n{wording.one_line(each.label, LABEL_LENGTH)}")
        if each.article is not None:
            yield Run(", ")
            yield _linked(wording.one_line(each.article.name, wording.NAME_LENGTH), each.article.url)
        yield Run("\n")
        yield _passage(Run(text, marks=marks, mark=mark))


def _passage(run: Run) -> Run:
    """Printed words as a block, folded up where they are long."""
    long = len(run.text) > LONG_PASSAGE or run.text.count("\n") > 2
    return replace(run, tag="blockquote expandable" if long else "blockquote")


def _quoted(quoted: Quoted, number: str) -> Iterator[Run]:
    yield from _speaker(quoted, number)
    for part in quoted.parts:
        yield _passage(Run(wording.safe(part.text).strip()))
        yield Run("\n")
    yield Run(f"{wording.counted(quoted)}: ")
    yield from _carriers(quoted.carriers)


def _speaker(quoted: Quoted, number: str) -> Iterator[Run]:
    speaker = wording.said_by(quoted)
    remarks = wording.remarks(quoted)
    if number:
        yield Run(number)
    if speaker:
        yield Run(speaker, "b")
    for at, (ours, printed) in enumerate(remarks):
        yield Run(f"{', ' if speaker or at else ''}{ours}{' ' if printed else ''}")
        yield Run(printed, "i" if printed else "")
    if number or speaker or remarks:
        yield Run("\n")


def _carriers(carriers: tuple[Carrier, ...]) -> Iterator[Run]:
    for at, carrier in enumerate(carriers[: wording.MOST_NAMES]):
        yield Run("; " if at else "")
        yield _linked(wording.one_line(carrier.article.name, wording.NAME_LENGTH), carrier.article.url)
    if len(carriers) > wording.MOST_NAMES:
        yield Run(f" and {len(carriers) - wording.MOST_NAMES} more")


def _packed(chunks: Iterable[Chunk]) -> Iterator[list[Run]]:
    """Fill messages with chunks, cutting between them; inside one only where it is longer than a message."""
    message = Chunk((), "")
    for chunk in chunks:
        if not any(run.text.strip() for run in chunk.runs):
            continue
        if not _fits(message, chunk) and (_fits(Chunk((), ""), chunk) or message.units > MESSAGE_UNITS - SPLIT_ROOM):
            yield list(message.runs)
            message = Chunk((), "")
        if _fits(message, chunk):
            message = _joined(message, chunk)
        else:
            *full, message = _split(message, chunk)
            yield from (list(each.runs) for each in full)
    yield list(message.runs or (Run("…"),))


def _fits(message: Chunk, chunk: Chunk) -> bool:
    return message.units + chunk.units <= MESSAGE_UNITS and message.entities + chunk.entities <= MESSAGE_ENTITIES


def _joined(message: Chunk, chunk: Chunk) -> Chunk:
    gap = (Run(chunk.gap),) if message.runs else ()
    return Chunk((*message.runs, *gap, *chunk.runs), "")


def _split(message: Chunk, chunk: Chunk) -> Iterator[Chunk]:
    """A chunk over several messages, the first of which may have begun; each cut is marked."""
    runs = [*message.runs, *((Run(chunk.gap),) if message.runs else ())]
    left = MESSAGE_UNITS - len(CONTINUES) - sum(run.units for run in runs)
    for run in chunk.runs:
        rest = run
        while rest.units > left or _full(runs, rest):
            cut = 0 if _full(runs, rest) else cut_at(rest.text, left)
            begun = rest.cut(0, len(rest.text[:cut].rstrip()))
            runs += [begun] if begun.text else []
            yield Chunk((*runs, Run(CONTINUES)), "")
            rest = rest.cut(len(rest.text) - len(rest.text[cut:].lstrip()), len(rest.text))
            runs = [Run(CONTINUED)]
            left = MESSAGE_UNITS - len(CONTINUES) - len(CONTINUED)
        if rest.text:
            runs.append(rest)
            left -= rest.units
    yield Chunk(tuple(runs), "")


def _full(runs: list[Run], more: Run) -> bool:
    """Whether a message that has begun keeps no more formats."""
    return len(runs) > 1 and sum(run.entities for run in runs) + more.entities > MESSAGE_ENTITIES


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
