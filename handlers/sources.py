"""/sources: the loaded articles of a story, with what they state about themselves and nothing more."""

from __future__ import annotations

from datetime import datetime

from handlers.answer import Answer, Entry
from handlers.current import current, heading, ways_on
from handlers.links import to_story
from handlers.paging import page_of, turns
from handlers.question import Question
from handlers.typed import count, short
from store import Store
from store.model import ArticleRow


def answer(question: Question, store: Store) -> Answer:
    """One entry an article, in order of loading."""
    story = current(question, store)
    articles = store.articles(story.id)
    page = page_of(articles, question.page)
    label = count(len(articles), "loaded article")
    return Answer(
        heading(label, story, page.label),
        tuple(entry(article) for article in page.items),
        (*turns(question, page), *ways_on(question, leave_out="sources")),
        link=to_story(story),
    )


def entry(article: ArticleRow) -> Entry:
    """The article's name, and what else is known: headline, authors, date, version, when it was loaded."""
    known = [
        article.headline if article.outlet else "",
        f"by {', '.join(article.authors)}" if article.authors else "",
        day(article.published) if article.published else "",
        f"version {article.version_number}" if article.version_number > 1 else "",
        f"loaded {day(article.loaded_at)}",
    ]
    return Entry(short(article.name, 300), " · ".join(short(each, 300) for each in known if each), link=article.url)


def day(moment: datetime) -> str:
    """As in "25 April 2019"."""
    return f"{moment.day} {moment:%B %Y}"
