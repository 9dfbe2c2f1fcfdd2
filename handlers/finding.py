"""The passage that a question is about: a button's place, typed words, or words of the message that was replied to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.document import Field
from analysis.model import Span
from analysis.words import find, tokens
from handlers import places
from handlers.question import Question
from handlers.typed import tidy
from store import Store
from store.model import Passage, Story

_SEARCHED = 50  # articles
_LINES = 20
_MARKED = re.compile(r"[“\"«„]([^“”\"«»„]{8,})[”\"»“]")


def wanted(question: Question) -> list[str]:
    """The words that may be a passage: those typed, else those of the replied-to message, likeliest first."""
    return [question.words] if question.words else list(_lines(question.reply or ""))


def _lines(reply: str) -> Iterator[str]:
    """What may be a passage in a message: what it has in marks, then its lines, the longest first."""
    marked = [tidy(found) for found in _MARKED.findall(reply)]
    lines = sorted((tidy(line) for line in reply.splitlines()), key=len, reverse=True)
    yield from (each for each in [*marked, *lines][:_LINES] if len(each.split()) > 1)


def place_of(question: Question, story: Story, store: Store) -> Passage | None:
    """The passage of a place, else the first in the story that prints the words."""
    if places.is_place(question.words):
        return places.find(question.words, store)
    return next((place for words in wanted(question) if (place := printed(words, story, store))), None)


def printed(words: str, story: Story, store: Store) -> Passage | None:
    """The first place in the story's articles that prints the words."""
    needle = tokens(words)
    for article in store.articles(story.id)[:_SEARCHED]:
        for field in (Field.BODY, Field.HEADLINE, Field.CAPTION):
            place = next(find(needle, tokens(store.text(article.version_id, field))), None)
            if place is not None:
                return store.passage(article.version_id, field, place)
    return None


def home(found: Passage, story: Story, store: Store) -> Story:
    """The story of the passage's article, which need not be the chat's current one."""
    article = store.version(found.version_id)
    if article is None or article.id in story.articles:
        return story
    other = store.story_of(article.id)
    return (store.story(other) if other is not None else None) or story


def whole_sentences(found: Passage, store: Store) -> Passage:
    """The passage widened to the sentences that it stands in; as it is where there are none."""
    met = [
        sentence.span
        for sentence in store.sentences(found.version_id)
        if sentence.field is found.field and sentence.span.meets(found.span)
    ]
    if not met:
        return found
    span = Span(min(found.span.start, *(m.start for m in met)), max(found.span.end, *(m.end for m in met)))
    return store.passage(found.version_id, found.field, span)
