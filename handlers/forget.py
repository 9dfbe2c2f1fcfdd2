"""/forget: erases what is kept of this chat, and in private of whoever asks; asks first, and says what stays."""

from __future__ import annotations

from handlers.answer import Answer, Next, Note
from handlers.current import follow
from handlers.privacy import own_words
from handlers.question import Question
from store import Store

_STAYS = Note(
    "What admins loaded and decided stays, without their number; so do the lists of admins and allowed people."
)


def answer(question: Question, store: Store) -> Answer:
    """What there is to forget; confirmed, that it is forgotten."""
    chat = store.chats.of_chat(store.chats.whole(question.chat))
    person = store.chats.of_person(question.asker)
    kept = Note(own_words(chat, person, question))
    if not (chat or (question.private and person)):
        return Answer("There is nothing to forget.", (kept,), (Next("What is kept", follow(question, "privacy")),))
    if not question.confirmed:
        return Answer("Forget this?", (kept, *_what(question)), confirm=follow(question, "forget"))
    store.chats.forget_chat(store.chats.whole(question.chat))
    if question.private:
        store.chats.forget_person(question.asker)
    return Answer("It is forgotten.", _what(question, done=True))


def _what(question: Question, *, done: bool = False) -> tuple[Note, ...]:
    """What goes and what stays."""
    if not question.private:
        gone = "The story, the settings and the buttons of this group and its topics"
        own = Note("Reports of yours are forgotten in a private chat with me.")
        return Note(f"{gone} {'are gone' if done else 'go'}. Answers come from the newest story then."), own
    gone = "The chosen story, the settings, the buttons and your reports"
    return Note(f"{gone} {'are gone' if done else 'go'}. Older buttons may not work then."), _STAYS
