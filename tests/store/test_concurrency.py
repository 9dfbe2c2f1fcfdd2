"""Many threads, several processes and sudden ends: nothing is half there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from analysis.document import Field
from store import Store
from store.errors import StoreError
from tests.store.samples import BODY, article, reading

ROOT = Path(__file__).parents[2]

ADDING = """
import sys
from pathlib import Path
from store import Store
from store.errors import StoreError
from tests.store.samples import BODY, article, reading
path, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
with Store.open(path, patience=30) as store:
    for at in range(count):
        of = article(f"{name} number {at}", BODY + f" This was {name} {at}.", url=f"https://h.example/{name}/{at % 7}")
        print(store.add(of, reading(of)).version_id, flush=True)
"""


def adding(path: Path, name: str, count: int) -> subprocess.Popen[str]:
    """Another process that adds articles and tells each version's id."""
    command = [sys.executable, "-c", ADDING, str(path), name, str(count)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_readers_never_see_half_an_article(store: Store) -> None:
    """While one thread loads, the others see each article with its quotations, cast and sentences, or not at all."""
    over = threading.Event()

    def read() -> int:
        seen = 0
        while not over.is_set():
            for story in store.stories():
                rows = store.articles(story.id)
                for row in rows:
                    assert store.text(row.version_id, Field.BODY).startswith(BODY)
                    assert len(store.sentences(row.version_id)) > 5
                quotations = store.quotations(story.id)
                assert len(quotations) % 3 == 0
                assert len(quotations) // 3 >= len(rows)
                seen += len(rows)
            store.search("ferry ribbon")
        return seen

    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(read) for _ in range(3)]
        for at in range(15):
            of = article(f"Ferry {at}", f"{BODY} This is {at}.")
            store.add(of, reading(of))
        over.set()
        assert all(each.result() > 0 for each in readers)
    assert store.verify() == []


def test_many_threads_may_write(store: Store) -> None:
    """Writers queue; each article is there once."""

    def write(at: int) -> int:
        of = article(f"Ferry {at % 10}", f"{BODY} This is {at % 10}.")
        store.keep("terminal", f"{at}")
        return store.add(of, reading(of)).article_id

    with ThreadPoolExecutor(4) as pool:
        ids = list(pool.map(write, range(20)))
    assert sorted(ids[:10]) == sorted(set(ids)) == sorted(ids[10:])
    assert store.stats()["articles"] == 10
    assert store.verify() == []


def test_a_threads_connection_ends_with_it(path: Path) -> None:
    """A bot that runs for months does not gather open files."""
    folder = Path(f"/proc/{os.getpid()}/fd")
    if not folder.exists():
        pytest.skip("needs /proc")
    with Store.open(path) as store:
        for _ in range(20):
            thread = threading.Thread(target=store.stories)
            thread.start()
            thread.join()
        opened = [each for each in folder.iterdir() if str(path) in os.path.realpath(each)]
    assert len(opened) < 10


def test_closing_while_others_read_is_a_plain_error(path: Path) -> None:
    """At the end of the program, a thread that still answers gets a plain error, not a trace or a crash."""
    for _ in range(5):
        store = Store.open(path)
        of = article()
        store.add(of, reading(of))

        def read(store: Store = store) -> str:
            try:
                while True:
                    store.quotations(store.stories()[0].id)
            except StoreError as error:
                return str(error)

        with ThreadPoolExecutor(3) as pool:
            readers = [pool.submit(read) for _ in range(3)]
            time.sleep(0.05)
            store.close()
            assert all("is closed" in each.result(timeout=10) for each in readers)


def test_two_processes_may_write_the_same_file(path: Path) -> None:
    """The bot and the command line may load at the same time."""
    with Store.open(path, patience=30) as store:
        processes = [adding(path, name, 12) for name in ("ann", "bob")]
        for at in range(12):
            of = article(f"Own {at}", f"{BODY} This is {at}.")
            store.add(of, reading(of))
        told = [process.communicate(timeout=60)[0].split() for process in processes]
        assert [process.returncode for process in processes] == [0, 0]
        assert [len(each) for each in told] == [12, 12]
        assert store.stats()["versions"] == 36
        assert store.stats()["articles"] == 12 + 7 + 7
        assert store.verify() == []


def test_sisters_that_are_added_at_once_are_one_story(path: Path) -> None:
    """Two processes that load reports of the same events at the same moment do not open two stories."""
    stores = [Store.open(path, patience=30) for _ in range(3)]
    start = threading.Barrier(len(stores))

    def write(at: int) -> int:
        of = article(f"Ferry line reopens {at}", f"{BODY} This is {at}.")
        start.wait()
        return stores[at].add(of, reading(of)).story_id

    with ThreadPoolExecutor(len(stores)) as pool:
        assert len(set(pool.map(write, range(len(stores))))) == 1
    assert len(stores[0].stories()) == 1
    assert len(stores[0].cast(stores[0].stories()[0].id)) == 1
    assert stores[0].verify() == []
    for store in stores:
        store.close()


def test_kill_9_in_the_midst_of_adding_leaves_a_sound_store(path: Path) -> None:
    """Whatever the moment: what was told as added is there, the rest is not, and loading goes on."""
    kept: set[int] = set()
    for turn in range(4):
        process = adding(path, f"turn{turn}", 1000)
        assert process.stdout is not None
        kept.add(int(process.stdout.readline()))
        time.sleep(0.013 * turn)
        os.kill(process.pid, signal.SIGKILL)
        kept.update(int(line) for line in process.stdout.read().split() if line.strip())
        process.wait()
        with Store.open(path) as store:
            assert store.verify() == []
            assert all(store.version(each) for each in kept)
    with Store.open(path) as store:
        of = article("After all that", BODY)
        store.add(of, reading(of))
        assert store.verify() == []
