"""Puts a new reading of a stored version in the place of the one before, whole or not at all."""

from __future__ import annotations

import json
from datetime import datetime
from sqlite3 import Row

from analysis import ANALYSIS_VERSION
from store import articles, corrections, grouping, readings, search, sketches, stories
from store.connections import Connection
from store.model import Article
from store.prepared import Prepared


def article(db: Connection, version_id: int) -> Article | None:
    """A version as it was loaded, ready to be read again."""
    row = db.execute("SELECT * FROM versions WHERE id = :id", {"id": version_id}).fetchone()
    return _article(row) if row else None


def _article(row: Row) -> Article:
    return Article(
        headline=row["headline"],
        body=row["body"],
        captions=tuple(row["captions"].split("\n")) if row["captions"] else (),
        subheadings=tuple(json.loads(row["subheadings"])),
        outlet=row["outlet"],
        authors=tuple(json.loads(row["authors"])),
        published=datetime.fromisoformat(row["published"]) if row["published"] else None,
        url=row["url"],
        language=row["language"],
        source=row["source"],
    )


def put(db: Connection, version_id: int, new: Prepared) -> int | None:
    """Replace what was read in a version; its story, or None where it is no longer the newest version."""
    asked = "SELECT article_id, fingerprint FROM versions WHERE id = :id AND newest = 1"
    known = db.execute(asked, {"id": version_id}).fetchone()
    if known is None:
        return None
    search.forget(db, version_id)
    sketches.forget(db, version_id)
    grouping.forget(db, known["article_id"], grouping.loaded(known["fingerprint"]))
    for table in ("speakers", "spans", "quotations", "people"):
        db.execute(f"DELETE FROM {table} WHERE version_id = :id", {"id": version_id})  # noqa: S608 - names of ours
    db.execute(
        """UPDATE versions SET remarks = :remarks, reading_version = :reading, fingerprint = :fingerprint,
            words_hash = :words, reading_hash = :hash WHERE id = :id""",
        {
            "id": version_id,
            "remarks": json.dumps(new.remarks),
            "reading": ANALYSIS_VERSION,
            "fingerprint": new.fingerprint.dump(),
            "words": new.words_hash,
            "hash": new.reading_hash,
        },
    )
    readings.write(db, version_id, new.records)
    search.learn(db, version_id, new.windows)
    sketches.learn(db, version_id, new.sketches)
    grouping.learn(db, known["article_id"], new.fingerprint)
    corrections.renew(db, known["article_id"])
    story_id = stories.of_article(db, known["article_id"])
    stories.redo(db, story_id)
    articles.changed(db)
    return story_id
