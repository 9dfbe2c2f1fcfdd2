"""Loads as rows: made whole, gone on with after a restart, and their payloads erased."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import pytest

from store import Store
from store.model import JobState
from tests.store.samples import article, raw, reading

ITEMS = [("path", "seeds/a.txt", b"seeds/a.txt"), ("file", "b.pdf", bytes(range(256)) * 5), ("text", "pasted", b"")]


def test_a_job_is_made_with_its_items(store: Store) -> None:
    """Fronts read a load's progress from its rows."""
    job = store.job(store.new_job("telegram:1", "42", ITEMS))
    assert job is not None
    assert (job.chat, job.asked_by, job.state) == ("telegram:1", "42", JobState.WAITING)
    assert [(each.kind, each.label, each.state, each.message) for each in job.items] == [
        ("path", "seeds/a.txt", JobState.WAITING, ""),
        ("file", "b.pdf", JobState.WAITING, ""),
        ("text", "pasted", JobState.WAITING, ""),
    ]
    assert [store.payload(each.id) for each in job.items] == [payload for _, _, payload in ITEMS]
    assert store.open_jobs() == [job]


def test_a_job_goes_on_after_a_restart(path: Path) -> None:
    """What was done stays done, what waits still has its payload."""
    with Store.open(path) as store:
        made = store.new_job("terminal", "terminal", ITEMS)
        job = store.job(made)
        assert job is not None
        added = store.add(article(), reading(article()))
        store.set_item(job.items[0].id, JobState.DONE, "Loaded.", added.article_id)
        store.set_item(job.items[1].id, JobState.RUNNING)
    with Store.open(path) as store:
        (job,) = store.open_jobs()
        assert job.state is JobState.RUNNING
        assert [each.state for each in job.items] == [JobState.DONE, JobState.RUNNING, JobState.WAITING]
        assert (job.items[0].message, job.items[0].article_id) == ("Loaded.", added.article_id)
        assert store.payload(job.items[1].id) == ITEMS[1][2]


@pytest.mark.parametrize("state", [JobState.DONE, JobState.FAILED, JobState.CANCELLED])
def test_a_payload_is_erased_when_its_item_is_over(store: Store, path: Path, state: JobState) -> None:
    """What people upload is not kept longer than needed."""
    job = store.job(store.new_job("terminal", "terminal", ITEMS))
    assert job is not None
    store.set_item(job.items[1].id, state, "Over.")
    with pytest.raises(ValueError, match="no payload"):
        store.payload(job.items[1].id)
    assert store.payload(job.items[0].id) == b"seeds/a.txt"
    with raw(path) as db:
        assert db.execute("SELECT count(*) FROM payloads").fetchone() == (2,)


def test_a_large_upload_comes_back_whole_and_holds_up_nobody(store: Store, path: Path) -> None:
    """20 MB are written and erased in pieces, so that another writer waits for one piece at most."""
    content = bytes(range(251)) * (20_000_000 // 251)
    job = store.job(store.new_job("telegram:1", "42", [("file", "big", content), ("file", "small", b"x")]))
    assert job is not None
    assert store.payload(job.items[0].id) == content
    with raw(path) as db:
        assert db.execute("SELECT max(length(content)) FROM payloads").fetchone()[0] <= 512 * 1024
    store.set_item(job.items[0].id, JobState.DONE)
    with raw(path) as db:
        assert db.execute("SELECT count(*) FROM payloads").fetchone() == (1,)


def test_a_job_that_is_cut_short_while_it_is_made_is_never_seen(path: Path) -> None:
    """A crash while an upload is written leaves no half job, and what was written of it is erased in time."""
    with Store.open(path) as store:
        store.new_job("terminal", "terminal", ITEMS)
    with raw(path) as db:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("UPDATE jobs SET state = 'making'")
    with Store.open(path) as store:
        assert store.open_jobs() == []
        assert store.job(1) is None
    with raw(path) as db:
        assert db.execute("SELECT count(*) FROM payloads").fetchone() == (3,)
        db.execute("UPDATE jobs SET made_at = '2020-01-01T00:00:00.000000+00:00'")
    Store.open(path).close()
    with raw(path) as db:
        assert db.execute("SELECT count(*) FROM payloads").fetchone() == (0,)


def test_cancelling_keeps_what_is_loaded(store: Store) -> None:
    """What waits is not loaded, and its payload is erased."""
    made = store.new_job("terminal", "terminal", ITEMS)
    job = store.job(made)
    assert job is not None
    store.set_item(job.items[0].id, JobState.DONE, "Loaded.")
    store.cancel_job(made)
    job = store.job(made)
    assert job is not None
    assert job.state is JobState.CANCELLED
    assert [each.state for each in job.items] == [JobState.DONE, JobState.CANCELLED, JobState.CANCELLED]
    assert store.open_jobs() == []
    for item in job.items:
        with pytest.raises(ValueError, match="no payload"):
            store.payload(item.id)
    store.finish_job(made)
    store.cancel_job(made)
    assert store.job(made) == job


def test_an_article_that_was_being_read_when_its_job_was_cancelled_can_still_be_told(store: Store) -> None:
    """The runner tells what became of the item it had begun; the job stays cancelled."""
    made = store.new_job("terminal", "terminal", ITEMS)
    job = store.job(made)
    assert job is not None
    store.set_item(job.items[0].id, JobState.RUNNING)
    store.cancel_job(made)
    store.set_item(job.items[0].id, JobState.DONE, "Loaded.")
    job = store.job(made)
    assert job is not None
    assert (job.state, job.items[0].state) == (JobState.CANCELLED, JobState.DONE)


@pytest.mark.parametrize(
    ("states", "whole"),
    [
        ([JobState.DONE, JobState.DONE], JobState.DONE),
        ([JobState.DONE, JobState.FAILED], JobState.DONE),
        ([JobState.FAILED, JobState.FAILED], JobState.FAILED),
        ([], JobState.DONE),
    ],
)
def test_a_job_fails_when_all_of_it_failed(store: Store, states: list[JobState], whole: JobState) -> None:
    """A load that brought something in is done; its items say what did not get in."""
    made = store.new_job("terminal", "terminal", [("link", "x", b"x") for _ in states])
    job = store.job(made)
    assert job is not None
    for item, state in zip(job.items, states, strict=True):
        store.set_item(item.id, state)
    store.finish_job(made)
    job = store.job(made)
    assert job is not None
    assert job.state is whole
    assert store.open_jobs() == []


def test_more_joins_a_job_that_runs(store: Store, path: Path) -> None:
    """The files of an album come one by one: they are one load, and one that is over is left alone."""
    first = store.new_job("telegram:1", "42", ITEMS[:1], "a")
    assert store.new_job("telegram:1", "42", ITEMS[1:2], "b", first) == first
    assert store.new_job("telegram:1", "42", ITEMS[1:2], "b", first) == first
    (job,) = store.open_jobs()
    assert [each.label for each in job.items] == ["seeds/a.txt", "b.pdf"]
    assert store.payload(job.items[1].id) == ITEMS[1][2]
    store.set_item(job.items[0].id, JobState.DONE)
    store.finish_job(first)
    assert store.job_state(first) is JobState.RUNNING
    store.set_item(job.items[1].id, JobState.DONE)
    store.finish_job(first)
    assert store.job_state(first) is JobState.DONE
    assert store.new_job("telegram:1", "42", ITEMS[2:], "c", first) != first
    with raw(path) as db:
        assert db.execute("SELECT count(*) FROM jobs WHERE state = 'making'").fetchone() == (0,)


def test_unknown_jobs_and_items_are_told_of(store: Store) -> None:
    """An old progress message asks for a job that is gone."""
    assert store.job(9) is None
    store.cancel_job(9)
    store.finish_job(9)
    with pytest.raises(ValueError, match="no item"):
        store.set_item(9, JobState.DONE)
    with pytest.raises(ValueError, match="no payload"):
        store.payload(9)


def test_unloading_an_article_leaves_its_job_item(store: Store) -> None:
    """The history of a load stays readable."""
    job = store.job(store.new_job("terminal", "terminal", ITEMS[:1]))
    assert job is not None
    added = store.add(article(), reading(article()))
    store.set_item(job.items[0].id, JobState.DONE, "Loaded.", added.article_id)
    store.unload(added.article_id)
    job = store.job(job.id)
    assert job is not None
    assert (job.items[0].state, job.items[0].article_id) == (JobState.DONE, None)


def test_an_article_that_is_not_there_cannot_be_told_as_loaded(store: Store) -> None:
    """A row never points to nothing."""
    job = store.job(store.new_job("terminal", "terminal", ITEMS[:1]))
    assert job is not None
    with pytest.raises(sqlite3.IntegrityError):
        store.set_item(job.items[0].id, JobState.DONE, "Loaded.", 99)


def test_a_thousand_links_are_one_quick_job(store: Store) -> None:
    """Many small items do not cost a write each."""
    begun = time.monotonic()
    made = store.new_job("terminal", "terminal", [("link", f"x{at}", b"https://h.example") for at in range(1000)])
    assert time.monotonic() - begun < 2
    job = store.job(made)
    assert job is not None
    assert len(job.items) == 1000
