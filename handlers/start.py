"""/start: what this is, in three lines, and something to try at once; with what a link has, what it leads to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from handlers import context, links, summary, who
from handlers.answer import Answer, Next, Note
from handlers.current import find, follow, title, ways_on
from handlers.plain import no_articles
from handlers.question import Question
from store import Store

_LINES = (
    "This bot answers questions about news stories.",
    "Every answer is a passage that an outlet printed, word for word, with who said it and who printed it.",
    "Nothing is made up: what the loaded articles do not say is not answered.",
)
_GONE = Note("That link leads to nothing that is loaded any more.")

_SHOWS: Mapping[str, Callable[[Question, Store], Answer]] = MappingProxyType(
    {"context": context.answer, "who": who.answer, "summary": summary.answer}
)


def answer(question: Question, store: Store) -> Answer:
    """What a link leads to, else the same for everybody, with buttons into the chat's current story."""
    meant = asked(question, store)
    if meant.command != "start":
        return _opened(meant, question, store)
    about = (*((_GONE,) if links.is_link(question.words) else ()), *(Note(line) for line in _LINES))
    story = find(question, store)
    help_button = Next("Help", follow(question, "help"))
    if story is None:
        empty = no_articles(question, store)
        return Answer("Welcome", (*about, Note(empty.heading), *empty.blocks), (help_button,))
    on = follow(question, "start", story=story.id)
    return Answer("Welcome", (*about, Note(f"Story now: {title(story)}")), (*ways_on(on), help_button))


def asked(question: Question, store: Store) -> Question:
    """What /start with a link asks; any other question, and a link that leads nowhere, as it is."""
    target = links.target(question.words, store) if question.command == "start" else None
    if target is None:
        return question
    return follow(question, target.command, target.words, story=target.story.id)


def _opened(meant: Question, question: Question, store: Store) -> Answer:
    """What the link leads to; a private chat goes on with its story, a group keeps the one it chose."""
    shown = _SHOWS[meant.command](meant, store)
    if not question.private or meant.story is None or store.current_story(question.chat) == meant.story:
        return shown
    store.choose_story(question.chat, meant.story)
    return replace(shown, blocks=(*shown.blocks, Note("Answers in this chat now come from this story.")))
