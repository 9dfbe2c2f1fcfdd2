"""/reread: makes a job that reads every loaded article again with today's analysis."""

from __future__ import annotations

from dataclasses import replace

from handlers.answer import Answer, Next, Note
from handlers.question import Question
from handlers.typed import count, short
from store import Store
from store.model import ArticleRow

MOST_ITEMS = 200
"""Most items of the job; with more articles each item is several of them."""

KIND = "reread"
"""The kind of its items; the payload holds version ids with spaces between them."""


def answer(question: Question, store: Store) -> Answer:
    """The job; corrections stay as they are."""
    if question.words:
        usage = Note("Send /reread alone: it reads all loaded articles again.")
        return Answer("Nothing was read again.", (usage,), (Next("Read all again", replace(question, words="")),))
    found = items(store)
    if not found:
        return Answer("There is nothing to read again.")
    articles = len(store.newest())
    job = store.new_job(question.chat, question.asker, found, question.key)
    note = Note("Corrections of admins stay. /cancel stops it; what was read again by then stays, too.")
    return Answer(f"Reading {count(articles, 'article')} again.", (note,), job=job)


def offer(question: Question, store: Store) -> Answer | None:
    """What admins are told where articles were read by an older analysis; None where none were."""
    older = store.upkeep.older_readings()
    if not older:
        return None
    were = "was" if older == 1 else "were"
    heading = f"{count(older, 'article')} {were} read by an older analysis."
    note = Note("/reread reads all articles again. Corrections of admins stay.")
    return Answer(heading, (note,), (Next("Read all again", replace(question, command="reread", words="")),))


def items(store: Store) -> list[tuple[str, str, bytes]]:
    """The items of the job, all newest versions in order of loading."""
    rows = store.newest()
    size = max(1, -(-len(rows) // MOST_ITEMS))
    return [_item(rows[at : at + size], at) for at in range(0, len(rows), size)]


def _item(rows: list[ArticleRow], at: int) -> tuple[str, str, bytes]:
    label = short(rows[0].headline, 100) if len(rows) == 1 else f"articles {at + 1:,} to {at + len(rows):,}"
    return KIND, label or "article", " ".join(str(row.version_id) for row in rows).encode()
