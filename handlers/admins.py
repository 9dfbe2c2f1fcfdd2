"""/admins: who may load; lists, adds and removes them."""

from __future__ import annotations

from handlers.answer import Answer, Entry, Next, Note
from handlers.current import follow
from handlers.numbers import BY_NAME, HOW, kept_name, named, number_in, set_when
from handlers.question import Question
from store import Store

IN_SETTINGS = "named in BOT_ADMINS in the file .env"
_USAGE = Note("/admins add and /admins remove take a number, or a reply to somebody's message.")
_NOBODY = "Bots, channels and groups cannot be admins of this bot; only people can."


def answer(question: Question, store: Store) -> Answer:
    """The list; with "add" or "remove" and a number, or in reply to somebody's message, a change of it."""
    verb, _, rest = question.words.lower().partition(" ")
    if verb not in {"", "add", "remove", "remove?"}:
        return Answer("That is not a way to use /admins.", (_USAGE,), (Next("Admins", follow(question, "admins")),))
    if not verb:
        return _list(question, store)
    if not rest and question.whom is not None and not question.whom.person:
        return Answer(_NOBODY)
    person = number_in(rest) if rest else question.whom.id if question.whom is not None else None
    if person is None or person < 0:
        return _whose(rest)
    if verb == "add":
        return _add(person, question, store)
    return _remove(person, question, store, ask=verb == "remove?")


def _list(question: Question, store: Store) -> Answer:
    fixed = sorted(store.access.from_settings)
    added = [row for row in store.access.added_admins() if row.id not in store.access.from_settings]
    entries = [Entry(str(number), IN_SETTINGS) for number in fixed]
    entries += [
        Entry(named(row.id, row.name), set_when(row), follow(question, "admins", f"remove? {row.id}")) for row in added
    ]
    if not entries:
        return Answer("This bot has no admins in Telegram.", (_USAGE,))
    return Answer("Admins of this bot", (*entries, _USAGE))


def _whose(words: str) -> Answer:
    if not words:
        return Answer("Whom?", (Note(HOW),))
    if words.startswith("@"):
        return Answer(BY_NAME, (Note(HOW),))
    return Answer("That is not the number of a person.", (Note(HOW),))


def _add(person: int, question: Question, store: Store) -> Answer:
    name = kept_name(question.whom, person)
    if person in store.access.from_settings:
        return Answer(f"{named(person, name)} is an admin already, {IN_SETTINGS}.")
    if not store.access.add_admin(person, name, question.asker):
        return Answer(f"{named(person, name)} is an admin of this bot.")
    undo = Next("Remove again", follow(question, "admins", f"remove {person}"))
    note = Note("Admins load and unload articles, correct quotations, and add other admins.")
    return Answer(f"{named(person, name)} is an admin of this bot now.", (note,), (undo,))


def _remove(person: int, question: Question, store: Store, *, ask: bool) -> Answer:
    name = next((row.name for row in store.access.added_admins() if row.id == person), kept_name(question.whom, person))
    if person in store.access.from_settings:
        return Answer(
            f"{named(person, name)} cannot be removed here.",
            (Note(f"This admin is {IN_SETTINGS}: change that line there and start the bot again."),),
        )
    if person not in store.access.admins():
        return Answer(f"{named(person, name)} is not an admin of this bot.")
    if store.access.admins() == {person} and not question.local:
        return Answer("This is the only admin; add another one first.", (_USAGE,))
    if ask:
        return Answer(
            f"Remove {named(person, name)} from the admins?",
            confirm=follow(question, "admins", f"remove {person}"),
        )
    store.access.remove_admin(person)
    return Answer(f"{named(person, name)} is not an admin of this bot any more.")
