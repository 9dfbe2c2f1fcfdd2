"""Keeps which passages readers call wrong, until an admin decides."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from analysis.document import Field
from analysis.model import Span
from store import correcting, stories, times
from store.connections import Connection
from store.model import OpenReport, Passage, Reported, StoredQuotation
from store.passages import Cutter

MOST_A_DAY = 20
"""Most reports of one reader in 24 hours."""

MOST_TOLD = 30
"""Most passages in an hour that admins get a message about; all are listed for them."""

LONGEST = 64
"""Most characters of a reader's id."""


def add(db: Connection, said: StoredQuotation, reader: str) -> Reported:
    """Keep that a reader calls a quotation, as it was shown, wrong. Raises ValueError for a place that is nowhere."""
    first, span = said.parts[0], correcting.whole(said.parts)
    Cutter(db).checked(Passage(first.version_id, first.field, span, ""))
    values = {
        "version": first.version_id,
        "field": first.field,
        "start": span.start,
        "stop": span.end,
        "words": said.words,
        "shown": said.speaker,
        "reader": reader[:LONGEST],
        "now": times.now(),
        "day": times.stamp(datetime.now(UTC) - timedelta(days=1)),
        "hour": times.stamp(datetime.now(UTC) - timedelta(hours=1)),
    }
    place = "version_id = :version AND field = :field AND start = :start AND stop = :stop"

    def count(which: str) -> int:
        asked = f"SELECT count(*) AS n FROM reports WHERE {which}"  # noqa: S608 - one of the lines below
        return int(db.execute(asked, values).fetchone()["n"])

    if count(f"{place} AND reader = :reader"):
        return Reported.ALREADY
    if count("reader = :reader AND reported_at > :day") >= MOST_A_DAY:
        return Reported.TOO_MANY
    known = count(f"{place} AND state = 'open'") or count("state = 'open' AND reported_at > :hour") >= MOST_TOLD
    db.execute(
        """INSERT INTO reports (version_id, field, start, stop, words, shown, reader, reported_at, state)
        VALUES (:version, :field, :start, :stop, :words, :shown, :reader, :now, 'open')""",
        values,
    )
    return Reported.KEPT if known else Reported.FIRST


def open_reports(db: Connection) -> list[OpenReport]:
    """The passages that wait for an admin, those that most readers call wrong first."""
    asked = """
        SELECT article_id, version_id, field, start, stop, max(shown) AS shown, count(*) AS readers,
            min(reported_at) AS since
        FROM reports JOIN versions ON versions.id = version_id WHERE state = 'open'
        GROUP BY article_id, version_id, field, start, stop ORDER BY readers DESC, since, version_id, start
    """
    cutter = Cutter(db)
    return [
        OpenReport(
            row["article_id"], cutter.cut(row), row["shown"], row["readers"], datetime.fromisoformat(row["since"])
        )
        for row in db.execute(asked).fetchall()
    ]


def close(db: Connection, version_id: int, name: Field, span: Span) -> None:
    """Let the reports of a place wait no longer."""
    closed = """UPDATE reports SET state = 'closed' WHERE state = 'open'
        AND version_id = :version AND field = :field AND start = :start AND stop = :stop"""
    db.execute(closed, {"version": version_id, "field": name, "start": span.start, "stop": span.end})


def close_same(db: Connection, said: StoredQuotation) -> None:
    """The same for all places in the story where the same saying was reported."""
    first = said.parts[0]
    close(db, first.version_id, first.field, correcting.whole(said.parts))
    closed = """UPDATE reports SET state = 'closed' WHERE state = 'open' AND words = :words
        AND version_id IN (SELECT id FROM versions JOIN memberships USING (article_id) WHERE story_id = :story)"""
    if correcting.is_telling(said.words):
        db.execute(closed, {"words": said.words, "story": stories.of_article(db, said.article_id)})
