"""`reread` on the command line: the same job as in a chat, with a line for each thing that failed."""

from __future__ import annotations

import sys

from bot.job_screen import JobScreen
from bot.settings import Settings
from bot.wording import one_line
from handlers import reread
from handlers.question import TERMINAL
from store import Store
from store.model import JobState


def run(settings: Settings) -> bool:
    """Read every newest version of a store again. Whether any failed. Raises StoreError."""
    with Store.open(settings.store, create=False) as store:
        screen = JobScreen(store, settings.model)
        try:
            items, articles = reread.items(store), len(store.newest())
            job = screen.run(store.new_job(TERMINAL, TERMINAL, items)) if items else None
        finally:
            screen.close()
    unfinished = [item for item in job.items if item.state is not JobState.DONE] if job else []
    for item in unfinished:
        sys.stderr.write(one_line(f"{item.label}: {item.message or 'not read again'}") + "\n")
    if not unfinished:
        print(f"Read again: {articles:,} {'article' if articles == 1 else 'articles'}.")
    return bool(unfinished)
