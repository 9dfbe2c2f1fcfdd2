"""A load that is killed at any moment leaves a sound store and goes on where it stopped: nothing twice or lost."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from store import Store
from store.model import JobState
from tests.analysis.copied import News

ROOT = Path(__file__).parents[2]
ARTICLES = 120


@pytest.fixture(scope="module")
def texts() -> list[tuple[str, str]]:
    """Headlines and bodies of short articles."""
    news = News(31)
    return [(f"Report {at} from {news.place()}", news.paragraph(2, 3)) for at in range(ARTICLES)]


def lines(folder: Path, texts: list[tuple[str, str]]) -> Path:
    """One file of JSON lines, among them bad ones, and an update of the article in the line before."""
    made = folder / "news.jsonl"
    rows: list[str] = []
    for at, (title, text) in enumerate(texts):
        link = f"https://post.example/{at}"
        rows.append(json.dumps({"title": title, "text": text, "url": link}))
        if at % 40 == 7:
            rows.append("no article")
            rows.append(json.dumps({"title": title, "text": f"{text} This was added later.", "url": link}))
    made.write_text("\n".join(rows))
    return made


def files(folder: Path, texts: list[tuple[str, str]]) -> Path:
    """A folder with a file an article."""
    made = folder / "news"
    made.mkdir()
    for at, (title, text) in enumerate(texts):
        (made / f"{at:04}.txt").write_text(f"{title}\n\n{text}\n")
    return made


def killed(store: Path, given: Path, seconds: float) -> None:
    """A load that is killed so long after it began to load."""
    command = [sys.executable, "-m", "tests.bot.killed", str(store), str(given)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(seconds)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()


@pytest.mark.parametrize(("make", "kills"), [(lines, 3), (files, 2)])
def test_kill_9_while_loading(
    tmp_path: Path, texts: list[tuple[str, str]], make: Callable[[Path, list[tuple[str, str]]], Path], kills: int
) -> None:
    """At several moments, for a file of many lines and for a folder of files."""
    given, path, chance = make(tmp_path, texts), tmp_path / "news.db", random.Random()
    loaded = [0]
    for _ in range(kills):
        killed(path, given, chance.uniform(0.05, 0.9))
        with Store.open(path) as store:
            assert store.verify() == []
            loaded.append(store.stats()["articles"])
            assert len(store.open_jobs()) == 1
    assert loaded == sorted(loaded)
    command = [sys.executable, "-m", "tests.bot.killed", str(path), str(given)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True)
    done, total = map(int, ended.stdout.splitlines()[-1].split())
    bad = updates = 3 if make is lines else 0
    assert done == total == ARTICLES + bad + updates
    with Store.open(path) as store:
        assert store.verify() == []
        job = store.job(1)
        assert job is not None
        assert job.state is JobState.DONE
        assert [row.headline for row in store.newest()] == [title for title, _ in texts]
        assert store.stats()["versions"] == ARTICLES + updates
        if make is lines:
            assert job.items[0].message.startswith(
                f"{ARTICLES + updates} of {total} articles are loaded; news.jsonl, line 9"
            )
        else:
            assert {item.message.rpartition(": ")[2] for item in job.items} == {"loaded"}


def test_ctrl_c_while_loading(tmp_path: Path, texts: list[tuple[str, str]]) -> None:
    """It tells in one line how much is in and how to go on, not of each article that was not begun."""
    given, path = files(tmp_path, texts), tmp_path / "news.db"
    command = [sys.executable, "-m", "bot", "load", str(given), "--store", str(path)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    ends = time.monotonic() + 60
    while time.monotonic() < ends and not (path.exists() and loaded_into(path)):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, told = process.communicate(timeout=60)
    count = loaded_into(path)
    assert 0 < count < ARTICLES
    assert len(out.splitlines()) <= count
    are = "article is" if count == 1 else "articles are"
    assert told.splitlines()[1:] == [f"Loading is stopped: {count} {are} in; load the same again for the rest."]
    assert process.returncode == 1


def loaded_into(path: Path) -> int:
    """How many articles are in a store that somebody may be making."""
    with Store.open(path) as store:
        return store.stats()["articles"]
