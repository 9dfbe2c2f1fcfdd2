"""`load` on the command line: the same load as in a chat, with a line for each thing that was handed in."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from bot import job_items, opening
from bot.settings import Settings
from bot.wording import one_line
from handlers.question import TERMINAL
from ingest.errors import IngestError
from store.model import JobState


def run(settings: Settings, arguments: Sequence[str]) -> bool:
    """Load files, folders and links into a store, and tell of each. Whether any failed. Raises StoreError."""
    try:
        items = job_items.items_of(arguments)
    except IngestError as error:
        sys.stderr.write(f"error: {one_line(str(error))}\n")
        return True
    with opening.opened(settings, seeded=False) as (store, screen):
        if not items:
            sys.stderr.write("There is no article in it.\n")
            return True
        job = screen.run(store.new_job(TERMINAL, TERMINAL, items))
    ended = job.items if job else ()
    for item in ended:
        out = sys.stdout if item.state is JobState.DONE else sys.stderr
        out.write(one_line(f"{item.label}: {item.message or 'not loaded'}") + "\n")
    return any(item.state is not JobState.DONE for item in ended)
