"""/sources: the loaded articles of a story, with what they state about themselves and nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from analysis.words import key
from handlers import changes
from handlers.answer import Answer, Entry, Next
from handlers.current import current, heading, ways_on
from handlers.links import to_story
from handlers.paging import page_of, turns
from handlers.question import Question
from handlers.typed import count, short
from store import Store
from store.copies import Copied
from store.model import ArticleRow

MOST_COPIES = 3


def answer(question: Question, store: Store) -> Answer:
    """One entry an article, in order of loading."""
    story = current(question, store)
    articles = store.articles(story.id)
    page = page_of(articles, question.page)
    label = count(len(articles), "loaded article")
    return Answer(
        heading(label, story, page.label),
        tuple(_with_copies(entry(article), store.copies.of_article(article.id)) for article in page.items),
        (*turns(question, page), *_changed(question, page.items), *ways_on(question, leave_out="sources")),
        link=to_story(story),
    )


def _changed(question: Question, articles: Sequence[ArticleRow]) -> tuple[Next, ...]:
    """Buttons to what changed in those that have a newer version."""
    updated = [article for article in articles if article.version_number > 1]
    return tuple(
        Next(f"Changes in {short(article.name, 40)}", changes.question(question, article.id)) for article in updated
    )


def _with_copies(listed: Entry, copied: Sequence[Copied]) -> Entry:
    """The entry with the articles that print copies of its paragraphs: the three that print most."""
    told = [_copied(each) for each in copied[:MOST_COPIES]]
    more = f"and in {count(len(copied) - MOST_COPIES, 'more article')}" if len(copied) > MOST_COPIES else ""
    return replace(listed, detail=" · ".join(filter(None, (listed.detail, *told, more))))


def _copied(each: Copied) -> str:
    """As in "12 of 14 paragraphs also in City Times, 2 of them with small edits"."""
    edited = sum(key(mine.text) != key(theirs.text) for mine, theirs in each.pairs)
    paragraphs = f"{len(each.pairs)} of {count(each.of, 'paragraph')} also in {short(each.article.name, 60)}"
    if not edited:
        return paragraphs
    which = "all" if edited == len(each.pairs) else str(edited)
    return f"{paragraphs}{f', {which} of them' if len(each.pairs) > 1 else ''} with small edits"


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
