"""What the items of a load are, from what was typed to what is read, and how a load is told of."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import ingest
from bot.settings import ENV_FILE, ROOT, SEEDS
from handlers import feeds, reread
from handlers.answer import Answer, Block, Entry, Next, Note
from handlers.current import title
from handlers.question import TERMINAL, Question
from handlers.typed import count
from ingest import files_in
from ingest.errors import IngestError
from ingest.feed_files import Remark
from ingest.worker import Work
from store import Store
from store.feeds import ASKED_BY
from store.model import Job, JobItem, JobState, Story

MOST_SHOWN = 10
EMPTY_PATH = "An empty path is not taken; name a file, a folder or a link."
_LINK = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)  # of any kind: those that are not taken are told of

Item = tuple[str, str, bytes]


def items_of(arguments: Sequence[str]) -> list[Item]:
    """The items for what stands on a command line: links, files, and each file of a folder. Raises IngestError."""
    found: list[Item] = []
    for argument in arguments:
        if not argument.strip():
            raise IngestError(EMPTY_PATH)
        if _LINK.match(argument):
            found.append(("link", argument, argument.encode(errors="replace")))
        else:
            found += [_path_item(path) for path in _expanded(_home(argument))]
    return found


def seeds() -> list[Item]:
    """The founding articles, for a store that is new."""
    return [_path_item(path) for path in _expanded(SEEDS)] if SEEDS.is_dir() else []


def _expanded(path: Path) -> list[Path]:
    """Each file of a folder; what is no folder stays as it is, also where it is not there."""
    return list(files_in(path)) if _is_folder(path) else [path]


def _is_folder(path: Path) -> bool:
    """Whether it is a folder; what may not be looked at is told of when it is to be loaded."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _path_item(path: Path) -> Item:
    absolute = path.absolute()
    label = absolute.relative_to(ROOT) if absolute.is_relative_to(ROOT) else path
    return "path", str(label).encode(errors="replace").decode(), os.fsencode(absolute)


def files_of(job: Job, payload: bytes) -> Iterator[Path]:
    """The files of a path item. Raises IngestError; paths of this machine are never read for a chat elsewhere."""
    if job.chat != TERMINAL:
        raise IngestError("Paths are only taken from the machine itself.")
    if not payload:
        raise IngestError(EMPTY_PATH)
    return files_in(_home(os.fsdecode(payload)))


def works_of(job: Job, item: JobItem, payload: bytes) -> Iterator[tuple[str, Work | IngestError]]:
    """What a path or an upload holds, one article at a time: each file, and each of a file's JSON lines.

    Each comes with its name, or with why it cannot be had. Raises IngestError.
    """
    if item.kind == "file":
        found = ingest.works_of(item.label, payload, source=f"uploaded by {job.asked_by}")
        yield from ((_named(item.label, place), work) for place, work in found)
        return
    given = _home(os.fsdecode(payload))
    for path in files_of(job, payload):
        if path.name.startswith(ENV_FILE.name):
            yield path.name, IngestError("Files of settings are not loaded.")
            continue
        for place, work in ingest.works_in(path, source=_source(path)):
            yield _named(path.name, place), work
    if left := ingest.passed_over(given):
        yield given.name, Remark(left)


def passed_over(arguments: Sequence[str]) -> list[str]:
    """What in the folders of a command line is not loaded, a sentence each."""
    folders = [path for path in map(_home, filter(str.strip, arguments)) if _is_folder(path)]
    return [f"{path}: {left}" for path in folders if (left := ingest.passed_over(path))]


def _named(name: str, place: str) -> str:
    return f"{name}, {place}" if place else name


def _source(path: Path) -> str:
    return str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path).encode(errors="replace").decode()


def progress(job: Job) -> Answer:
    """Where a load stands."""
    now = [Note(item.label) for item in job.items if item.state is JobState.RUNNING]
    stop = Next("Stop", Question(command="cancel"))
    return Answer(f"{_doing(job)}: {job.done:,} of {job.total:,} done", tuple(now), (stop,))


def _doing(job: Job) -> str:
    if all(item.kind in feeds.KINDS for item in job.items):
        return "Following"
    return "Reading again" if all(item.kind == reread.KIND for item in job.items) else "Loading"


def summary(job: Job, store: Store) -> Answer:
    """How a load ended: what is in, what failed and why, and what to ask next, of the story that the chat is now in."""
    done = [item for item in job.items if item.state is JobState.DONE]
    failed = [item for item in job.items if item.state is JobState.FAILED]
    stopped = job.state is JobState.CANCELLED
    if job.items and _doing(job) == "Following":
        return _followed(done, failed, stopped)
    if job.items and _doing(job) != "Loading":
        return _read_again(done, failed, stopped)
    heading = "Loading is stopped" if stopped else "Loading is done" if done or not failed else "Nothing was loaded"
    counted = f": {len(done)} of {len(job.items)} items are in" if len(job.items) > 1 else ""
    blocks: list[Block] = [Entry(item.message) for item in done[:MOST_SHOWN]]
    blocks += [Entry(item.label, item.message) for item in failed[:MOST_SHOWN]]
    more = len(done) + len(failed) - len(blocks)
    blocks += [Note(f"And {more} more.")] if more else []
    blocks += [Note(kept(job, store))] if stopped else []
    story, ways = _into(job, done, store)
    blocks += [Note(f"Answers in this chat now come from this story: {title(story)}")] if story else []
    return Answer(f"{heading}{counted}.", tuple(blocks), ways)


def kept(job: Job, store: Store) -> str:
    """What of a load that was stopped is in, and how the rest comes in."""
    loaded = sum(item.state is JobState.DONE or store.progress.of(item.id).loaded for item in job.items)
    return f"{count(loaded, 'article')} {'is' if loaded == 1 else 'are'} in; load the same again for the rest."


def _read_again(done: Sequence[JobItem], failed: Sequence[JobItem], stopped: bool) -> Answer:
    """How a job ended that read stored articles again: only what failed is listed."""
    heading = "Reading again is stopped." if stopped else "Reading again is done."
    listed = tuple(Entry(item.label, item.message) for item in failed[:MOST_SHOWN])
    more = (Note(f"And {len(failed) - MOST_SHOWN} more."),) if len(failed) > MOST_SHOWN else ()
    kept = (Note("What could not be read stays as it was read before."),) if failed else ()
    return Answer(heading, (*listed, *more, *kept), (Next("Stories", Question(command="stories")),) if done else ())


def _followed(done: Sequence[JobItem], failed: Sequence[JobItem], stopped: bool) -> Answer:
    """How a job ended that began to follow feeds."""
    heading = "Stopped." if stopped else "Done." if done else "No feed is followed for that."
    listed = [Entry(item.message) for item in done] + [Entry(item.label, item.message) for item in failed]
    more = [Note(f"And {len(listed) - MOST_SHOWN} more.")] if len(listed) > MOST_SHOWN else []
    return Answer(heading, (*listed[:MOST_SHOWN], *more), (Next("Feeds", Question(command="feeds")),))


def _into(job: Job, done: Sequence[JobItem], store: Store) -> tuple[Story | None, tuple[Next, ...]]:
    """The story that all loaded articles came into, made the chat's current one, and the ways on."""
    if job.asked_by == ASKED_BY:  # nobody asked for these articles
        return None, ()
    found = {store.story_of(item.article_id) if item.article_id is not None else None for item in done}
    last = found.pop() if len(found) == 1 else None
    story = store.story(last) if last is not None else None
    if story is None:
        return None, (Next("Stories", Question(command="stories")),) if done else ()
    store.choose_story(job.chat, story.id)
    labels = (("Summary", "summary"), ("Quotes", "quotes"), ("People", "who"), ("Sources", "sources"))
    return story, tuple(Next(label, Question(command=command, story=story.id)) for label, command in labels)


def _home(path: str) -> Path:
    """A path with "~" as the home folder, which a chat has no shell to tell; a home that is unknown stays as it is."""
    with contextlib.suppress(RuntimeError):
        return Path(path).expanduser()
    return Path(path)
