"""Opens the store for a front: a new one gets the founding articles, and loads that were interrupted go on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bot.job_screen import JobScreen
from bot.settings import Settings
from bot.wording import one_line
from handlers.question import TERMINAL
from store import Store
from store.model import Job, JobState


@contextmanager
def opened(settings: Settings, *, seeded: bool = True, create: bool = True) -> Iterator[tuple[Store, JobScreen]]:
    """A store ready to answer and what runs its loads; both are closed at the end. A new one is told of.

    Raises StoreError, also where there is none and ``create`` is not set.
    """
    is_there = settings.store.exists()
    with Store.open(settings.store, create=create) as store:
        if not is_there:
            sys.stderr.write(one_line(f"A new store was made: {settings.store}") + "\n")
        store.access.begin(settings.admins, listed=settings.access == "listed")
        screen = JobScreen(store, settings.model)
        try:
            if seeded:
                seed(store)
            alone = store.runners.join()
            for job in store.open_jobs():
                if alone and job.chat == TERMINAL:
                    _tell(screen.run(job.id))
            yield store, screen
        finally:
            screen.close()


def seed(store: Store) -> None:
    """Make a load of the founding articles, for a store that nothing was ever loaded into."""
    if store.was_new:
        from bot.job_items import seeds

        if items := seeds():
            store.new_job(TERMINAL, TERMINAL, items)


def _tell(job: Job | None) -> None:
    for item in job.items if job else ():
        if item.state is JobState.FAILED:
            sys.stderr.write(one_line(f"{item.label} was not loaded: {item.message}") + "\n")
