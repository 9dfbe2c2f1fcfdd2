"""`feeds` on the command line: the same as /feeds in a chat, and a poll for whoever lets a timer start it."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from bot import feed_jobs, opening
from bot.feed_poll import utc_now
from bot.settings import Settings
from bot.wording import one_line
from handlers import feed_list, feeds
from handlers.answer import Answer, Note
from handlers.question import TERMINAL, Question
from store import Store
from store.model import Job, JobState

Items = list[tuple[str, str, bytes]]


def show(settings: Settings) -> None:
    """What /feeds answers in a chat. Raises StoreError."""
    from bot import terminal_front

    with opening.opened(settings, seeded=False, create=False) as ready:
        terminal_front.ask(*ready, "/feeds")


def add(settings: Settings, links: list[str]) -> bool:
    """Follow feeds and load their newest items. Whether any could not be followed. Raises StoreError."""
    with opening.opened(settings, seeded=False) as (store, screen):
        answer = feeds.answer(_asked(f"add {' '.join(links)}"), store)
        if answer.job is None:
            sys.stderr.write(one_line(answer.heading) + "\n")
            return True
        bad = _tell(screen.run(answer.job))
        for first in screen.following():
            _tell(first)
        return bad


def change(settings: Settings, verb: str, words: str) -> bool:
    """Remove, pause or resume a feed, without asking back. Whether there is no such feed. Raises StoreError."""
    with Store.open(settings.store, create=False) as store:
        answer = feeds.answer(_asked(f"{verb} {words}"), store)
    if bad := answer.heading in (feeds.NO_SUCH, feeds.NONE):
        sys.stderr.write(one_line(answer.heading) + "\n")
    else:
        sys.stdout.write("".join(f"{one_line(line)}\n" for line in (answer.heading, *_notes(answer))))
    return bad


def _asked(words: str) -> Question:
    """What whoever sits at the machine asks of /feeds, sure of it."""
    return Question(
        command="feeds", words=words, chat=TERMINAL, asker=TERMINAL, local=True, confirmed=True, now=utc_now()
    )


def _notes(answer: Answer) -> list[str]:
    return [block.text for block in answer.blocks if isinstance(block, Note)]


def poll(settings: Settings) -> bool:
    """Poll what is due and load what is new; a line for each feed and each item. Whether any feed failed."""
    with opening.opened(settings, seeded=False, create=False) as (store, screen):
        polled = asyncio.run(feed_jobs.poll_once(store, screen.loader, TERMINAL))
        for feed, job_id in polled:
            _say(feed.name, feed.error or _found(store, job_id), bad=bool(feed.error))
            if job_id is not None:
                _tell(screen.run(job_id))
        if not polled:
            _say("No feed is due", _next(store), bad=False)
    return any(feed.error for feed, _ in polled)


def import_all(settings: Settings, paths: list[Path]) -> bool:
    """Follow the feeds of lists in files. Whether any list could not be taken. Raises StoreError."""
    items, bad = Items(), False
    for path in paths:
        try:
            items.append((feeds.LIST, str(path), path.read_bytes()))
        except OSError as error:
            bad = True
            _say(str(path), f"It cannot be read: {(error.strerror or 'unknown reason').lower()}.", bad=True)
    return (_run(settings, items) if items else False) or bad


def export(settings: Settings, target: Path | None) -> None:
    """Write the feeds as a list, to a file or to the output. Raises OSError and StoreError."""
    with Store.open(settings.store, create=False) as store:
        written = feed_list.document(store.feeds.every(utc_now()))
    if target is None:
        sys.stdout.buffer.write(written)
        sys.stdout.buffer.flush()
    else:
        target.write_bytes(written)


def _run(settings: Settings, items: Items) -> bool:
    with opening.opened(settings, seeded=False) as (store, screen):
        return _tell(screen.run(store.new_job(TERMINAL, TERMINAL, items)))


def _tell(job: Job | None) -> bool:
    """A line for each item of a load; whether any failed."""
    ended = job.items if job else ()
    for item in ended:
        _say(item.label, item.message or "not loaded", bad=item.state is not JobState.DONE)
    return any(item.state is not JobState.DONE for item in ended)


def _say(what: str, message: str, *, bad: bool) -> None:
    out = sys.stderr if bad else sys.stdout
    out.write(one_line(f"{what}: {message}") + "\n")


def _found(store: Store, job_id: int | None) -> str:
    job = store.job(job_id) if job_id is not None else None
    return f"{len(job.items)} new" if job else "nothing new"


def _next(store: Store) -> str:
    due = store.feeds.next_due()
    return f"the next one is at {due.astimezone():%Y-%m-%d %H:%M}" if due else "none is followed"
