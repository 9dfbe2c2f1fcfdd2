"""`load` on the command line: the same load as in a chat, with a line for each thing that was handed in."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from typing import TextIO

from bot import job_items, opening
from bot.job_run import times
from bot.settings import Settings
from bot.wording import one_line
from handlers.question import TERMINAL
from ingest.errors import IngestError
from store.model import JobItem, JobState

MOST_TOLD = 50
MOST_REASONS = 10
MOST_SEEN = 20  # lines that are seen at once; of more the failed ones are counted


def run(settings: Settings, arguments: Sequence[str]) -> bool:
    """Load files, folders and links into a store, and tell of each. Whether any of it failed. Raises StoreError."""
    try:
        items = job_items.items_of(arguments)
    except IngestError as error:
        sys.stderr.write(f"error: {one_line(str(error))}\n")
        return True
    with opening.opened(settings, seeded=False) as (store, screen):
        for left in job_items.passed_over(arguments):
            sys.stderr.write(one_line(left) + "\n")
        if not items:
            sys.stderr.write("There is no article in it.\n")
            return True
        job = screen.run(store.new_job(TERMINAL, TERMINAL, items))
        ended = job.items if job else ()
        partly = any(store.progress.of(item.id).failed for item in ended)
        stopped = job_items.kept(job, store) if job and job.state is JobState.CANCELLED else ""
    done = [item for item in ended if item.state is JobState.DONE]
    failed = [item for item in ended if item.state is JobState.FAILED]
    _tell(sys.stdout, done, "loaded")
    _tell(sys.stderr, failed, "not loaded")
    if failed and len(ended) > MOST_SEEN:
        sys.stderr.write(f"{len(failed):,} of {len(ended):,} were not loaded.\n")
    if stopped:
        sys.stderr.write(f"Loading is stopped: {stopped}\n")
    return bool(failed or stopped) or partly


def _tell(out: TextIO, items: Sequence[JobItem], ended: str) -> None:
    """A line for each item; of a long list only the first, and the others by what was told of them."""
    for item in items[:MOST_TOLD]:
        out.write(one_line(f"{item.label}: {item.message or ended}") + "\n")
    others = items[MOST_TOLD:]
    if others:
        out.write(f"And {len(others):,} more {'was' if len(others) == 1 else 'were'} {ended}.\n")
    reasons = Counter(item.message for item in others if item.state is not JobState.DONE and item.message)
    for reason, count in reasons.most_common(MOST_REASONS):
        out.write(one_line(f"{times(count)}: {reason}") + "\n")
