"""Keeps sketches of the paragraphs of newest versions, and finds by them which paragraphs are worth comparing."""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterable, Sequence
from sqlite3 import Row

from analysis.sketches import Sketch, sketches
from store.connections import Connection, Connections

MOST_SHARING = 512  # paragraphs that are looked up for one hash, the newest first; a stock phrase has thousands
RARE = 64  # paragraphs; a hash that more of them share is no reason by itself to compare two
MOST_COMPARED = 64  # paragraphs with one paragraph, those that share most hashes first
BATCH = 10  # versions sketched in one write: about 2 ms each for 30 paragraphs
LATE = 3  # versions of an older file that are sketched beside each article that is added


def catch_up(store: Connections, story_id: int) -> None:
    """Sketch the versions of a story that an older program stored."""
    asked = """SELECT versions.id FROM versions JOIN memberships USING (article_id)
        WHERE newest = 1 AND sketched = 0 AND story_id = :story"""
    with store.reading() as db:
        ids = [row["id"] for row in db.execute(asked, {"story": story_id})]
    for at in range(0, len(ids), BATCH):
        with store.writing() as db:
            for version_id in ids[at : at + BATCH]:
                _sketch(db, version_id)


def late(store: Connections) -> None:
    """Sketch a few versions of a file of an older program, so that in time all are."""
    asked = "SELECT id FROM versions WHERE newest = 1 AND sketched = 0 ORDER BY id DESC LIMIT :most"
    with store.reading() as db:
        rows = db.execute(asked, {"most": LATE}).fetchall()
    if rows:
        with store.writing() as db:
            for row in rows:
                _sketch(db, row["id"])


def _sketch(db: Connection, version_id: int) -> None:
    """Sketch a version that has no sketches, if it is still the newest one."""
    asked = "SELECT body FROM versions WHERE id = :id AND newest = 1 AND sketched = 0"
    row = db.execute(asked, {"id": version_id}).fetchone()
    if row is not None:
        learn(db, version_id, sketches(row["body"]))


def learn(db: Connection, version_id: int, made: Sequence[Sketch]) -> None:
    """Keep the sketches of a version."""
    kept = """INSERT INTO paragraphs (version_id, number, start, stop, minima)
        VALUES (:version, :number, :start, :stop, :minima) RETURNING id"""
    rows: list[dict[str, int]] = []
    for number, sketch in enumerate(made):
        values = {"version": version_id, "number": number, "start": sketch.span.start, "stop": sketch.span.end}
        row = db.execute(kept, {**values, "minima": packed(sketch.minima)}).fetchone()
        rows += [{"hash": each, "paragraph": row["id"]} for each in sketch.minima]
    db.executemany("INSERT INTO minima (hash, paragraph_id) VALUES (:hash, :paragraph)", rows)
    db.execute("UPDATE versions SET sketched = 1 WHERE id = :id", {"id": version_id})


def forget(db: Connection, version_id: int) -> None:
    """Take a version's sketches away."""
    values = {"id": version_id}
    rows = db.execute("SELECT id, minima FROM paragraphs WHERE version_id = :id", values).fetchall()
    gone = [{"hash": each, "paragraph": row["id"]} for row in rows for each in unpacked(row["minima"])]
    db.executemany("DELETE FROM minima WHERE hash = :hash AND paragraph_id = :paragraph", gone)
    db.execute("DELETE FROM paragraphs WHERE version_id = :id", values)
    db.execute("UPDATE versions SET sketched = 0 WHERE id = :id", values)


def packed(hashes: Sequence[int]) -> bytes:
    """Hashes as they are kept: 8 bytes each."""
    return struct.pack(f">{len(hashes)}q", *hashes)


def unpacked(kept: bytes) -> tuple[int, ...]:
    """The hashes of ``packed``."""
    return struct.unpack(f">{len(kept) // 8}q", kept)


def candidates(db: Connection, hashes: Iterable[int]) -> list[Row]:
    """Paragraphs worth comparing with one of these hashes: they share a rare one, or two; at most MOST_COMPARED."""
    asked = "SELECT paragraph_id FROM minima WHERE hash = :hash ORDER BY paragraph_id DESC LIMIT :most"
    shared, rare = Counter[int](), set[int]()
    for each in hashes:
        ids = [row["paragraph_id"] for row in db.execute(asked, {"hash": each, "most": MOST_SHARING})]
        shared.update(ids)
        rare.update(ids if len(ids) <= RARE else ())
    worth = [each for each in shared if each in rare or shared[each] > 1]
    chosen = sorted(worth, key=lambda each: (-shared[each], each not in rare, -each))[:MOST_COMPARED]
    one = "SELECT id, version_id, start, stop FROM paragraphs WHERE id = :id"
    rows = [db.execute(one, {"id": each}).fetchone() for each in chosen]
    return [row for row in rows if row is not None]
