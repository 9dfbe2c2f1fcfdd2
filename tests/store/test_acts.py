"""What changes something is safe to repeat: the same question, handed in again after a crash, does nothing twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from store import Store, acts, jobs, schema
from store.connections import connect
from store.model import JobState, Reported
from tests.store.samples import article, reading

ITEMS = [("link", "a", b"https://h.example/a")]


def test_a_load_is_made_once(store: Store) -> None:
    """The same message makes one load; another one, and one without a key, make others."""
    first = store.new_job("telegram:1", "7", ITEMS, "telegram:5")
    assert store.new_job("telegram:1", "7", ITEMS, "telegram:5") == first
    assert (
        len({first, store.new_job("telegram:1", "7", ITEMS, "telegram:6"), store.new_job("telegram:1", "7", ITEMS)})
        == 3
    )
    assert len(store.open_jobs()) == 3


def test_a_load_that_was_cut_short_is_made_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A crash before a load is whole leaves nothing that the repetition would be taken for."""

    def crash(payloads: object) -> Iterator[object]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(jobs, "_batches", crash)
        with pytest.raises(KeyboardInterrupt):
            store.new_job("telegram:1", "7", ITEMS, "telegram:5")
    made = store.new_job("telegram:1", "7", ITEMS, "telegram:5")
    assert [job.id for job in store.open_jobs()] == [made]


def test_a_cancel_ends_once(store: Store) -> None:
    """Repeated, a cancel tells what it ended, and leaves a load alone that was begun since."""
    first = store.new_job("telegram:1", "7", ITEMS)
    (ended,) = store.cancel_jobs("telegram:1", "telegram:5")
    later = store.new_job("telegram:1", "7", ITEMS)
    store.new_job("telegram:2", "7", ITEMS)
    assert [job.id for job in store.cancel_jobs("telegram:1", "telegram:5")] == [first] == [ended.id]
    found = store.job(later)
    assert found
    assert found.state is JobState.WAITING
    assert [job.id for job in store.cancel_jobs("telegram:1", "telegram:6")] == [later]


def test_a_report_is_kept_once(store: Store) -> None:
    """Repeated, a report is still the first one, so that admins hear of it after a crash before they did."""
    store.add(article(), reading(article()))
    said = store.quotations(store.stories()[0].id)[0]
    became = [store.report(said, "8", key) for key in ("telegram:5", "telegram:5", "telegram:6", "")]
    assert became == [Reported.FIRST, Reported.FIRST, Reported.ALREADY, Reported.ALREADY]
    assert store.reports()[0].readers == 1


def test_keys_are_forgotten(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers of updates begin anew after a quiet week: an old key is no repetition."""
    first = store.new_job("telegram:1", "7", ITEMS, "telegram:5")
    monkeypatch.setattr(acts, "KEPT_FOR", timedelta(0))
    assert store.new_job("telegram:1", "7", ITEMS, "telegram:5") != first


def test_an_older_store_is_brought_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store of the version before opens, keeps its loads, and has an inbox."""
    path = tmp_path / "old.db"
    with monkeypatch.context() as patched:
        older = {name: each for name, each in schema.MIGRATIONS.items() if name < "0003"}
        patched.setattr(schema, "MIGRATIONS", older)
        db = connect(path, 5.0)
        schema.prepare(db, path, 5.0)
        db.execute("INSERT INTO jobs (chat, asked_by, state, made_at) VALUES ('telegram:1', '7', 'waiting', '2026')")
        db.close()
    with Store.open(path) as store:
        assert len(store.open_jobs()) == 1
        assert store.inbox.waiting() == []
