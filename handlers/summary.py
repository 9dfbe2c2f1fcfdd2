"""/summary: the most central sentences of a story, each as a passage with its carriers."""

from __future__ import annotations

from handlers import showing
from handlers.answer import Answer
from handlers.current import current, heading, ways_on
from handlers.question import Question
from store import Store
from store.model import Passage, Story

MOST = 5
"""Sentences in a summary."""


def answer(question: Question, store: Store) -> Answer:
    """A handful of sentences in the order of the story."""
    story = current(question, store)
    return Answer(
        heading("Summary", story),
        tuple(showing.passage(sentence, question, story, store) for sentence in _central(story, store)),
        ways_on(question, leave_out="summary"),
    )


def _central(story: Story, store: Store) -> list[Passage]:
    return [s for article in store.articles(story.id)[:1] for s in store.sentences(article.version_id)][:MOST]
