"""The buttons below an answer."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.buttons import DISMISS, data_for
from bot.choices import Choice, Origin, choices
from bot.wording import one_line
from handlers.answer import Answer
from handlers.question import Question
from store import Store

LABEL_LENGTH = 60
ROW_LENGTH = 40
MOST_IN_A_ROW = 4
MOST_BUTTONS = 100

Row = list[InlineKeyboardButton]


def keyboard(answer: Answer, asked: Question, store: Store) -> InlineKeyboardMarkup | None:
    """The choices of an answer as buttons, None where it has none. Raises StoreError."""
    found = choices(answer)[:MOST_BUTTONS]
    if not found:
        return None
    contexts = [choice for choice in found if choice.origin is Origin.CONTEXT]
    buttons = [
        (choice, InlineKeyboardButton(_label(choice, contexts), callback_data=data_for(asked, choice.question, store)))
        for choice in found
    ]
    return InlineKeyboardMarkup(
        [
            *_rows([button for choice, button in buttons if choice.origin in {Origin.CONTEXT, Origin.WRONG}]),
            *([button] for choice, button in buttons if choice.origin is Origin.ENTRY),
            *([button, _no()] for choice, button in buttons if choice.origin is Origin.CONFIRM),
            *_rows([button for choice, button in buttons if choice.origin is Origin.NEXT]),
        ]
    )


def _label(choice: Choice, contexts: Sequence[Choice]) -> str:
    """Contexts are numbered as their passages are, where there are several."""
    if choice.origin is Origin.CONTEXT and len(contexts) > 1:
        return f"Context {contexts.index(choice) + 1}"
    return one_line(choice.label, LABEL_LENGTH) or "…"


def _no() -> InlineKeyboardButton:
    return InlineKeyboardButton("No", callback_data=DISMISS)


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
