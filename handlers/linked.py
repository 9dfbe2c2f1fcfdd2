"""A link instead of a question: what is loaded from there."""

from __future__ import annotations

import re
from dataclasses import replace

from handlers.answer import Answer, Entry, Note
from handlers.current import ways_on
from handlers.question import Question, Role
from handlers.typed import bare_link, count
from store import Store

_LINK = re.compile(r"https?://\S+", re.IGNORECASE)


def is_link(words: str) -> bool:
    """Whether the words are one link and nothing else."""
    return _LINK.fullmatch(words.strip()) is not None


def answer(question: Question, store: Store) -> Answer:
    """The loaded article at the link, with ways into its story; else that it is not loaded."""
    link = question.words.strip()
    article_id = store.at_link(link) or store.at_link(bare_link(link))
    article = None if article_id is None else store.article(article_id)
    home = None if article is None else store.story_of(article.id)
    story = None if home is None else store.story(home)
    if article is None or story is None:
        may_load = question.local or question.role >= Role.ADMIN
        how = "Send /load with it to load it." if may_load else "Only admins of this bot can load it."
        return Answer("That link is not loaded.", (Note(how),))
    others = count(len(story.articles), "loaded article")
    entry = Entry(article.headline or article.name, f"its story has {others}", link=article.url)
    return Answer("This article is loaded.", (entry,), ways_on(replace(question, words="", story=story.id)))
