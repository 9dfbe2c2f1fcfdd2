"""/backup: a copy of the store as a file, made while the bot goes on."""

from __future__ import annotations

import os

from handlers.answer import Answer, File, Note
from handlers.question import Question
from handlers.typed import count, size
from store import Store
from store.errors import StoreError

PRIVATE_ONLY = "A backup is sent in a private chat only."
LEFT_OUT = (
    "It has all articles, stories, corrections and lists of admins. It leaves out what people wrote and asked, who "
    "reported quotations, loads that are open, and what private chats chose."
)


def answer(question: Question, store: Store) -> Answer:
    """The copy, already looked through; in a group nothing is made."""
    if not question.private and not question.local:
        return Answer(PRIVATE_ONLY, (Note("Send /backup to me there."),))
    try:
        made = store.upkeep.backups.make()
    except StoreError as why:
        return Answer("There is no backup.", (Note(_told(why, question, store)),))
    note = f"{count(made.articles, 'article')}, {size(made.size)}. {LEFT_OUT}"
    back = Note("To put it back, stop the bot and let BOT_STORE name this file.")
    return Answer("A backup of the store", (Note(note), back), files=(File(made.path.name, made.path, "The backup."),))


def _told(why: StoreError, question: Question, store: Store) -> str:
    """Why not; whoever does not sit at the machine is told no folder of it."""
    return str(why) if question.local else str(why).replace(f"{store.path.parent}{os.sep}", "")
