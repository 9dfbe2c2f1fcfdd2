"""/wrong: a reader says that a quotation is not right; the admins get it with its passage."""

from __future__ import annotations

from dataclasses import replace

from handlers import fix, passages
from handlers.answer import Answer, Note
from handlers.passages import GONE, Meant
from handlers.question import Question, Role
from store import Store
from store.model import Reported

THANKS = "Thank you. The admins of this bot will look at it."
TOLD = {
    Reported.FIRST: THANKS,
    Reported.KEPT: THANKS,
    Reported.ALREADY: "You have reported this passage already. Thank you.",
    Reported.TOO_MANY: "You have reported a lot today. Please go on tomorrow.",
}


def answer(question: Question, store: Store) -> Answer:
    """One line of thanks; an admin is led to the choice at once."""
    place, _, _ = passages.split(question.words, question.reply, store)
    found = None if place is None else passages.meant(place, store)
    if found is None:
        return GONE if question.words else Answer("Which quotation?", (Note("Tap “Wrong?” below its context."),))
    if question.role >= Role.ADMIN:
        return fix.choices(found, question, store)
    if found.shown is None:
        return Answer("That is not shown as a quotation any more.")
    became = store.report(found.shown, question.asker or question.chat, question.key)
    told = Answer(TOLD[became])
    return replace(told, tell_admins=_message(found, question, store)) if became is Reported.FIRST else told


def _message(found: Meant, question: Question, store: Store) -> Answer:
    """What the admins see."""
    return replace(fix.choices(found, question, store), heading="A reader says that this is wrong")
