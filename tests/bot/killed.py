"""Loads articles in a process of its own, which a test kills at any moment: the real loader with a quick reading."""

from __future__ import annotations

import sys
from pathlib import Path

import ingest
from analysis.model import Reading
from bot import job_items
from bot.jobs import Loader
from handlers.question import TERMINAL
from ingest.worker import Loaded, Work, Worker
from store import Store


def quick(work: Work) -> Loaded:
    """Clean the article, and read nothing in it."""
    return Loaded(work.article or ingest.clean_work(work), Reading())


def run(path: Path, given: str) -> None:
    """Go on with the load that is open, or begin one; tell how far it is, a line each time."""
    with Store.open(path, patience=30) as store:
        loader = Loader(store, Worker(step=quick))
        jobs = [job.id for job in store.open_jobs()]
        job_id = jobs[0] if jobs else store.new_job(TERMINAL, TERMINAL, job_items.items_of([given]))
        loader.run(job_id, lambda job: print(job.done, job.total, flush=True))
        loader.close()


if __name__ == "__main__":
    run(Path(sys.argv[1]), sys.argv[2])
