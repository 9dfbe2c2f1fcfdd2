"""/start: what this is, in three lines, and something to try at once."""

from __future__ import annotations

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


def answer(question: Question, store: Store) -> Answer:
    """The same for everybody, with buttons into the chat's current story."""
    about = tuple(Note(line) for line in _LINES)
    story = find(question, store)
    help_button = Next("Help", follow(question, "help"))
    if story is None:
        empty = no_articles(question)
        return Answer("Welcome", (*about, Note(empty.heading), *empty.blocks), (help_button,))
    asked = follow(question, "start", story=story.id)
    return Answer("Welcome", (*about, Note(f"Story now: {title(story)}")), (*ways_on(asked), help_button))
