"""/stats: how much is loaded and how the bot is doing, without a word of what anybody wrote and without secrets."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from functools import cache
from pathlib import Path

from analysis import ANALYSIS_VERSION
from handlers import reread
from handlers.answer import Answer, Entry, Group
from handlers.current import follow
from handlers.question import Question
from handlers.typed import count, size
from store import Store

PROJECT = Path(__file__).parents[1] / "pyproject.toml"


def answer(question: Question, store: Store) -> Answer:
    """Counts, each on a line."""
    kept, older = store.stats(), store.upkeep.older_readings()
    loaded = (
        Entry("Articles", f"{kept['articles']:,} in {count(kept['versions'], 'version')}"),
        Entry("Stories", f"{kept['stories']:,}"),
        Entry("Quotations", f"{kept['quotations']:,}"),
        Entry("People and organisations", f"{kept['people']:,}"),
        Entry(
            "Read by",
            f"analysis {ANALYSIS_VERSION}" + (f"; {count(older, 'article')} by an older one" if older else ""),
        ),
    )
    now = (
        Entry("Open loads", f"{kept['open_jobs']:,}"),
        Entry("Open reports", f"{len(store.reports()):,}"),
        Entry("Updates that wait", f"{store.upkeep.waiting_updates():,}"),
        Entry("Chats that chose a story", f"{kept['chats']:,}"),
        Entry("Answers for", _audience(store)),
        Entry("Size of the store", size(kept["bytes"])),
        Entry("Running for", lasting(question.now - store.upkeep.opened_at)),
        Entry("Version", version()),
    )
    offer = reread.offer(follow(question, "reread"), store)
    return Answer("How the bot is doing", (Group("Loaded", loaded), Group("Now", now)), offer.next if offer else ())


def _audience(store: Store) -> str:
    """Who gets answers."""
    if not store.access.listed:
        return "everybody"
    return f"{count(len(store.access.admins()), 'admin')} and {len(store.access.allowed()):,} on the list"


def lasting(time: timedelta) -> str:
    """As in "3 d 4 h", "2 h 5 min", "12 min"."""
    minutes = max(int(time.total_seconds()) // 60, 0)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days:,} d {hours} h"
    return f"{hours} h {rest} min" if hours else f"{rest} min"


@cache
def version() -> str:
    """The program's version."""
    try:
        return str(tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"])
    except (OSError, ValueError, KeyError):
        return "unknown"
