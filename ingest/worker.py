"""Cleaning and reading in a process of its own, so that a page that hangs or crashes a parser costs one article.

The process is started by the first article, killed when one takes too long, and ends when nothing has come for
a while, so that an idle bot does not hold the parser's memory.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Literal, NamedTuple, Self

from analysis.model import Reading
from ingest.errors import IngestError
from store.model import Article

LIMIT_SECONDS = 60.0
IDLE_SECONDS = 60.0
START_SECONDS = 120.0
STOPPED = "Loading it was stopped."


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One source to clean and read. ``content`` is its bytes, ``charset`` what a server said of them.

    A "text" is in UTF-8, a "row" is one of JSON lines, an "entry" one item of a feed; a "feed" has nothing but the
    ``url`` of one that is still to be fetched. ``name`` is the name of a file; ``source`` goes into the
    article as it is. With ``article`` there is nothing to clean: that article is read.
    """

    kind: Literal["text", "html", "file", "row", "entry", "feed"]
    content: bytes
    name: str = ""
    source: str = ""
    url: str | None = None
    charset: str | None = None
    article: Article | None = None


class Loaded(NamedTuple):
    """A clean article and its reading, ready for the store."""

    article: Article
    reading: Reading


Step = Callable[[Work], Loaded]


def clean_and_read(work: Work, model: str | None = None) -> Loaded:
    """The whole way of one article, in this process. ``model`` as in ``analysis.read``. Raises IngestError."""
    import ingest

    article = work.article or ingest.clean_work(work)
    return Loaded(article, ingest.read_article(article, model))


class Worker:
    """One process, one article at a time; further callers wait their turn. Safe to use from many threads."""

    def __init__(
        self, *, limit: float = LIMIT_SECONDS, idle: float = IDLE_SECONDS, step: Step = clean_and_read
    ) -> None:
        """``limit``: seconds an article may take. ``idle``: seconds without work after which the process ends."""
        self._limit, self._idle, self._step = limit, idle, step
        self._turn = threading.Lock()
        self._process: BaseProcess | None = None
        self._channel: Connection | None = None
        self._current = threading.Event()

    @property
    def running(self) -> bool:
        """Whether the process is there now."""
        process = self._process
        return process is not None and process.is_alive()

    def run(self, work: Work) -> Loaded:
        """Clean and read one source. Raises IngestError, also where that took too long or ended the process."""
        return self._run(work, threading.Event())

    async def arun(self, work: Work) -> Loaded:
        """As ``run``, from an event loop, which goes on meanwhile; cancelling it stops the work, and no other."""
        dropped = threading.Event()
        try:
            return await asyncio.to_thread(self._run, work, dropped)
        except asyncio.CancelledError:
            dropped.set()
            process = self._process
            if process is not None and self._current is dropped:
                process.kill()
            raise

    def close(self) -> None:
        """End the process, if there is one; a later ``run`` starts another."""
        with self._turn:
            self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _run(self, work: Work, dropped: threading.Event) -> Loaded:
        with self._turn:
            self._current = dropped
            try:
                answer = self._ask(work)
            except BaseException:
                self._end()
                raise
        if isinstance(answer, IngestError):
            raise answer
        return answer

    def _ask(self, work: Work) -> Loaded | IngestError:
        if self._current.is_set():
            raise IngestError(STOPPED)
        answer = self._exchange(work)
        if answer is None:  # it had just ended because nothing came for so long
            answer = self._exchange(work)
        if answer is None:
            raise IngestError("It could not be read: the reading process ended.")
        return answer

    def _exchange(self, work: Work) -> Loaded | IngestError | None:
        channel = self._open()
        try:
            channel.send(work)
            if not channel.poll(self._limit):
                raise IngestError(f"It could not be read within {self._limit:g} seconds.")
            answer: Loaded | IngestError = channel.recv()
        except (EOFError, OSError) as error:
            if self._end() == 0:
                return None
            raise IngestError(STOPPED if self._current.is_set() else "It crashed the parser.") from error
        return answer

    def _open(self) -> Connection:
        """The channel to a process that is ready. Raises IngestError where none can be started."""
        if self._channel is not None and self.running:
            return self._channel
        self._end()
        context = multiprocessing.get_context("spawn")
        self._channel, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self._idle, self._limit, self._step), daemon=True)
        process.start()
        self._process = process
        theirs.close()
        try:
            if not self._channel.poll(START_SECONDS):
                raise IngestError("The reading process did not start.")
            self._channel.recv()
        except (EOFError, OSError) as error:
            raise IngestError("The reading process did not start.") from error
        return self._channel

    def _end(self) -> int | None:
        """Kill the process where it still runs; its exit code, 0 where it had ended by itself."""
        process, self._process = self._process, None
        channel, self._channel = self._channel, None
        if channel is not None:
            channel.close()
        if process is None:
            return None
        process.join(0.2)
        process.kill()
        process.join()
        return process.exitcode


def _serve(channel: Connection, idle: float, limit: float, step: Step) -> None:
    """The life of the process: work comes in, a Loaded or an IngestError goes out."""
    import contextlib
    import faulthandler

    from ingest import worker_limits

    sink = worker_limits.apply()
    with contextlib.suppress(EOFError, OSError):
        answer_to(Work(kind="text", content=b"A first word.\n\nAnd another one."), step)
        worker_limits.give_way()
        channel.send(None)
        while channel.poll(idle):
            work = channel.recv()
            faulthandler.dump_traceback_later(2 * limit + 10, exit=True, file=sink)  # should the parent be gone
            answer = answer_to(work, step)
            faulthandler.cancel_dump_traceback_later()
            channel.send(answer)


def answer_to(work: Work, step: Step) -> Loaded | IngestError:
    """What the step makes of the work; whatever it raises becomes one plain sentence, with the trace as a note."""
    try:
        return step(work)
    except IngestError as error:
        return error
    except MemoryError:
        return IngestError("It needs more memory than one article may take.")
    except RecursionError:
        return IngestError("It is nested too deeply to be read.")
    except Exception as error:
        refusal = IngestError(f"It could not be read ({type(error).__name__}).")
        refusal.add_note(traceback.format_exc())
        return refusal
