"""Keeps loads as rows, so that a restart goes on where it stopped."""

from __future__ import annotations

from collections.abc import Sequence
from sqlite3 import Row

from store import times
from store.connections import Connection
from store.model import Job, JobItem, JobState

OVER = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


def new(db: Connection, chat: str, asked_by: str, items: Sequence[tuple[str, str, bytes]]) -> int:
    """Make a job with its items; the payloads are kept until their item is over."""
    values = {"chat": chat, "by": asked_by, "state": JobState.WAITING, "now": times.now()}
    made = "INSERT INTO jobs (chat, asked_by, state, made_at) VALUES (:chat, :by, :state, :now) RETURNING id"
    job_id = int(db.execute(made, values).fetchone()["id"])
    for kind, label, payload in items:
        _new_item(db, job_id, kind, label, payload)
    return job_id


def _new_item(db: Connection, job_id: int, kind: str, label: str, payload: bytes) -> None:
    stored = "INSERT INTO payloads (content, made_at) VALUES (:content, :now) RETURNING id"
    payload_id = db.execute(stored, {"content": payload, "now": times.now()}).fetchone()["id"]
    db.execute(
        """INSERT INTO job_items (job_id, kind, label, state, message, payload_id)
        VALUES (:job, :kind, :label, :state, '', :payload)""",
        {"job": job_id, "kind": kind, "label": label, "state": JobState.WAITING, "payload": payload_id},
    )


def job(db: Connection, job_id: int) -> Job | None:
    """One job with its items in order."""
    row = db.execute("SELECT * FROM jobs WHERE id = :id", {"id": job_id}).fetchone()
    return _job(db, row) if row else None


def open_jobs(db: Connection) -> list[Job]:
    """Jobs that are not over, oldest first."""
    asked = "SELECT * FROM jobs WHERE state IN ('waiting', 'running') ORDER BY id"
    return [_job(db, row) for row in db.execute(asked).fetchall()]


def _job(db: Connection, row: Row) -> Job:
    rows = db.execute("SELECT * FROM job_items WHERE job_id = :id ORDER BY id", {"id": row["id"]}).fetchall()
    items = tuple(
        JobItem(each["id"], each["kind"], each["label"], JobState(each["state"]), each["message"], each["article_id"])
        for each in rows
    )
    return Job(row["id"], row["chat"], row["asked_by"], JobState(row["state"]), items)


def payload(db: Connection, item_id: int) -> bytes:
    """What an item is to load. Raises ValueError when it is over and its payload erased."""
    asked = "SELECT content FROM payloads JOIN job_items ON payloads.id = payload_id WHERE job_items.id = :id"
    row = db.execute(asked, {"id": item_id}).fetchone()
    if row is None:
        raise ValueError(f"The item {item_id} has no payload any more.")
    return bytes(row["content"])


def set_item(db: Connection, item_id: int, state: JobState, message: str, article_id: int | None) -> None:
    """Tell where an item stands; the first one begins its job. Raises ValueError for an unknown item."""
    asked = """UPDATE job_items SET state = :state, message = :message, article_id = :article
        WHERE id = :id RETURNING job_id"""
    values = {"id": item_id, "state": state, "message": message, "article": article_id}
    row = db.execute(asked, values).fetchone()
    if row is None:
        raise ValueError(f"There is no item {item_id}.")
    if state in OVER:
        _erase(db, "id = :id", {"id": item_id})
    db.execute("UPDATE jobs SET state = 'running' WHERE id = :id AND state = 'waiting'", {"id": row["job_id"]})


def _erase(db: Connection, which: str, values: dict[str, int]) -> None:
    db.execute(f"DELETE FROM payloads WHERE id IN (SELECT payload_id FROM job_items WHERE {which})", values)  # noqa: S608


def cancel(db: Connection, job_id: int) -> None:
    """End a job that is not over; what was loaded stays, what waits is not loaded."""
    asked = "UPDATE jobs SET state = 'cancelled' WHERE id = :id AND state IN ('waiting', 'running') RETURNING id"
    if db.execute(asked, {"id": job_id}).fetchone() is not None:
        _end_items(db, job_id)


def finish(db: Connection, job_id: int) -> None:
    """End a job: failed when every item failed, else done. One that was cancelled stays so."""
    asked = """
        UPDATE jobs SET state = CASE WHEN EXISTS (SELECT 1 FROM job_items WHERE job_id = :id)
            AND NOT EXISTS (SELECT 1 FROM job_items WHERE job_id = :id AND state <> 'failed')
            THEN 'failed' ELSE 'done' END
        WHERE id = :id AND state IN ('waiting', 'running') RETURNING id
    """
    if db.execute(asked, {"id": job_id}).fetchone() is not None:
        _end_items(db, job_id)


def _end_items(db: Connection, job_id: int) -> None:
    db.execute(
        "UPDATE job_items SET state = 'cancelled' WHERE job_id = :id AND state IN ('waiting', 'running')",
        {"id": job_id},
    )
    _erase(db, "job_id = :id", {"id": job_id})
