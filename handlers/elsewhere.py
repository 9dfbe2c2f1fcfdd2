"""What one story does not say another one may: it is offered, and no more is claimed than was looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain, islice

from handlers.answer import Answer, Next, Note
from handlers.current import title
from handlers.people import is_printed
from handlers.plain import NOT_SAID, NOT_SAID_HERE
from handlers.question import Question
from store import Store
from store.model import Story

OFFERED = 3
"""Most other stories that are offered."""

_HITS = 50  # passages
_LOOKED_AT = 8  # stories
_NEWEST = 5  # stories that are looked at besides

Holds = Callable[[Story], bool]


def not_said(
    note: Note, question: Question, story: Story, store: Store, words: str, holds: Holds, ways: tuple[Next, ...]
) -> Answer:
    """That the story does not say, with buttons to the others that do."""
    if len(store.newest_stories(2)) < 2:
        return Answer(NOT_SAID, (note,), ways)
    found = filter(holds, _likely(words, story, store))
    return Answer(NOT_SAID_HERE, (note,), (*_buttons(found, question), *ways))


def or_there(answer: Answer, question: Question, story: Story, store: Store, holds: Holds) -> Answer:
    """An answer about somebody of a name that is only like the one asked for, with buttons to stories that have it."""
    words = question.words
    if question.page or answer.heading in {NOT_SAID, NOT_SAID_HERE} or is_printed(words, store.cast(story.id)):
        return answer
    exact = (other for other in _likely(words, story, store) if is_printed(words, store.cast(other.id)))
    return replace(answer, next=(*answer.next, *_buttons(filter(holds, exact), question)))


def _buttons(found: Iterator[Story], question: Question) -> tuple[Next, ...]:
    """Buttons that ask the same of the first few of other stories."""
    first = islice(found, OFFERED)
    return tuple(Next(f"In: {title(other, 48)}", replace(question, story=other.id, page=0)) for other in first)


def _likely(words: str, story: Story, store: Store) -> Iterator[Story]:
    """The other stories that print any of the words, the best first, then the newest ones: a name may be misspelt."""
    articles = dict.fromkeys(hit.article_id for hit in store.search(words, None, _HITS))
    homes = dict.fromkeys(store.story_of(each) for each in articles if each not in story.articles)
    found = (store.story(each) for each in islice(homes, _LOOKED_AT) if each is not None)
    seen = {story.id}
    for other in chain((each for each in found if each is not None), store.newest_stories(_NEWEST)):
        if other.id not in seen:
            seen.add(other.id)
            yield other
