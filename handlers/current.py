"""Which story a question is about, and how answers name it and lead on from it."""

from __future__ import annotations

from dataclasses import replace

from handlers.answer import Next
from handlers.question import Question
from handlers.typed import short
from store import Store
from store.model import Story

TITLE = 90
"""Most code points of a story's title inside a heading."""

_LARGEST_ID = 2**63 - 1
_WAYS_ON = (("Summary", "summary"), ("Quotes", "quotes"), ("People", "who"), ("Sources", "sources"))


def find(question: Question, store: Store) -> Story | None:
    """The story named by the question, else the chat's current one; None where there is none (any more)."""
    if question.story is not None:
        return store.story(question.story) if 0 < question.story <= _LARGEST_ID else None
    chosen = store.current_story(question.chat)
    return None if chosen is None else store.story(chosen)


def current(question: Question, store: Store) -> Story:
    """The same for commands that answer from a story; raises LookupError where there is none."""
    story = find(question, store)
    if story is None:
        raise LookupError("no such story")
    return story


def title(story: Story, limit: int = TITLE) -> str:
    """The story's title on one line, cut where it is long."""
    return short(story.title, limit) or f"Story {story.id}"


def heading(label: str, story: Story, turned: str = "") -> str:
    """What is shown, which page of it ("page 2 of 4"), and from which story."""
    return f"{label}, {turned} — {title(story)}" if turned else f"{label} — {title(story)}"


def follow(question: Question, command: str, words: str = "", *, story: int | None = None) -> Question:
    """Another question by the same asker in the same chat, on its first page."""
    return replace(
        question,
        command=command,
        words=words,
        story=question.story if story is None else story,
        reply=None,
        whom=None,
        page=0,
        attachments=(),
        confirmed=False,
    )


def ways_on(question: Question, *, leave_out: str = "") -> tuple[Next, ...]:
    """Buttons to the other views of the question's story."""
    return tuple(Next(label, follow(question, command)) for label, command in _WAYS_ON if command != leave_out)
