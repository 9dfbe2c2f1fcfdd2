"""Any answer as Telegram messages in HTML: it knows blocks, and no command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from bot import wording
from bot.choices import may_be_wrong
from bot.telegram_cuts import MESSAGE_UNITS, Chunk, Run, packed, units
from handlers.answer import Answer, Block, Carrier, Change, Entry, Group, Note, Quoted

HEADING_LENGTH, LABEL_LENGTH, DETAIL_LENGTH, URL_LENGTH = 250, 200, 600, 1000
COUNT_ROOM = len(", part 1000 of 1000\n\n")


@dataclass(frozen=True, slots=True)
class Part:
    """As much of an answer as one message has room for: as HTML, as plain text, and the choices that belong to it."""

    html: str
    plain: str
    choices: frozenset[int]


def parts(answer: Answer) -> list[Part]:
    """The answer cut between its blocks into what fits a message; each part has the heading."""
    heading = Run(wording.one_line(answer.heading, HEADING_LENGTH) or "…", "b")
    messages = list(packed(_chunks(answer.blocks, _Count(answer)), MESSAGE_UNITS - heading.units - COUNT_ROOM))
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
