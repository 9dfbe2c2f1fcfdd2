"""What one story does not say another one may: it is offered, and no more is claimed than was looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from handlers.answer import Answer, Next, Note
from handlers.current import title
from handlers.plain import NOT_SAID, NOT_SAID_HERE
from handlers.question import Question
from store import Store
from store.model import Story

OFFERED = 3
"""Most other stories that are offered."""

_HITS = 50  # passages
_LOOKED_AT = 8  # stories

Holds = Callable[[Story], bool]


def not_said(
    note: Note, question: Question, story: Story, store: Store, words: str, holds: Holds, ways: tuple[Next, ...]
) -> Answer:
    """That the story does not say, with buttons to the others that do: those with the words of which ``holds``."""
    if len(store.stories()) < 2:
        return Answer(NOT_SAID, (note,), ways)
    found = islice(filter(holds, _with_words(words, story, store)), OFFERED)
    there = tuple(Next(f"In: {title(other, 48)}", replace(question, story=other.id, page=0)) for other in found)
    return Answer(NOT_SAID_HERE, (note,), (*there, *ways))


def _with_words(words: str, story: Story, store: Store) -> Iterator[Story]:
    """The other stories that print any of the words, the likeliest first."""
    articles = dict.fromkeys(hit.article_id for hit in store.search(words, None, _HITS))
    homes = dict.fromkeys(store.story_of(each) for each in articles if each not in story.articles)
    found = (store.story(each) for each in islice(homes, _LOOKED_AT) if each is not None)
    yield from (each for each in found if each is not None)
