"""The batch command: JSON lines in, JSON lines out, in order, so that anyone can run the analysis over own files."""

from __future__ import annotations

import math
import os
import queue
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import RawIOBase
from typing import BinaryIO

from bot import pipe_lines
from bot.pipe_lines import Parse, parse_text
from bot.pipe_progress import Progress
from bot.pipe_workers import ArticleError, PipeError, Step, Worker

CHUNK_BYTES = 1 << 16
LINE_BYTES = 32 << 20
WINDOW_LINES_A_WORKER = 64
WINDOW_BYTES = 64 << 20
MOST_WORKERS = 256
BATCH_LINES = 16
BATCH_CHARACTERS = 200_000


@dataclass(slots=True)
class Task:
    """One input line that is being worked on."""

    number: int
    weight: int
    line: pipe_lines.Line


@dataclass(slots=True)
class Done:
    """One answer line; ``number`` is that of its input line."""

    number: int
    weight: int
    answer: bytes


@dataclass(slots=True)
class End:
    """No more input: ``lines`` were read; or the run cannot go on because of ``error``."""

    lines: int = 0
    error: BaseException | None = None


@dataclass(slots=True)
class Window:
    """Keeps memory constant: input is read only while few enough lines and bytes are under way."""

    lines: int
    bytes: int = WINDOW_BYTES
    _held: list[int] = field(default_factory=lambda: [0, 0])
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def enter(self, weight: int) -> None:
        """Wait until there is room; one line is always let in, however long."""
        with self._changed:
            self._changed.wait_for(lambda: not self._held[0] or self._has_room(weight))
            self._held[0] += 1
            self._held[1] += weight

    def _has_room(self, weight: int) -> bool:
        return self._held[0] < self.lines and self._held[1] + weight <= self.bytes

    def leave(self, weight: int) -> None:
        """An answer was written."""
        with self._changed:
            self._held[0] -= 1
            self._held[1] -= weight
            self._changed.notify()


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def main(workers: str, step: Step, parse: Parse = parse_text) -> int:
    """Run from standard input to standard output and return the exit status; never a trace."""
    try:
        with open(0, "rb", buffering=0, closefd=False) as source:
            run(source, sys.stdout.buffer, _count(workers), step, parse)
    except PipeError as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    except BrokenPipeError:  # nobody reads on: no mistake of ours
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        sys.stderr.write(f"error: Reading or writing failed: {error.strerror}.\n")
        return 1
    return 0


def _count(workers: str) -> int:
    if workers == "auto":
        return cores()
    if workers.isdecimal() and len(workers) < 10 and 1 <= int(workers) <= MOST_WORKERS:
        return int(workers)
    raise PipeError(f"--workers takes a number from 1 to {MOST_WORKERS}, or auto.")


def run(source: RawIOBase | BinaryIO, sink: BinaryIO, workers: int, step: Step, parse: Parse = parse_text) -> None:
    """Answer each line of ``source`` on ``sink``, in order, as soon as it is ready.

    ``source`` hands out what has arrived (an unbuffered file). Raises PipeError where no worker can start,
    and BrokenPipeError where nobody reads ``sink`` any longer.
    """
    window = Window(WINDOW_LINES_A_WORKER * workers)
    tasks: queue.SimpleQueue[Task] = queue.SimpleQueue()
    results: queue.SimpleQueue[Done | End] = queue.SimpleQueue()
    crew = [Worker(step) for _ in range(workers)]
    threading.Thread(target=_feed, args=(source, parse, window, tasks, results), daemon=True).start()
    for worker in crew:
        threading.Thread(target=_tend, args=(worker, tasks, results, workers), daemon=True).start()
    try:
        with Progress() as progress:
            _write(results, sink, window, progress)
    finally:
        for worker in crew:
            worker.end()


def _lines(source: RawIOBase | BinaryIO) -> Iterator[bytes | None]:
    """The lines of a stream without their ends, as they arrive; None stands for one over 32 MiB."""
    parts: list[bytes] = []
    size = 0
    while chunk := source.read(CHUNK_BYTES):
        *ended, rest = chunk.split(b"\n")
        for piece in ended:
            yield None if size + len(piece) > LINE_BYTES else b"".join((*parts, piece))
            parts, size = [], 0
        size += len(rest)
        if size <= LINE_BYTES:
            parts.append(rest)
        else:
            parts = []
    if size:
        yield None if size > LINE_BYTES else b"".join(parts)


def _feed(
    source: RawIOBase | BinaryIO,
    parse: Parse,
    window: Window,
    tasks: queue.SimpleQueue[Task],
    results: queue.SimpleQueue[Done | End],
) -> None:
    count = 0
    try:
        for raw in _lines(source):
            weight = len(raw or b"")
            window.enter(weight)
            try:
                if raw is None:
                    raise pipe_lines.LineError(f"the line is longer than {LINE_BYTES >> 20} MiB")
                tasks.put(Task(count, weight, parse(raw)))
            except pipe_lines.LineError as error:
                results.put(Done(count, weight, pipe_lines.failure(error)))
            count += 1
    except Exception as error:
        results.put(End(error=error))
    results.put(End(count))


def _tend(worker: Worker, tasks: queue.SimpleQueue[Task], results: queue.SimpleQueue[Done | End], workers: int) -> None:
    try:
        while True:
            for done in _work(worker, _at_hand(tasks, workers)):
                results.put(done)
    except Exception as error:
        results.put(End(error=error))


def _at_hand(tasks: queue.SimpleQueue[Task], workers: int) -> list[Task]:
    """Wait for one task, and take a fair share of those that are there already."""
    batch = [tasks.get()]
    share = min(BATCH_LINES, math.ceil((1 + tasks.qsize()) / workers))
    size = len(batch[0].line.source)
    while len(batch) < share and size < BATCH_CHARACTERS:
        try:
            batch.append(tasks.get_nowait())
        except queue.Empty:
            break
        size += len(batch[-1].line.source)
    return batch


def _work(worker: Worker, batch: list[Task]) -> Iterator[Done]:
    """The answers to a batch; where the process is lost over it, what is left goes in one by one."""
    done = 0
    try:
        for answer in worker.work([task.line.source for task in batch]):
            task = batch[done]
            yield Done(task.number, task.weight, pipe_lines.joined(task.line.head, answer))
            done += 1
    except ArticleError as error:
        rest = batch[done:]
        if len(batch) == 1:
            yield Done(rest[0].number, rest[0].weight, pipe_lines.failure(_lost(rest[0], error)))
        else:
            for task in rest:
                yield from _work(worker, [task])


def _lost(task: Task, error: ArticleError) -> pipe_lines.LineError:
    return pipe_lines.LineError(f"it could not be worked on: {error}", task.line.head)


def _write(results: queue.SimpleQueue[Done | End], sink: BinaryIO, window: Window, progress: Progress) -> None:
    waiting: dict[int, Done] = {}
    written, expected = 0, math.inf
    while written < expected:
        result = results.get()
        if isinstance(result, End):
            if result.error is not None:
                raise result.error
            expected = result.lines
            continue
        waiting[result.number] = result
        while (ready := waiting.pop(written, None)) is not None:
            progress.clear()
            sink.write(ready.answer)
            window.leave(ready.weight)
            progress.step(ready.weight)
            written += 1
        if results.empty():
            sink.flush()
    sink.flush()
