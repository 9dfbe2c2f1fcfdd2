"""/privacy: what the bot keeps, where and for how long, in plain words, and what it keeps now of whoever asks."""

from __future__ import annotations

from handlers.answer import Answer, Block, Entry, Group, Next, Note
from handlers.current import follow
from handlers.question import Question
from handlers.typed import count
from store import Store
from store.held import OfChat, OfPerson

_KEPT = (
    Entry("What you write", "only until it is answered, then it is erased; that there was a message, for 2 days"),
    Entry("Buttons", "what a button asks, which may have words of your question: 30 days"),
    Entry("The story and the settings of a chat", "until they are changed or forgotten"),
    Entry("“Wrong?”", "which passage you reported, with your number, until it is forgotten or the article is unloaded"),
    Entry("Inline and guest questions", "only until they are answered"),
    Entry("Groups", "that the bot has said hello, or may not write there any more"),
)
_ADMINS = (
    Entry("Loads, pasted articles, feeds, decisions on quotations, given rights", "with the admin's number"),
    Entry("Who is an admin or may ask", "number and name, until an admin takes them off the list"),
)
_WHERE = (
    Note("All of it is in one file on the machine that runs this bot. Nothing is passed on or made into statistics."),
    Note("The bot's log tells when a chat asked which command, by the chat's number, never what was written."),
    Note("Backups leave readers out: no messages, no buttons, nothing of private chats, reports without a number."),
)


def answer(question: Question, store: Store) -> Answer:
    """What is kept in general, then of this chat and whoever asks."""
    chat, person = store.chats.of_chat(store.chats.whole(question.chat)), store.chats.of_person(question.asker)
    own = Note(own_words(chat, person, question))
    forget = Next("Forget it", follow(question, "forget"))
    blocks: tuple[Block, ...] = (
        Group("Kept of everybody", _KEPT),
        Group("Kept of admins", _ADMINS),
        *_WHERE,
        *_here(question),
        Group("Kept now", (own,)),
    )
    return Answer("What this bot keeps", blocks, (forget,))


def _here(question: Question) -> tuple[Note, ...]:
    line = "This terminal keeps the lines that you type in a history file that only you can read."
    return (Note(line),) if question.local else ()


def own_words(chat: OfChat, person: OfPerson, question: Question) -> str:
    """What is kept of a chat and a person, in one or two sentences; "nothing" where that is so."""
    here = "this chat" if question.private else "this group"
    of_chat = _listed(
        (chat.story, "the chosen story"),
        (chat.settings, "settings"),
        (chat.buttons, count(chat.buttons, "button")),
    )
    of_you = _listed(
        (person.reports, count(person.reports, "report")),
        (person.loads, count(person.loads, "load")),
        (person.decisions, count(person.decisions, "decision")),
        (person.listed, "a place on the list of admins or of those who may ask"),
    )
    return f"Of {here}: {of_chat}. Of you: {of_you}."


def _listed(*parts: tuple[object, str]) -> str:
    found = [words for there, words in parts if there]
    return ", ".join(found) or "nothing"
