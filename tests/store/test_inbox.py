"""The inbox: order, duplicates, attempts, erasure, and that one process alone handles it."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from store import Store, inbox
from store.errors import StoreError
from store.inbox import Arrival, Batch, Inbox


def arrival(
    number: int, lane: str = "chat:8", kind: str = "message", text: str = "hello", begins: bool = False
) -> Arrival:
    """An update."""
    return Arrival(number, lane, kind, json.dumps({"update_id": number, kind: {"text": text}}), begins)


def came(inbox: Inbox, *arrivals: Arrival) -> list[int | None]:
    """Commit updates."""
    return inbox.write(Batch(arrivals=list(arrivals)))


def test_order_is_that_of_arrival(store: Store) -> None:
    """Numbers of updates may jump back; what came first is first all the same, also after the newest were swept."""
    first = came(store.inbox, arrival(900), arrival(5), arrival(700))
    assert [each.sequence for each in store.inbox.waiting()] == first == sorted(filter(None, first))
    store.inbox.write(Batch(done=[each for each in first if each]))
    assert max(filter(None, first)) < (came(store.inbox, arrival(6))[0] or 0)


def test_duplicates(store: Store) -> None:
    """An update that is handed in twice is one, within a commit, over commits, and when it is done."""
    known, again = came(store.inbox, arrival(1), arrival(1))
    assert (again, came(store.inbox, arrival(1))) == (None, [None])
    store.inbox.write(Batch(done=[known or 0]))
    assert came(store.inbox, arrival(1)) == [None]
    assert store.inbox.waiting() == []


def test_numbers_come_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a quiet week numbers begin anywhere: an old number is no duplicate, whether it was swept or not."""
    came(store.inbox, arrival(1), arrival(2))
    monkeypatch.setattr(inbox, "RECENT", timedelta(0))
    assert came(store.inbox, arrival(1)) != [None]


def test_attempts(store: Store) -> None:
    """Attempts are counted as they begin, the first with the arrival where it begins at once, and can be taken back."""
    begun, later = came(store.inbox, arrival(1, begins=True), arrival(2))
    assert begun
    assert later
    store.inbox.write(Batch(begun=[later, begun]))
    store.inbox.write(Batch(returned=[later]))
    assert [each.attempts for each in store.inbox.waiting()] == [2, 0]


def test_content_is_erased(store: Store) -> None:
    """What was written is nowhere in the files once its update is done, given up or expired, and the log is emptied."""
    kinds = ("message", "message", "inline_query")
    given = [arrival(at, kind=kind, text="private-words-of-mine") for at, kind in enumerate(kinds)]
    done, aside, _ = came(store.inbox, *given)
    assert done
    assert aside
    assert "private-words-of-mine" in (store.inbox.content(done) or "")
    store.inbox.write(Batch(done=[done], aside=[aside]))
    assert {each.sequence: each.aside for each in store.inbox.waiting()}[aside]
    store.inbox.write(Batch(told=[aside]))
    assert store.inbox.expire({"inline_query": -1}) == 1
    assert store.inbox.content(done) is None
    assert store.inbox.waiting() == []
    store.inbox.sweep()
    files = [path.read_bytes() for path in store.path.parent.iterdir()]
    assert not any(b"private-words-of-mine" in each for each in files)


def test_expiry_is_by_kind_and_age(store: Store) -> None:
    """Only what waits longer than its kind may is dropped."""
    came(store.inbox, arrival(1), arrival(2, kind="callback_query"), arrival(3, kind="inline_query"))
    assert store.inbox.expire({"callback_query": 60, "inline_query": -1}) == 1
    assert [each.kind for each in store.inbox.waiting()] == ["message", "callback_query"]


def test_sweeping(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Old rows go when they are done; what waits stays, however old."""
    done, waits, *_ = came(store.inbox, *map(arrival, range(1200)))
    rest = [each.sequence for each in store.inbox.waiting() if each.sequence != waits]
    store.inbox.write(Batch(done=rest))
    assert done
    assert store.inbox.sweep() == 0
    monkeypatch.setattr(inbox, "RECENT", timedelta(0))
    assert store.inbox.sweep() == 1199
    assert [each.sequence for each in store.inbox.waiting()] == [waits]


def test_a_batch_is_whole(store: Store) -> None:
    """A commit that fails keeps nothing of its batch."""
    with pytest.raises(Exception, match="NOT NULL"):
        came(store.inbox, arrival(1), Arrival(2, None, "message", "{}"))  # type: ignore[arg-type]
    assert store.inbox.waiting() == []


def test_came_at(store: Store) -> None:
    """The time is that of arrival here, never one that the update tells."""
    came(store.inbox, arrival(1))
    assert abs(store.inbox.waiting()[0].came_at - datetime.now(UTC)) < timedelta(minutes=1)


def test_counts(store: Store) -> None:
    """How many are in each state."""
    first, *_ = came(store.inbox, arrival(1), arrival(2))
    store.inbox.write(Batch(done=[first or 0]))
    assert store.inbox.counts() == {"done": 1, "waiting": 1}


def test_one_process(store: Store) -> None:
    """A second process is refused in one plain sentence, until the first has ended or let go."""
    program = (
        "import sys; from pathlib import Path; from store import Store\n"
        "Store.open(Path(sys.argv[1])).inbox.claim(); print('claimed')"
    )
    command = [sys.executable, "-c", program, str(store.path)]
    store.inbox.claim()
    with Store.open(store.path) as other, pytest.raises(StoreError, match="Another bot runs on the store"):
        other.inbox.claim()
    refused = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Another bot runs" in refused.stderr
    store.inbox.release()
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "claimed\n"
    store.inbox.claim()
