"""/deny: takes a person or a chat off the list of those who get answers."""

from __future__ import annotations

from dataclasses import replace

from handlers.allow import listed, subject
from handlers.answer import Answer, Next, Note
from handlers.current import follow
from handlers.numbers import named
from handlers.question import Question
from store import Store

STILL = Note("Everybody gets answers all the same, until BOT_ACCESS=listed is set in .env.")


def answer(question: Question, store: Store) -> Answer:
    """Take off the number, whoever is replied to, or this group; in a private chat without words, the list."""
    ask = question.words.startswith("?")
    found = subject(replace(question, words=question.words.removeprefix("?").strip()))
    if found.problem is not None:
        return found.problem
    if found.number is None:
        return listed(question, store)
    name = next((row.name for row in store.access.allowed() if row.id == found.number), found.name)
    shown = named(found.number, name)
    if ask:
        return Answer(f"Take {shown} off the list?", confirm=follow(question, "deny", str(found.number)))
    if not store.access.deny(found.number):
        admin = store.access.is_admin(found.number)
        return Answer(f"{shown} is an admin, and gets answers." if admin else f"{shown} was not on the list.")
    undo = Next("Allow again", follow(question, "allow", str(found.number)))
    return Answer(f"{shown} is off the list.", () if store.access.listed else (STILL,), (undo,))
