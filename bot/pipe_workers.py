"""Reading in processes of their own, so that an article that crashes or never ends costs only its line."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from multiprocessing.connection import Connection
from typing import Any

from bot import pipe_lines
from ingest.worker_limits import end_with_parent

Step = Callable[[Sequence[Any]], Iterator[bytes]]
"""Answer lines without ids for sources; runs inside a worker. A source has a length; a text is one for every step."""

READY = b"ready"
BOOT_SECONDS = 300.0
BASE_SECONDS = 60.0
CHARACTERS_A_SECOND = 2_000
CHARACTERS_A_PROCESS = 40_000_000
"""After so much text a process is replaced: the parser remembers each new word, about 1 MB in a million characters."""


class PipeError(Exception):
    """The whole run cannot go on; the message is one plain sentence."""


class ArticleError(Exception):
    """One article could not be worked on; the message is a part of a sentence."""


def read_step(texts: Sequence[str], model: str | None = None) -> Iterator[bytes]:
    """The answer lines of readings, without ids; runs inside a worker. ``model`` names an installed spaCy model."""
    import analysis

    readings = analysis.read_many(((text, None) for text in texts), batch=len(texts), model=model)
    for text, reading in zip(texts, readings, strict=True):
        yield pipe_lines.dump(pipe_lines.reading_row(text, reading))


def clean_step(sources: Sequence[pipe_lines.Source]) -> Iterator[bytes]:
    """The answer lines of clean articles, without ids; runs inside a worker."""
    import ingest

    for source in sources:
        try:
            if isinstance(source, str):
                article = ingest.clean_text(source)
            else:
                article = ingest.clean_html(source.html, url=source.url)
            row = pipe_lines.article_row(article)
            if isinstance(source, str) and article.headline == ingest.plain_text.opening(article.body):
                row["title"] = None  # opening words that it goes by are no title
        except ingest.IngestError as error:
            row = {"error": str(error)}
        yield pipe_lines.dump(row)


def seconds_for(sources: Iterable[Sized]) -> float:
    """How long a worker may take over some sources: 60 s, and 1 s more for each 2,000 characters."""
    return BASE_SECONDS + sum(map(len, sources)) / CHARACTERS_A_SECOND


def serve(channel: Connection, step: Step) -> None:
    """The life of a worker process: sources come in, one answer line each goes out."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints must not end up among the answers
    warnings.simplefilter("ignore")
    with contextlib.suppress(EOFError, OSError):
        channel.send_bytes(_rehearsal(step))
        while True:
            for answer in _answers(step, channel.recv()):
                channel.send_bytes(answer)


def _rehearsal(step: Step) -> bytes:
    """Load all that is needed before the first article's time begins to count."""
    try:
        list(step(["A word."]))
    except Exception as error:
        return f"{type(error).__name__}: {error}".encode()
    return READY


def _answers(step: Step, sources: Sequence[Sized]) -> Iterator[bytes]:
    done = 0
    try:
        for answer in step(sources):
            yield answer
            done += 1
    except Exception as error:
        rest = sources[done:]
        if len(rest) == 1:
            yield pipe_lines.dump({"error": f"it could not be worked on: {type(error).__name__}: {error}"})
        else:
            for source in rest:
                yield from _answers(step, [source])


class Worker:
    """One worker process, started when first needed and again after a loss."""

    def __init__(self, step: Step, seconds: Callable[[Iterable[Sized]], float] = seconds_for) -> None:
        self._step = step
        self._seconds = seconds
        self._process: multiprocessing.process.BaseProcess | None = None
        self._channel: Connection | None = None
        self._ended = False
        self._read = 0

    def work(self, sources: Sequence[Sized]) -> Iterator[bytes]:
        """One answer line a source, in order. Raises ArticleError where the process was lost over the next one."""
        if self._read > CHARACTERS_A_PROCESS:
            self.close()
        channel = self._open()
        self._read += sum(map(len, sources))
        ends = self._seconds(sources)
        try:
            channel.send(list(sources))
            for _ in sources:
                yield self._receive(channel, ends)
        except (EOFError, OSError):
            self.close()
            raise ArticleError("it ended the process that read it") from None

    def _receive(self, channel: Connection, seconds: float) -> bytes:
        if not channel.poll(seconds):
            self.close()
            raise ArticleError(f"it took longer than {seconds:.0f} seconds")
        return channel.recv_bytes()

    def _open(self) -> Connection:
        if self._ended:
            raise PipeError("The run has ended.")
        if self._channel is None:
            self._channel = self._start()
        return self._channel

    def _start(self) -> Connection:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, self._step), daemon=True)
        process.start()
        theirs.close()
        self._process = process
        try:
            greeting = ours.recv_bytes() if ours.poll(BOOT_SECONDS) else b"it took too long to start"
        except (EOFError, OSError):
            greeting = b"it ended while it started"
        if greeting != READY:
            raise PipeError(f"A worker process cannot work: {greeting.decode(errors='replace')}.")
        return ours

    def end(self) -> None:
        """End the process at once, and start none again."""
        self._ended = True
        self.close()

    def close(self) -> None:
        """End the process at once; the next source starts another one."""
        if self._channel is not None:
            self._channel.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self._channel = self._process = None
        self._read = 0
