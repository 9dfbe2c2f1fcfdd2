"""The reading process: what hangs, crashes or floods it costs one article."""

from __future__ import annotations

import asyncio
import ctypes
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from analysis.model import Reading
from ingest import worker_limits
from ingest.errors import IngestError
from ingest.worker import Loaded, Work, Worker
from store.model import Article

NICENESS: list[int] = []
SEED = next((Path(__file__).parents[2] / "seeds").glob("001*.txt"))


def odd(work: Work) -> Loaded:
    """A step that does what the source says: the ways in which parsers really fail."""
    deed = work.content.decode()
    if deed == "hang":
        while True:
            pass
    if deed == "hang in C":
        ctypes.CDLL(None).sleep(1000)
    if deed == "crash":
        ctypes.string_at(0)
    if deed == "exit":
        os._exit(3)
    if deed == "raise":
        raise ValueError(deed)
    if deed == "deep":
        return odd(work)
    if deed == "memory":
        bytearray(1 << 40)
    if deed == "slow":
        time.sleep(0.5)
    if deed == "print":
        os.write(1, b"noise")
    return Loaded(Article(headline=deed, body=str(os.getpid())), Reading())


def of(deed: str) -> Work:
    """The work that makes the step do one thing."""
    return Work(kind="text", content=deed.encode())


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    """A worker with a short patience."""
    with Worker(limit=1.5, idle=30, step=odd) as one:
        yield one


@pytest.mark.parametrize(
    ("deed", "sentence"),
    [
        ("hang", "It could not be read within 1.5 seconds."),
        ("hang in C", "It could not be read within 1.5 seconds."),
        ("crash", "It crashed the parser."),
        ("exit", "It crashed the parser."),
        ("raise", "It could not be read (ValueError)."),
        ("deep", "It is nested too deeply to be read."),
        ("memory", "It needs more memory than one article may take."),
    ],
)
def test_a_bad_source_costs_one_article(worker: Worker, deed: str, sentence: str) -> None:
    """Whatever happens inside, the caller gets one plain sentence in time and the next article is read."""
    begun = time.monotonic()
    with pytest.raises(IngestError) as refusal:
        worker.run(of(deed))
    assert str(refusal.value) == sentence
    assert time.monotonic() - begun < 30
    assert worker.run(of("fine")).article.headline == "fine"


def test_one_process_serves_many_articles(worker: Worker) -> None:
    """A process is not started for each article, and it is not the caller's own."""
    processes = {worker.run(of("fine")).article.body for _ in range(3)}
    assert len(processes) == 1
    assert processes != {str(os.getpid())}


def test_threads_take_turns(worker: Worker) -> None:
    """Each of many callers at once gets the answer to its own work."""
    found: dict[str, str] = {}

    def ask(name: str) -> None:
        found[name] = worker.run(of(name)).article.headline

    threads = [threading.Thread(target=ask, args=(f"n{at}",)) for at in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {f"n{at}": f"n{at}" for at in range(8)}


def test_an_idle_process_ends_and_the_next_article_starts_another() -> None:
    """An idle bot holds no parser."""
    with Worker(limit=5, idle=0.2, step=odd) as worker:
        first = worker.run(of("fine")).article.body
        for _ in range(100):
            if not worker.running:
                break
            time.sleep(0.05)
        assert not worker.running
        assert worker.run(of("fine")).article.body != first


def test_the_process_goes_with_its_owner() -> None:
    """After close nothing is left running, and a closed worker can be used again."""
    worker = Worker(limit=5, step=odd)
    process = int(worker.run(of("fine")).article.body)
    worker.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    assert worker.run(of("again")).article.headline == "again"
    worker.close()


def owner(told: Connection) -> None:
    """A process that has a worker, tells where that is, and leaves it at work."""
    worker = Worker(limit=60, step=odd)
    told.send(int(worker.run(of("fine")).article.body))
    worker.run(of("hang in C"))


def is_there(process: int) -> bool:
    """Whether a process runs, asked by its number."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_process_goes_with_an_owner_that_is_killed() -> None:
    """A bot that is killed again and again leaves no readers behind that take the machine from the next one."""
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    killed = multiprocessing.get_context("spawn").Process(target=owner, args=(theirs,))
    killed.start()
    assert ours.poll(60)
    reader = ours.recv()
    time.sleep(0.2)
    killed.kill()
    killed.join()
    ends = time.monotonic() + 10
    while is_there(reader) and time.monotonic() < ends:
        time.sleep(0.05)
    assert not is_there(reader)


def test_killed_from_outside_between_two_articles(worker: Worker) -> None:
    """A process that the system kills is started again without the caller knowing."""
    os.kill(int(worker.run(of("fine")).article.body), signal.SIGKILL)
    time.sleep(0.1)
    assert worker.run(of("fine")).article.headline == "fine"


def niced(work: Work) -> Loaded:
    """A step that tells how nice its process was at its first work and is now."""
    NICENESS.append(os.nice(0))
    return Loaded(Article(headline="nice", body=f"{NICENESS[0]} {NICENESS[-1]}"), Reading())


def test_it_gives_way_only_once_it_is_ready() -> None:
    """On a busy machine a load that is killed now and then still starts in time to go on; answers come before it."""
    with Worker(step=niced) as worker:
        assert worker.run(of("fine")).article.body == f"{os.nice(0)} {os.nice(0) + worker_limits.NICENESS}"


async def test_the_loop_goes_on_and_cancelling_stops_the_work() -> None:
    """While an article is read the event loop answers, and a cancelled load does not wait for a hanging page."""
    worker = Worker(limit=60, step=odd)
    await worker.arun(of("fine"))
    begun = time.monotonic()
    task = asyncio.create_task(worker.arun(of("hang")))
    await asyncio.sleep(0.2)
    assert time.monotonic() - begun < 2
    waiting = asyncio.create_task(worker.arun(of("fine")))
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await waiting).article.headline == "fine"
    worker.close()


async def test_cancelling_what_waits_leaves_alone_what_runs() -> None:
    """One admin's /cancel does not break off another's article."""
    worker = Worker(limit=60, step=odd)
    running, waiting = (asyncio.create_task(worker.arun(of("slow"))) for _ in range(2))
    await asyncio.sleep(0.1)
    waiting.cancel()
    assert (await running).article.headline == "slow"
    with pytest.raises(asyncio.CancelledError):
        await waiting
    worker.close()


def test_a_real_article_comes_back_whole() -> None:
    """Article and Reading of a seed pass through the pipe as they are."""
    from ingest import clean_file, read_article

    content = SEED.read_bytes()
    with Worker() as worker:
        loaded = worker.run(Work(kind="file", name=SEED.name, content=content, source="seed"))
    assert loaded.article == clean_file(SEED.name, content, source="seed")
    assert loaded.reading == read_article(loaded.article)
    assert loaded.reading.quotations
