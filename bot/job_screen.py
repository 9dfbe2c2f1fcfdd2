"""Loads as somebody at a terminal sees them: a bar while one runs, and Ctrl-C to stop it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from store import Store
from store.model import Job, JobState

if TYPE_CHECKING:
    from bot.jobs import Loader

LABEL_LENGTH = 60


class JobScreen:
    """Runs the loads of a terminal; what reads articles is imported with the first one."""

    def __init__(self, store: Store, model: str | None = None) -> None:
        self._store, self._model = store, model
        self._loader: Loader | None = None

    def run(self, job_id: int) -> Job | None:
        """Run a load to its end; Ctrl-C ends it. None where there is no such load. Raises StoreError."""
        try:
            with _bar() as told:
                return self.loader.run(job_id, told)
        except KeyboardInterrupt:
            self._store.cancel_job(job_id)
            return self._store.job(job_id)

    def following(self) -> Iterator[Job]:
        """Run what the load made to be loaded: the first items of a feed that is followed now. Raises StoreError."""
        for made in self.loader.made():
            if (job := self.run(made)) is not None:
                yield job

    @property
    def loader(self) -> Loader:
        """What runs the loads."""
        if self._loader is None:
            from bot.jobs import Loader

            self._loader = Loader(self._store, model=self._model)
        return self._loader

    def close(self) -> None:
        """End the reading process."""
        if self._loader is not None:
            self._loader.close()


@contextmanager
def _bar() -> Iterator[Callable[[Job], None]]:
    """A bar on the error stream that goes away at the end; nothing where that is no terminal."""
    if not sys.stderr.isatty():
        yield lambda job: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    label = TextColumn("{task.description}", markup=False)
    columns = (SpinnerColumn(), TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), label)
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda job: bar.update(task, completed=job.done, total=job.total, description=_current(job))


def _current(job: Job) -> str:
    from bot.wording import one_line

    now = next((item.label for item in job.items if item.state in {JobState.WAITING, JobState.RUNNING}), "")
    return one_line(now, LABEL_LENGTH)
