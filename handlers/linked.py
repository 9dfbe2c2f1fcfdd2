"""A link instead of a question: what is loaded from there."""

from __future__ import annotations

import re
from dataclasses import replace

from handlers.answer import Answer, Entry, Note
from handlers.current import ways_on
from handlers.question import Question
from handlers.typed import count
from store import Store

_LINK = re.compile(r"https?://\S+", re.IGNORECASE)


def is_link(words: str) -> bool:
    """Whether the words are one link and nothing else."""
    return _LINK.fullmatch(words.strip()) is not None


def answer(question: Question, store: Store) -> Answer:
    """The loaded article at the link, with ways into its story; else that it is not loaded."""
    article_id = store.at_link(question.words.strip())
    article = None if article_id is None else store.article(article_id)
    home = None if article is None else store.story_of(article.id)
    story = None if home is None else store.story(home)
    if article is None or story is None:
        return Answer("That link is not loaded.", (Note("Only admins of this bot can load it."),))
    others = count(len(story.articles), "loaded article")
    entry = Entry(article.headline or article.name, f"its story has {others}", link=article.url)
    return Answer("This article is loaded.", (entry,), ways_on(replace(question, words="", story=story.id)))
