"""/stories: what is loaded, the newest first."""

from __future__ import annotations

from dataclasses import replace

from handlers.answer import Answer, Entry, Next
from handlers.current import find, follow, title
from handlers.paging import PAGE, page_of, turns
from handlers.plain import no_articles
from handlers.question import Question
from handlers.typed import count
from store import Store
from store.model import Story

LINE = 140
"""Most code points of a story's title in the list."""


def answer(question: Question, store: Store) -> Answer:
    """The stories by number; choosing one makes it the chat's current story."""
    stories = store.stories()
    if not stories:
        return no_articles(question, store)
    page = page_of(stories, question.page)
    chosen = find(replace(question, story=None), store)
    now = chosen.id if chosen else None
    numbered = enumerate(page.items, start=page.number * PAGE + 1)
    entries = tuple(_entry(number, story, question, story.id == now) for number, story in numbered)
    label = f"{count(len(stories), 'story', 'stories')} loaded"
    return Answer(f"{label}, {page.label}" if page.label else label, entries, turns(question, page))


def _entry(number: int, story: Story, question: Question, current: bool) -> Entry:
    details = [count(len(story.articles), "article"), *([", ".join(story.outlets)] if story.outlets else [])]
    if current:
        details.append("current")
    choose = follow(question, "story", story=story.id)
    return Entry(f"{number}. {title(story, LINE)}", " · ".join(details), choose)


def did_you_mean(found: list[Story], question: Question) -> Answer:
    """Several stories fit what was typed."""
    buttons = tuple(Next(title(story, 48), follow(question, "story", story=story.id)) for story in found)
    return Answer("Did you mean …?", next=buttons)
