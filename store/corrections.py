"""Keeps what admins say about quotations, on the place and the words that it is about."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from sqlite3 import Row

from analysis.document import Field
from analysis.model import QuoteKind, Span, SpeakerKind
from store import correcting, records, stories, times
from store.connections import Connection
from store.model import Correction, StoredQuotation, Verdict
from store.passages import Cutter

COLUMNS = "SELECT corrections.*, article_id FROM corrections JOIN versions ON versions.id = version_id"


def of_story(db: Connection, story_id: int) -> list[Correction]:
    """All that hold for a story, on whatever version of its articles they were made."""
    asked = f"{COLUMNS} JOIN memberships USING (article_id) WHERE story_id = :story ORDER BY corrections.id"
    return _corrections(db, db.execute(asked, {"story": story_id}).fetchall())


def every(db: Connection) -> list[Correction]:
    """All corrections, oldest first."""
    return _corrections(db, db.execute(f"{COLUMNS} ORDER BY corrections.id").fetchall())


def put(
    db: Connection,
    read: StoredQuotation,
    verdict: Verdict,
    speaker: str | None,
    speaker_kind: SpeakerKind | None,
    set_by: str,
) -> None:
    """Say what is right about a quotation, as the analysis read it; it takes the place of what was said before.

    Raises ValueError for a verdict without its speaker, and for a place that is not in the store.
    """
    if (verdict is Verdict.SPEAKER) != bool(speaker):
        raise ValueError("Somebody is to be named just where the verdict is about the speaker.")
    cutter, first, span = Cutter(db), read.parts[0], correcting.whole(read.parts)
    parts = [cutter.checked(part) for part in read.parts if part.field is first.field]
    text = cutter.text(first.version_id, first.field)
    values = {
        "version": first.version_id,
        "field": first.field,
        "start": span.start,
        "stop": span.end,
        "parts": json.dumps([part.span for part in parts]),
        "kind": read.kind,
        "words": records.words_of(part.text for part in parts),
        "context": correcting.context(parts, text),
        "checksum": records.checksum(first.field, span, span.cut(text)),
        "given": read.speaker,
        "verdict": verdict,
        "speaker": speaker,
        "speaker_kind": speaker_kind if speaker else None,
        "by": set_by,
        "at": times.now(),
    }
    _supersede(db, read.article_id, values)
    db.execute(
        """INSERT INTO corrections (version_id, field, start, stop, parts, kind, words, context, checksum, given,
            verdict, speaker, speaker_kind, set_by, set_at)
        VALUES (:version, :field, :start, :stop, :parts, :kind, :words, :context, :checksum, :given,
            :verdict, :speaker, :speaker_kind, :by, :at)""",
        values,
    )


def _supersede(db: Connection, article_id: int, values: dict[str, object]) -> None:
    """Forget what was said before of this place, and of the same saying in other articles of the story."""
    same_place = """DELETE FROM corrections WHERE version_id = :version AND field = :field
        AND ((start = :start AND stop = :stop) OR (words = :words AND start < :stop AND stop > :start))"""
    db.execute(same_place, values)
    elsewhere = """DELETE FROM corrections WHERE words = :words AND (context = :context OR :telling = 1)
        AND version_id IN (SELECT id FROM versions JOIN memberships USING (article_id)
            WHERE story_id = :story AND article_id <> :article)"""
    more = {
        "telling": int(correcting.is_telling(str(values["words"]))),
        "story": stories.of_article(db, article_id),
        "article": article_id,
    }
    db.execute(elsewhere, {**values, **more})


def remove(db: Connection, ids: Sequence[int]) -> None:
    """Forget corrections."""
    db.executemany("DELETE FROM corrections WHERE id = :id", [{"id": each} for each in ids])


def renew(db: Connection, article_id: int) -> None:
    """Compare the words of an article's corrections as the present analysis compares words."""
    rows = db.execute(f"{COLUMNS} WHERE article_id = :article", {"article": article_id}).fetchall()
    cutter = Cutter(db)
    db.executemany(
        "UPDATE corrections SET words = :words, context = :context WHERE id = :id",
        [
            {
                "id": each.id,
                "words": records.words_of(part.text for part in each.parts),
                "context": correcting.context(each.parts, cutter.text(each.parts[0].version_id, each.parts[0].field)),
            }
            for each in _corrections(db, rows)
        ],
    )


def _corrections(db: Connection, rows: Sequence[Row]) -> list[Correction]:
    cutter = Cutter(db)
    return [_correction(row, cutter) for row in rows]


def _correction(row: Row, cutter: Cutter) -> Correction:
    name = Field(row["field"])
    spans = (Span(*each) for each in json.loads(row["parts"]))
    return Correction(
        id=row["id"],
        article_id=row["article_id"],
        parts=tuple(cutter.at(row["version_id"], name, span) for span in spans),
        kind=QuoteKind(row["kind"]),
        words=row["words"],
        context=row["context"],
        given=row["given"],
        verdict=Verdict(row["verdict"]),
        speaker=row["speaker"],
        speaker_kind=SpeakerKind(row["speaker_kind"]) if row["speaker_kind"] else None,
        set_at=datetime.fromisoformat(row["set_at"]),
    )
