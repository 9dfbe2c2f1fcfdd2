"""The buttons below an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.buttons import Step, View, data_for, decline
from bot.choices import Choice, Origin, choices
from bot.telegram_html import Part
from bot.wording import one_line
from handlers.answer import Answer
from handlers.question import Question
from store import Store

LABEL_LENGTH = 60
ROW_LENGTH = 40
MOST_IN_A_ROW = 4
MOST_BUTTONS = 100

Row = list[InlineKeyboardButton]


@dataclass(frozen=True, slots=True)
class Below:
    """What the buttons stand below: one of ``of`` parts of the answer to what a view asks.

    ``edits`` says that what a button shows takes the place of the message; ``link`` is a label and an address that
    lead away from the chat.
    """

    answer: Answer
    view: View
    part: Part
    of: int = 1
    edits: bool = True
    link: tuple[str, str] | None = None

    def leads_to(self, question: Question) -> View:
        """What a button shows: with a way back where it takes the place of the message, else on its own."""
        return self.view.then(question) if self.edits else View(Step(question))


def keyboard(below: Below, store: Store) -> InlineKeyboardMarkup | None:
    """The choices of what is shown, the ways through a long answer, and back; None where there is nothing to tap.

    Raises StoreError.
    """
    found = choices(below.answer)[:MOST_BUTTONS]
    contexts = [choice for choice in found if choice.origin is Origin.CONTEXT]
    buttons = [
        (choice, _button(_label(choice, contexts), below.leads_to(choice.question), below, store))
        for choice in found
        if (choice.number in below.part.choices or choice.origin not in _IN_BLOCKS) and not _leaves_out(choice, below)
    ]
    rows = [
        *_rows([button for choice, button in buttons if choice.origin in {Origin.CONTEXT, Origin.WRONG}]),
        *([button] for choice, button in buttons if choice.origin is Origin.ENTRY),
        *_turns(below, store),
        *([button, _no(below, store)] for choice, button in buttons if choice.origin is Origin.CONFIRM),
        *_rows([button for choice, button in buttons if choice.origin is Origin.NEXT]),
        *_away(below, store),
    ]
    return InlineKeyboardMarkup(rows) if rows else None


_IN_BLOCKS = frozenset({Origin.CONTEXT, Origin.WRONG, Origin.ENTRY})


def _leaves_out(choice: Choice, below: Below) -> bool:
    """Whether a button goes on to the next page while parts of this one were not shown yet."""
    now, then = below.view.now.question, choice.question
    onward = choice.origin is Origin.NEXT and (then.command, then.page) == (now.command, now.page + 1)
    return onward and below.view.now.part + 1 < below.of


def _button(label: str, view: View, below: Below, store: Store) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=data_for(view, store, edits=below.edits))


def _label(choice: Choice, contexts: Sequence[Choice]) -> str:
    """Contexts are numbered as their passages are, where there are several."""
    if choice.origin is Origin.CONTEXT and len(contexts) > 1:
        return f"Context {contexts.index(choice) + 1}"
    return one_line(choice.label, LABEL_LENGTH) or "…"


def _turns(below: Below, store: Store) -> list[Row]:
    """To the other parts of an answer that has no room in one message."""
    at, row = below.view.now.part, []
    if at > 0:
        row.append(_button(f"‹ Part {at}", below.view.at(at - 1), below, store))
    if at + 1 < below.of:
        row.append(_button(f"Part {at + 2} of {below.of} ›", below.view.at(at + 1), below, store))
    return [row] if row else []


def _no(below: Below, store: Store) -> InlineKeyboardButton:
    """Back to what was shown before the question, where there was something."""
    back = below.view.back
    if back is not None and below.edits:
        return _button("No", back, below, store)
    return InlineKeyboardButton("No", callback_data=decline(below.answer.confirm or below.view.now.question))


def _away(below: Below, store: Store) -> list[Row]:
    """Back to what the message showed before, and the link to what it shows now."""
    back = below.view.back if below.edits and below.answer.confirm is None else None
    row = [] if back is None else [_button("‹ Back", back, below, store)]
    if below.link is not None:
        row.append(InlineKeyboardButton(below.link[0], url=below.link[1]))
    return [row] if row else []


def _rows(buttons: Sequence[InlineKeyboardButton]) -> list[Row]:
    """Short labels side by side."""
    rows: list[Row] = []
    for button in buttons:
        used = sum(len(each.text) for each in rows[-1]) if rows else 0
        if rows and len(rows[-1]) < MOST_IN_A_ROW and used + len(button.text) <= ROW_LENGTH:
            rows[-1].append(button)
        else:
            rows.append([button])
    return rows
