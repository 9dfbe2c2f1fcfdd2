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
from bot.choices import may_be_wrong
from handlers.answer import Answer, Block, Carrier, Change, Entry, Group, Note, Quoted

MESSAGE_UNITS = 4096
"""Most UTF-16 code units of a message after parsing, by the Bot API manual."""

MESSAGE_ENTITIES = 100
"""Most formatted stretches of a message that Telegram keeps, by the Bot API manual."""

SPLIT_ROOM = 1024
HEADING_LENGTH, LABEL_LENGTH, DETAIL_LENGTH, URL_LENGTH = 250, 200, 600, 1000
CONTINUES, CONTINUED = "\n(continues)", "(continued)\n"
COUNT_ROOM = len(", part 1000 of 1000\n\n")
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


@dataclass(frozen=True, slots=True)
class Part:
    """As much of an answer as one message has room for: as HTML, as plain text, and the choices that belong to it."""

    html: str
    plain: str
    choices: frozenset[int]


def render(answer: Answer) -> list[str]:
    """The messages of an answer as HTML, at least one, each within Telegram's limits."""
    return [part.html for part in parts(answer)]


def parts(answer: Answer) -> list[Part]:
    """The answer cut between its blocks into what fits a message; each part has the heading."""
    heading = Run(wording.one_line(answer.heading, HEADING_LENGTH) or "…", "b")
    messages = list(_packed(_chunks(answer.blocks, _Count(answer)), MESSAGE_UNITS - heading.units - COUNT_ROOM))
    several = f", part %d of {len(messages)}" if len(messages) > 1 else ""
    return [
        _part((heading, Run(several and several % number), Run("\n\n" if message.runs else ""), *message.runs), message)
        for number, message in enumerate(messages, start=1)
    ]


def _part(runs: tuple[Run, ...], message: Chunk) -> Part:
    bare, whole = "".join(run.text for run in runs), "".join(map(_with_link, runs))
    plain = whole if units(whole) <= MESSAGE_UNITS else bare
    return Part("".join(run.html() for run in runs), plain, frozenset(message.choices))


def _with_link(run: Run) -> str:
    return f"{run.text} ({run.link})" if run.link else run.text


def units(text: str) -> int:
    """The length of a text in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def contexts(blocks: Iterable[Block]) -> int:
    """How many passages of an answer offer the text around them."""
    return sum(
        contexts(block.blocks) if isinstance(block, Group) else isinstance(block, Quoted) and block.context is not None
        for block in blocks
    )


class _Count:
    """Numbers the passages that offer their context, where there are several, and all choices as ``choices`` does."""

    def __init__(self, answer: Answer) -> None:
        self._several = contexts(answer.blocks) > 1
        self._wrong = may_be_wrong(answer)
        self._passages = self._choices = 0

    def label(self, quoted: Quoted) -> str:
        """What stands before a passage, so that its button can name it."""
        self._passages += quoted.context is not None
        return f"{self._passages}. " if self._several and quoted.context is not None else ""

    def choices(self, block: Entry | Quoted) -> tuple[int, ...]:
        """The numbers of a block's choices."""
        if isinstance(block, Entry):
            own = int(block.question is not None)
        else:
            own = (block.context is not None) + (self._wrong and block.wrong is not None)
        self._choices += own
        return tuple(range(self._choices - own + 1, self._choices + 1))


def _chunks(blocks: Iterable[Block], count: _Count) -> Iterator[Chunk]:
    after_entry = False
    for block in blocks:
        if isinstance(block, Group):
            yield from _group(block, count)
        elif isinstance(block, Entry):
            yield Chunk(_entry(block), "\n" if after_entry else "\n\n", count.choices(block))
        elif isinstance(block, Note):
            yield Chunk((Run(wording.safe(block.text).strip()),))
        elif isinstance(block, Change):
            yield Chunk(tuple(_change(block)))
        else:
            yield Chunk(tuple(_quoted(block, count.label(block))), choices=count.choices(block))
        after_entry = isinstance(block, Entry)


def _group(group: Group, count: _Count) -> Iterator[Chunk]:
    """The title stays with the first block."""
    title = (Run(wording.one_line(group.title, HEADING_LENGTH), "b"),)
    inner = _chunks(group.blocks, count)
    first = next(inner, None)
    yield Chunk(title) if first is None else replace(first, runs=(*title, Run("\n"), *first.runs), gap="\n\n")
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
    """Printed words as a block, which Telegram folds up where they have more than a few lines."""
    return replace(run, tag="blockquote expandable")


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


def _packed(chunks: Iterable[Chunk], room: int) -> Iterator[Chunk]:
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
