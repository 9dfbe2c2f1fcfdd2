"""/allow: gives a person or a chat answers where access is listed, and lists who has them."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.answer import Answer, Entry, Next, Note
from handlers.current import follow
from handlers.numbers import BY_NAME, HOW, kept_name, named, number_in, place_of, set_when
from handlers.paging import page_of, turns
from handlers.question import Question
from store import Store

OPEN = Note("Everybody gets answers now. With BOT_ACCESS=listed in .env only admins and this list do.")
PAGE = 20


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a list is about: a person or a chat, with the name to keep; ``problem`` says why there is none."""

    number: int | None = None
    name: str = ""
    problem: Answer | None = None


def answer(question: Question, store: Store) -> Answer:
    """Allow the number, whoever is replied to, or this group; in a private chat without words, the list."""
    found = subject(question)
    if found.problem is not None:
        return found.problem
    if found.number is None:
        return listed(question, store)
    shown = named(found.number, found.name)
    if store.access.is_admin(found.number):
        return Answer(f"{shown} is an admin, and gets answers anyway.")
    new = store.access.allow(found.number, found.name, question.asker)
    undo = Next("Take back", follow(question, "deny", str(found.number)))
    heading = f"{shown} gets answers now." if new else f"{shown} is on the list already."
    return Answer(heading, () if store.access.listed else (OPEN,), (undo,))


def subject(question: Question) -> Subject:
    """Whom /allow and /deny are about; with neither number nor problem, the list is asked for."""
    if question.words:
        number = number_in(question.words)
        if number is not None:
            return Subject(number, kept_name(question.whom, number))
        heading = BY_NAME if question.words.startswith("@") else "That is not the number of a person or a chat."
        return Subject(problem=Answer(heading, (Note(HOW),)))
    if (whom := question.whom) is not None:
        if number_in(str(whom.id)) is None or (whom.id > 0 and not whom.person):
            return Subject(problem=Answer("Bots cannot be put on the list.", (Note(HOW),)))
        return Subject(whom.id, kept_name(whom, whom.id))
    chat, _ = place_of(question)
    return Subject() if question.private or chat is None else Subject(chat, "Group")


def listed(question: Question, store: Store) -> Answer:
    """Who was allowed; choosing one takes it off the list."""
    page = page_of(store.access.allowed(), question.page, PAGE)
    rows = [
        Entry(named(row.id, row.name), set_when(row), follow(question, "deny", f"? {row.id}")) for row in page.items
    ]
    usage = Note("/allow and /deny take a number, a reply to somebody's message, or in a group nothing: the group.")
    state = () if store.access.listed else (OPEN,)
    heading = "People and chats that were allowed" if rows else "Nobody was put on the list."
    return Answer(f"{heading}, {page.label}" if page.label else heading, (*rows, usage, *state), turns(question, page))
