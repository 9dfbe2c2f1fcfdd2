"""What can be chosen in an answer, counted in the same way by every front that shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from handlers.answer import Answer, Block, Entry, Group, Next, Quoted
from handlers.question import Question


class Origin(StrEnum):
    """Where in the answer a choice stands."""

    ENTRY = "entry"
    CONTEXT = "context"
    WRONG = "wrong"
    CONFIRM = "confirm"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Choice:
    """A further question; ``number`` counts from 1 over the whole answer, in the order of showing."""

    number: int
    origin: Origin
    label: str
    question: Question


def choices(answer: Answer) -> tuple[Choice, ...]:
    """All choices of an answer: those of its blocks first, then the confirmation, then the next questions."""
    found = [*_in_blocks(answer.blocks, offered=may_be_wrong(answer))]
    if answer.confirm is not None:
        found.append((Origin.CONFIRM, "Yes", replace(answer.confirm, confirmed=True)))
    found += [(Origin.NEXT, following.label, following.question) for following in answer.next]
    return tuple(Choice(number, *each) for number, each in enumerate(found, start=1))


def may_be_wrong(answer: Answer) -> bool:
    """Whether a quotation can be called wrong: only where the answer has a single one, so that lists stay calm."""
    return _quotations(answer.blocks) == 1


def _quotations(blocks: Iterable[Block]) -> int:
    return sum(
        _quotations(block.blocks) if isinstance(block, Group) else isinstance(block, Quoted) and block.wrong is not None
        for block in blocks
    )


def _in_blocks(blocks: Iterable[Block], *, offered: bool) -> Iterator[tuple[Origin, str, Question]]:
    for block in blocks:
        if isinstance(block, Group):
            yield from _in_blocks(block.blocks, offered=offered)
        elif isinstance(block, Entry) and block.question is not None:
            yield Origin.ENTRY, block.label, block.question
        elif isinstance(block, Quoted):
            if block.context is not None:
                yield Origin.CONTEXT, "Context", block.context
            if offered and block.wrong is not None:
                yield Origin.WRONG, "Wrong?", block.wrong


class Numbers:
    """Hands out the numbers of the choices while blocks are rendered in order."""

    def __init__(self, answer: Answer) -> None:
        self._left = iter(choices(answer))
        self._wrong = may_be_wrong(answer)

    def of(self, block: Next | Entry | Quoted | Answer) -> str:
        """The number of a block's choice as it is shown, "[3]"; empty where it has none."""
        asked = (
            block.context
            if isinstance(block, Quoted)
            else block.confirm
            if isinstance(block, Answer)
            else block.question
        )
        return "" if asked is None else f"[{next(self._left).number}]"

    def of_wrong(self, quoted: Quoted) -> str:
        """The same for saying that a quotation is wrong; to be asked for right after ``of``."""
        return f"[{next(self._left).number}]" if self._wrong and quoted.wrong is not None else ""
