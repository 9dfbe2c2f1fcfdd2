"""/id: the numbers that settings and admins ask for."""

from __future__ import annotations

from handlers.answer import Answer, Block, Entry, Note
from handlers.numbers import named, number_in, place_of
from handlers.question import Question, Role
from store import Store


def answer(question: Question, store: Store) -> Answer:
    """The asker's own number, the chat's and its topic's, and that of whoever is replied to."""
    chat, topic = place_of(question)
    if chat is None:
        return Answer("There is no number here.", (Note("Whoever sits at the machine is an admin."),))
    own = number_in(question.asker)
    lines: list[Block] = [
        Entry(f"You: {own}") if own is not None else Note("You write as a chat; ask in private for your own number.")
    ]
    if not question.private:
        lines.append(Entry(f"This chat: {chat}"))
    if topic is not None:
        lines.append(Entry(f"This topic: {topic}"))
    if question.whom is not None:
        lines.append(Entry(f"Replied to: {named(question.whom.id, question.whom.name)}"))
    return Answer("Numbers in Telegram", (*lines, *_use(question, store)))


def _use(question: Question, store: Store) -> tuple[Note, ...]:
    """What a number is good for, as far as it concerns whoever asks."""
    if question.role >= Role.ADMIN:
        return ()
    if not store.access.admins():
        return (Note("This bot has no admin yet: whoever runs it writes a number into BOT_ADMINS in .env."),)
    if store.access.listed:
        return (Note("An admin of this bot can send /allow with a number, so that it answers there."),)
    return ()
