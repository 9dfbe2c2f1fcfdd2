"""Keeps loads as rows, so that a restart goes on where it stopped.

Payloads are written and erased a batch at a time, each in a transaction of its own: one of 20 MB would hold up
every other writer for a quarter of a second. A job can be seen only when it is whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from sqlite3 import Row

from store import acts, times
from store.connections import Connection, Connections
from store.model import Job, JobItem, JobState

BATCH = 512 * 1024  # bytes
OVER = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)
UNFINISHED = timedelta(hours=1)  # after which a job that was never made whole is given up

ITEMS = """
    SELECT job_items.*, COALESCE(loaded, 0) AS loaded, COALESCE(failed, 0) AS failed, COALESCE(total, 0) AS total
    FROM job_items LEFT JOIN item_progress ON item_id = id
"""

Chunk = dict[str, int | bytes]


def new(
    store: Connections,
    chat: str,
    asked_by: str,
    items: Sequence[tuple[str, str, bytes]],
    key: str = "",
    joins: int | None = None,
) -> int:
    """Make a job with its items; the payloads are kept until their item is over.

    One that was made whole for the same ``key`` is given back instead. Items that are to join another job are added to
    that one where it is not over, and it is given back.
    """
    with store.reading() as db:
        made = acts.result(db, key, "job") if key else None
    if made is not None:
        return int(made)
    job_id = make(store, chat, asked_by, items)
    with store.writing() as db:
        if joins is not None and _join(db, job_id, joins):
            job_id = joins
        release(db, job_id)
        acts.done(db, key, "job", job_id)
    return job_id


def _join(db: Connection, job_id: int, other: int) -> bool:
    """Hand the items of a job that nobody has seen over to another one, unless that is over; whether it was done."""
    asked = """UPDATE job_items SET job_id = :other WHERE job_id = :id
        AND EXISTS (SELECT 1 FROM jobs WHERE id = :other AND state IN ('waiting', 'running')) RETURNING id"""
    if not db.execute(asked, {"id": job_id, "other": other}).fetchall():
        return False
    db.execute("DELETE FROM jobs WHERE id = :id", {"id": job_id})
    return True


def make(store: Connections, chat: str, asked_by: str, items: Sequence[tuple[str, str, bytes]]) -> int:
    """Make a job that nobody sees until it is released; one that never is goes after an hour."""
    with store.writing() as db:
        job_id, ids = _begin(db, chat, asked_by, items)
    payloads = [(item_id, content) for item_id, (_, _, content) in zip(ids, items, strict=True)]
    stored = "INSERT INTO payloads (item_id, number, content) VALUES (:item, :number, :content)"
    for batch in _batches(payloads):
        with store.writing() as db:
            db.executemany(stored, batch)
    return job_id


def release(db: Connection, job_id: int) -> None:
    """Let a job that is whole be run."""
    db.execute("UPDATE jobs SET state = 'waiting' WHERE id = :id AND state = 'making'", {"id": job_id})


def _begin(db: Connection, chat: str, asked_by: str, items: Sequence[tuple[str, str, bytes]]) -> tuple[int, list[int]]:
    values = {"chat": chat, "by": asked_by, "now": times.now()}
    made = "INSERT INTO jobs (chat, asked_by, state, made_at) VALUES (:chat, :by, 'making', :now) RETURNING id"
    job_id = int(db.execute(made, values).fetchone()["id"])
    item = """INSERT INTO job_items (job_id, kind, label, state, message)
        VALUES (:job, :kind, :label, 'waiting', '') RETURNING id"""
    rows = [
        db.execute(item, {"job": job_id, "kind": kind, "label": label}).fetchone()["id"] for kind, label, _ in items
    ]
    return job_id, rows


def _batches(payloads: Sequence[tuple[int, bytes]]) -> Iterator[list[Chunk]]:
    """Chunks of at most BATCH bytes, as many at a time as make about BATCH bytes."""
    batch: list[Chunk] = []
    size = 0
    for item_id, content in payloads:
        for number, at in enumerate(range(0, max(len(content), 1), BATCH)):
            chunk = content[at : at + BATCH]
            if batch and size + len(chunk) > BATCH:
                yield batch
                batch, size = [], 0
            batch.append({"item": item_id, "number": number, "content": chunk})
            size += len(chunk)
    if batch:
        yield batch


def job(db: Connection, job_id: int) -> Job | None:
    """One job with its items in order."""
    row = db.execute("SELECT * FROM jobs WHERE id = :id AND state <> 'making'", {"id": job_id}).fetchone()
    return _job(db, row) if row else None


def open_jobs(db: Connection) -> list[Job]:
    """Jobs that are not over, oldest first."""
    asked = "SELECT * FROM jobs WHERE state IN ('waiting', 'running') ORDER BY id"
    return [_job(db, row) for row in db.execute(asked).fetchall()]


def _job(db: Connection, row: Row) -> Job:
    rows = db.execute(f"{ITEMS} WHERE job_id = :id ORDER BY id", {"id": row["id"]}).fetchall()
    items = tuple(map(_item, rows))
    return Job(row["id"], row["chat"], row["asked_by"], JobState(row["state"]), items, row["message_id"])


def _item(row: Row) -> JobItem:
    return JobItem(
        row["id"],
        row["kind"],
        row["label"],
        JobState(row["state"]),
        row["message"],
        row["article_id"],
        done=row["loaded"] + row["failed"],
        total=row["total"],
    )


def state(db: Connection, job_id: int) -> JobState | None:
    """Where a job stands."""
    row = db.execute("SELECT state FROM jobs WHERE id = :id AND state <> 'making'", {"id": job_id}).fetchone()
    return JobState(row["state"]) if row else None


def show(store: Connections, job_id: int, message_id: int) -> None:
    """Keep which message of its chat shows how far a job is."""
    with store.writing() as db:
        db.execute("UPDATE jobs SET message_id = :message WHERE id = :id", {"id": job_id, "message": message_id})


def next_item(db: Connection, job_id: int) -> JobItem | None:
    """The first item of a job that is not over."""
    asked = f"{ITEMS} WHERE job_id = :id AND state IN ('waiting', 'running') ORDER BY id LIMIT 1"
    row = db.execute(asked, {"id": job_id}).fetchone()
    return _item(row) if row else None


def payload(db: Connection, item_id: int) -> bytes:
    """What an item is to load. Raises ValueError when it is over, as its payload is erased then."""
    asked = "SELECT content FROM payloads WHERE item_id = :id ORDER BY number"
    rows = db.execute(asked, {"id": item_id}).fetchall()
    if not rows:
        raise ValueError(f"The item {item_id} has no payload, or none any more.")
    return b"".join(row["content"] for row in rows)


def set_item(store: Connections, item_id: int, state: JobState, message: str, article_id: int | None) -> None:
    """Tell where an item stands; the first one begins its job. Raises ValueError for an unknown item."""
    asked = """UPDATE job_items SET state = :state, message = :message, article_id = :article
        WHERE id = :id RETURNING job_id"""
    values = {"id": item_id, "state": state, "message": message, "article": article_id}
    with store.writing() as db:
        row = db.execute(asked, values).fetchone()
        if row is None:
            raise ValueError(f"There is no item {item_id}.")
        db.execute("UPDATE jobs SET state = 'running' WHERE id = :id AND state = 'waiting'", {"id": row["job_id"]})
    if state in OVER:
        sweep(store)


def cancel(store: Connections, job_id: int) -> None:
    """End a job that is not over; what was loaded stays, what waits is not loaded."""
    asked = "UPDATE jobs SET state = 'cancelled' WHERE id = :id AND state IN ('waiting', 'running') RETURNING id"
    with store.writing() as db:
        if db.execute(asked, {"id": job_id}).fetchone() is not None:
            _end_items(db, job_id)
    sweep(store)


def cancel_all(store: Connections, chat: str, key: str) -> list[Job]:
    """End the jobs of a chat that are not over, once for a key; those that were ended, in order."""

    def change() -> list[int]:
        asked = """UPDATE jobs SET state = 'cancelled' WHERE chat = :chat AND state IN ('waiting', 'running')
            RETURNING id"""
        ids = sorted(int(row["id"]) for row in db.execute(asked, {"chat": chat}).fetchall())
        for job_id in ids:
            _end_items(db, job_id)
        return ids

    with store.writing() as db:
        found = [job(db, job_id) for job_id in acts.once(db, key, "cancel", change)]
    sweep(store)
    return [each for each in found if each is not None]


def finish(store: Connections, job_id: int) -> None:
    """End a job: failed when every item failed, else done. One that was cancelled stays so, and one with more to do."""
    asked = """
        UPDATE jobs SET state = CASE WHEN EXISTS (SELECT 1 FROM job_items WHERE job_id = :id)
            AND NOT EXISTS (SELECT 1 FROM job_items WHERE job_id = :id AND state <> 'failed')
            THEN 'failed' ELSE 'done' END
        WHERE id = :id AND state IN ('waiting', 'running')
            AND NOT EXISTS (SELECT 1 FROM job_items WHERE job_id = :id AND state IN ('waiting', 'running'))
    """
    with store.writing() as db:
        db.execute(asked, {"id": job_id})
    sweep(store)


def _end_items(db: Connection, job_id: int) -> None:
    asked = "UPDATE job_items SET state = 'cancelled' WHERE job_id = :id AND state IN ('waiting', 'running')"
    db.execute(asked, {"id": job_id})


def sweep(store: Connections) -> None:
    """Erase the payloads of items that are over, and jobs whose making was cut short."""
    over = """SELECT item_id, number FROM payloads JOIN job_items ON job_items.id = item_id
        WHERE state IN ('done', 'failed', 'cancelled') LIMIT 1"""
    erased = "DELETE FROM payloads WHERE item_id = :item_id AND number = :number"
    with store.reading() as db:
        found = db.execute(over).fetchone()
    while found is not None:
        with store.writing() as db:
            db.execute(erased, dict(found))
            found = db.execute(over).fetchone()
    _give_up(store)


def _give_up(store: Connections) -> None:
    values = {"before": times.stamp(datetime.now(UTC) - UNFINISHED)}
    which = "FROM jobs WHERE state = 'making' AND made_at < :before"
    with store.reading() as db:
        if db.execute(f"SELECT 1 {which}", values).fetchone() is None:
            return
    with store.writing() as db:
        db.execute(f"DELETE {which}", values)
