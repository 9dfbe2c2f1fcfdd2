"""/story: chooses the story that the chat's answers come from."""

from __future__ import annotations

from analysis.words import key
from handlers.answer import Answer, Note
from handlers.current import find, follow, heading, ways_on
from handlers.links import to_story
from handlers.plain import no_such_story
from handlers.question import Question
from handlers.sources import entry
from handlers.stories import did_you_mean
from handlers.typed import count, number
from store import Store
from store.model import Story

LISTED = 5
"""Most articles that are listed at once; /sources lists them all."""


def answer(question: Question, store: Store) -> Answer:
    """The story of the number, of words in its title, or, with no words, of the button or the chat."""
    if not question.words:
        story = find(question, store)
        return no_such_story(question) if story is None else _chosen(story, question, store)
    found = _asked(question.words, store.stories())
    if len(found) > 1:
        return did_you_mean(found[:LISTED], question)
    return _chosen(found[0], question, store) if found else no_such_story(question)


def _asked(words: str, stories: list[Story]) -> list[Story]:
    """By the number shown in /stories, else those whose title has all the words."""
    at = number(words)
    if at is not None:
        return stories[at - 1 : at]
    wanted = set(key(words).split())
    return [story for story in stories if wanted and wanted <= set(key(story.title).split())]


def _chosen(story: Story, question: Question, store: Store) -> Answer:
    store.choose_story(question.chat, story.id)
    asked = follow(question, "story", story=story.id)
    articles = store.articles(story.id)
    note = Note(f"Answers in this chat now come from this story: {count(len(articles), 'loaded article')}.")
    listed = tuple(entry(article) for article in articles[:LISTED])
    return Answer(heading("Story", story), (note, *listed), ways_on(asked), link=to_story(story))
