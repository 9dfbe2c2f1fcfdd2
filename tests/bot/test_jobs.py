"""Loads run to their end, go on after a restart, stop when cancelled, and take no harm from a bad item."""

from __future__ import annotations

import gzip
import json
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import ingest
from analysis.model import Reading
from bot import job_items
from bot.jobs import Loader
from handlers import cancel
from handlers.answer import Note
from handlers.question import TERMINAL, Question
from ingest.errors import IngestError
from ingest.worker import Loaded, Work, Worker
from store import Store
from store.model import Job, JobState

ARTICLE = "Mayor opens bridge\n\nThe mayor opened a long bridge in the north on Monday."


def quick(work: Work) -> Loaded:
    """Clean like the real thing but read nothing, which needs no parser; and obey some words."""
    if b"sleep" in work.content:
        time.sleep(60)
    if b"die" in work.content:
        os._exit(1)
    return Loaded(ingest.clean_text(work.content.decode(), source=work.source), Reading())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with Store.open(tmp_path / "bot.db") as opened:
        yield opened


@pytest.fixture
def loader(store: Store) -> Iterator[Loader]:
    """What runs its loads."""
    made = Loader(store, Worker(step=quick))
    yield made
    made.close()


def run(store: Store, loader: Loader, *items: tuple[str, str, bytes], chat: str = "terminal") -> Job:
    """Make a load and run it."""
    job = loader.run(store.new_job(chat, "7", items), lambda job: None)
    assert job
    return job


def test_every_kind_of_item(store: Store, tmp_path: Path) -> None:
    """Pastes, uploads, files and folders are loaded; a bad one says why and the rest goes on."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").write_text(ARTICLE.replace("bridge", "tunnel"))
    (folder / "b.txt").write_text("")
    real = Loader(store)
    job = run(
        store,
        real,
        ("text", "pasted text", ARTICLE.encode()),
        ("file", "a.txt", ARTICLE.replace("bridge", "school").encode()),
        ("path", "folder", os.fsencode(folder)),
        ("file", "bad.pdf", b"%PDF-1.4 nonsense"),
        ("link", "127.0.0.1", b"http://127.0.0.1/x"),
        ("path", "missing", os.fsencode(tmp_path / "missing")),
        ("text", "pasted text", ARTICLE.encode()),
    )
    real.close()
    assert [item.state is JobState.DONE for item in job.items] == [True, True, True, False, False, False, True]
    assert job.items[0].message == "Mayor opens bridge: loaded"
    assert job.items[2].message.startswith("1 of 2 articles are loaded; b.txt: ")
    assert job.items[6].message == "Mayor opens bridge: was already loaded"
    assert all(item.message.endswith((".", "loaded")) or item.state is JobState.DONE for item in job.items)
    shown = job_items.summary(job, store)
    assert shown.heading == "Loading is done: 4 of 7 items are in."
    assert len(shown.blocks) == 8
    (story,) = store.stories()
    assert store.current_story(job.chat) == story.id
    assert Note(f"Answers in this chat now come from this story: {story.title}") in shown.blocks


def test_json_lines(store: Store, tmp_path: Path) -> None:
    """Each line of a file or an upload is an article; bad lines are told by their number and cost only themselves."""
    lines = [json.dumps({"text": ARTICLE.replace("bridge", name)}) for name in ("bridge", "tunnel")]
    content = "\n".join([lines[0], "no", lines[1], *["{}"] * 4]).encode()
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(content))
    real = Loader(store)
    job = run(store, real, ("path", "a", os.fsencode(tmp_path / "a.jsonl.gz")), ("file", "b.jsonl", content))
    real.close()
    assert [item.state for item in job.items] == [JobState.DONE, JobState.DONE]
    assert job.items[0].message.startswith("2 of 7 articles are loaded; a.jsonl.gz, line 2: It is not JSON; ")
    assert job.items[1].message.endswith('; and 2 more (2 times: There is no "text".)')
    assert (job.items[1].done, job.items[1].total) == (7, 7)
    assert store.stats()["articles"] == 2


def test_a_restart_goes_on(store: Store, loader: Loader) -> None:
    """What an earlier run left open is done by the next one, and what was done is not done again."""
    job_id = store.new_job("terminal", "7", [("text", "a", ARTICLE.encode()), ("text", "b", b"sleep now")])

    def told(job: Job) -> None:
        if job.items[0].state is JobState.DONE:
            threading.Timer(0.5, loader.stop).start()

    stopped = loader.run(job_id, told)
    assert stopped
    assert stopped.state is JobState.RUNNING
    assert [item.state for item in stopped.items] == [JobState.DONE, JobState.RUNNING]
    again = Loader(store, Worker(limit=0.5, step=quick))
    ended = again.run(job_id, lambda job: None)
    again.close()
    assert ended
    assert ended.state is JobState.DONE
    assert [item.state for item in ended.items] == [JobState.DONE, JobState.FAILED]


def test_cancelling(store: Store, loader: Loader) -> None:
    """/cancel stops even an article that hangs, within a second or two."""
    job_id = store.new_job("terminal", "7", [("text", "a", b"sleep now"), ("text", "b", ARTICLE.encode())])
    threading.Timer(2.0, store.cancel_job, [job_id]).start()
    began = time.monotonic()
    job = loader.run(job_id, lambda job: None)
    assert time.monotonic() - began < 6
    assert job
    assert {item.state for item in job.items} == {JobState.CANCELLED}
    assert job_items.summary(job, store).heading.startswith("Loading is stopped")


def test_what_is_in_of_a_load_that_is_stopped(store: Store, loader: Loader) -> None:
    """The articles of a half-loaded file are told, in the load's own message and by /cancel, and how to go on."""
    rows = [json.dumps({"title": f"Bridge {at}", "text": f"Bridge {at} opened on Monday."}) for at in range(3)]
    rows.append(json.dumps({"title": "Bridge 4", "text": "They sleep now."}))
    job_id = store.new_job("terminal", "7", [("file", "news.jsonl", "\n".join(rows).encode())])
    said: list[str] = []

    def told(job: Job) -> None:
        if job.done == 3 and not said:
            said.append(str(cancel.answer(Question(command="cancel", chat="terminal"), store).blocks))

    job = loader.run(job_id, told)
    assert job
    assert "3 items" in said[0]
    assert job_items.summary(job, store).blocks == (Note("3 articles are in; load the same again for the rest."),)


def test_cancelling_as_an_item_begins(
    store: Store, loader: Loader, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What /cancel erases right before it is read is no error to log."""
    job_id = store.new_job("terminal", "7", [("text", "a", ARTICLE.encode())])
    begin = store.set_item

    def cancelled(*item: Any) -> None:
        begin(*item)
        store.cancel_job(job_id)

    monkeypatch.setattr(store, "set_item", cancelled)
    job = loader.run(job_id, lambda job: None)
    assert job
    assert job.state is JobState.CANCELLED
    assert caplog.records == []


def test_a_crash_costs_one_article(store: Store, loader: Loader) -> None:
    """An article that ends the reading process fails alone."""
    job = run(store, loader, ("text", "a", b"die now"), ("text", "b", ARTICLE.encode()))
    assert [item.state for item in job.items] == [JobState.FAILED, JobState.DONE]


def test_no_path_for_a_chat_elsewhere(store: Store, loader: Loader, tmp_path: Path) -> None:
    """Should a path ever get into a load of a Telegram chat, it is not read."""
    (tmp_path / "a.txt").write_text(ARTICLE)
    job = run(store, loader, ("path", "a.txt", os.fsencode(tmp_path / "a.txt")), chat="telegram:5")
    assert job.items[0].message == "Paths are only taken from the machine itself."


def test_steps_are_told(store: Store, loader: Loader) -> None:
    """Whoever looks on hears of each step, the last one too."""
    seen: list[str] = []
    items = [("text", "a", ARTICLE.encode()), ("text", "b", b"")]
    loader.run(store.new_job("terminal", "7", items), lambda job: seen.append(job_items.progress(job).heading))
    assert seen[0] == "Loading: 0 of 2 done"
    assert seen[-1] == "Loading: 2 of 2 done"


def test_items_of_a_command_line(tmp_path: Path) -> None:
    """Links, files and folders, with whatever characters are in their names."""
    odd = tmp_path / os.fsdecode(b"odd \xff\n.txt")
    odd.write_text(ARTICLE)
    (tmp_path / ".hidden.txt").write_text(ARTICLE)
    items = job_items.items_of(["https://example.org/a", str(tmp_path), "-"])
    assert [kind for kind, _, _ in items] == ["link", "path", "path"]
    assert Path(os.fsdecode(items[1][2])) == odd
    assert all(label.encode() for _, label, _ in items)


def test_an_empty_path_is_no_folder(
    store: Store, loader: Loader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing named is not the current folder, neither on the command line nor in a job."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(ARTICLE)
    with pytest.raises(IngestError, match="empty path"):
        job_items.items_of([""])
    assert run(store, loader, ("path", "", b"")).items[0].state is JobState.FAILED
    assert store.newest() == []


def test_articles_of_several_stories_leave_the_chat_where_it_was(store: Store, tmp_path: Path) -> None:
    """Only a load that came into one story moves the chat there, also where one upload has several articles."""
    first = "Choir tours\n\nThe choir of Ekby sang in Lund on Friday, and forty singers travel on by train."
    other = "Steel prices fall\n\nTraders in Antwerp sold copper and steel for less than before on Wednesday."
    content = "\n".join(json.dumps({"text": text}) for text in (first, other)).encode()
    real = Loader(store)
    chosen = run(store, real, ("text", "a", ARTICLE.encode()))
    job_items.summary(chosen, store)
    before = store.current_story(chosen.chat)
    shown = job_items.summary(run(store, real, ("file", "b.jsonl", content)), store)
    real.close()
    assert len(store.stories()) == 3
    assert store.current_story(chosen.chat) == before
    assert [each.label for each in shown.next] == ["Stories"]


def test_a_tilde_is_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The chat knows "~" as a shell does, and an unknown home is no trace but a path that is not there."""
    (tmp_path / "a.txt").write_text("Mayor opens bridge\n\nThe mayor opened a bridge on Monday.\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    job = Job(1, TERMINAL, TERMINAL, JobState.WAITING, ())
    assert [path.name for path in job_items.files_of(job, b"~/a.txt")] == ["a.txt"]
    assert job_items.items_of(["~/a.txt"])[0][2] == os.fsencode(tmp_path / "a.txt")
    assert job_items.items_of(["~nobody-of-this-name/a.txt"])[0][2].endswith(b"~nobody-of-this-name/a.txt")
