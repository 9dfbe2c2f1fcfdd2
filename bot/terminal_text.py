"""Any answer as text for a terminal: it knows blocks, and no command."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from bot import wording
from bot.choices import Numbers
from handlers.answer import Answer, Block, Change, Entry, Group, Next, Note, Quoted, Wording

BAR = "  │ "
INDENT = "    "
NARROWEST = 20
WIDEST = 100
BOLD, DIM, CYAN = "1", "2", "36"


def render(answer: Answer, width: int = 80, *, colour: bool = False) -> str:
    """The answer in lines of at most ``width`` columns (20 to 100; links stay whole), no line end at its end."""
    return Page(min(max(width, NARROWEST), WIDEST), colour).answer(answer)


class Page:
    """How wide a line may be, and whether it may be coloured."""

    def __init__(self, width: int, colour: bool) -> None:
        self._width = width
        self._colour = colour

    def answer(self, answer: Answer) -> str:
        """All lines of the answer."""
        numbers = Numbers(answer)
        parts = [self._heading(answer.heading), *self._blocks(answer.blocks, numbers)]
        if answer.confirm is not None:
            parts.append(f"{self._mark(numbers.of(answer))} Yes")
        if answer.next:
            parts.append("\n".join(self._wrapped(self._labels(answer.next, numbers), "")))
        return "\n\n".join(part for part in parts if part)

    def _heading(self, heading: str) -> str:
        return "\n".join(self._styled(line, BOLD) for line in wrap(wording.one_line(heading), self._width))

    def _blocks(self, blocks: Iterable[Block], numbers: Numbers) -> Iterator[str]:
        """One part a block; entries that follow each other share one."""
        entries: list[str] = []
        for block in blocks:
            if isinstance(block, Entry):
                entries += self._entry(block, numbers)
                continue
            yield "\n".join(entries)
            entries = []
            if isinstance(block, Group):
                yield self._heading(block.title)
                yield from self._blocks(block.blocks, numbers)
            elif isinstance(block, Change):
                yield "\n".join(self._change(block))
            else:
                yield "\n".join(self._note(block) if isinstance(block, Note) else self._quoted(block, numbers))
        yield "\n".join(entries)

    def _note(self, note: Note) -> list[str]:
        return [line for paragraph in wording.safe(note.text).split("\n") for line in wrap(paragraph, self._width)]

    def _change(self, change: Change) -> list[str]:
        """Both wordings; what differs stands in [-…-] in the first and in {+…+} in the second, as in a word diff."""
        lines = [self._heading(change.kind)]
        for each, (opens, closes) in ((change.before, ("[-", "-]")), (change.after, ("{+", "+}"))):
            if each.text.strip():
                name = f", {wording.one_line(each.article.name, wording.NAME_LENGTH)}" if each.article else ""
                lines += wrap(f"{wording.one_line(each.label)}{name}", self._width)
                lines += self._passage(_with_marks(each, opens, closes))
        return lines

    def _entry(self, entry: Entry, numbers: Numbers) -> list[str]:
        number = numbers.of(entry)
        words = wording.one_line(entry.label) + (f" — {wording.one_line(entry.detail)}" if entry.detail else "")
        bullet = f"{number or '•'} "
        lines = wrap(words, self._width - len(bullet))
        link = [" " * len(bullet) + self._styled(wording.one_line(entry.link), CYAN)] if entry.link else []
        rest = [" " * len(bullet) + line for line in lines[1:]]
        return [f"{self._mark(bullet.strip())} {lines[0]}", *rest, *link]

    def _quoted(self, quoted: Quoted, numbers: Numbers) -> list[str]:
        passages = [line for part in quoted.parts for line in self._passage(part.text)]
        numbered = ((numbers.of(quoted), "context"), (numbers.of_wrong(quoted), "wrong?"))
        ways = [(number, label) for number, label in numbered if number]
        return [*passages, *self._attribution(quoted), *self._carriers(quoted, ways)]

    def _passage(self, text: str) -> list[str]:
        paragraphs = [line for line in wording.safe(text).split("\n") if line.strip()]
        return [self._styled(BAR, DIM) + line for words in paragraphs for line in wrap(words, self._width - len(BAR))]

    def _attribution(self, quoted: Quoted) -> list[str]:
        speaker = wording.said_by(quoted)
        remarks = [f"{ours} {printed}".strip() for ours, printed in wording.remarks(quoted)]
        if not speaker and not remarks:
            return []
        lines = wrap(", ".join(filter(None, [f"— {speaker}" if speaker else "", *remarks])), self._width - len(INDENT))
        if speaker and lines[0].startswith(f"— {speaker}"):
            lines[0] = "— " + self._styled(speaker, BOLD) + lines[0].removeprefix(f"— {speaker}")
        return [INDENT + line for line in lines]

    def _carriers(self, quoted: Quoted, ways: list[tuple[str, str]]) -> list[str]:
        line = f"{wording.counted(quoted)}: {'; '.join(wording.names(quoted))}"
        lines = [INDENT + self._styled(each, DIM) for each in wrap(line, self._width - len(INDENT))]
        wide = columns(INDENT + "  ".join(f"{number} {label}" for number, label in ways)) > self._width
        marked = [f"{self._mark(number)} {label}" for number, label in ways]
        return [*lines, *(INDENT + line for line in (marked if wide else ["  ".join(marked)]) if line)]

    def _labels(self, following: Iterable[Next], numbers: Numbers) -> list[str]:
        return [f"{numbers.of(each)} {wording.one_line(each.label)}" for each in following]

    def _wrapped(self, labels: list[str], line: str) -> Iterator[str]:
        """Labels side by side, never broken inside one unless it is longer than a line."""
        for label in labels:
            if line and columns(line) + 2 + columns(label) > self._width:
                yield from wrap(line, self._width)
                line = ""
            line = f"{line}  {label}" if line else label
        yield from wrap(line, self._width)

    def _mark(self, number: str) -> str:
        return self._styled(number, CYAN)

    def _styled(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self._colour and text else text


def _with_marks(compared: Wording, opens: str, closes: str) -> str:
    """The text with marks around what differs, which are seen without colours too."""
    text, spans = wording.marked(compared)
    for span in reversed(spans):
        text = f"{text[: span.start]}{opens}{span.cut(text)}{closes}{text[span.end :]}"
    return text


def columns(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(_columns(character) for character in text) if not text.isascii() else len(text)


def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` columns, broken at spaces, inside a word only where it is wider than a line."""
    lines, line = [], ""
    for word in text.strip().replace("\t", " ").split(" "):
        joined = f"{line} {word}" if line else word
        if columns(joined) <= width:
            line = joined
            continue
        lines += [line.rstrip()] if line.strip() else []
        *full, line = _pieces(word, width)
        lines += full
    return [*lines, line]


def _pieces(word: str, width: int) -> list[str]:
    if columns(word) <= width:
        return [word]
    pieces, piece, used = [], "", 0
    for character in word:
        wide = _columns(character)
        if used + wide > width:
            pieces.append(piece)
            piece, used = "", 0
        piece += character
        used += wide
    return [*pieces, piece]
