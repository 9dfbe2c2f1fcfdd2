"""Gives out quotations with all that is printed about who said them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from sqlite3 import Row

from analysis.model import QuoteKind, SpeakerKind
from store.connections import Connection
from store.model import Passage, StoredQuotation
from store.passages import Cutter
from store.records import What

SAID = (What.PART, What.MENTION, What.CUE, What.ATTRIBUTION, What.REPORTED_BY)

IN_STORY = """
    SELECT quotations.*, versions.article_id FROM quotations
    JOIN versions ON versions.id = quotations.version_id JOIN memberships USING (article_id)
    WHERE versions.newest = 1 AND memberships.story_id = :id
    ORDER BY versions.article_id, quotations.number
"""
BY_CAST = """
    SELECT DISTINCT quotations.*, versions.article_id FROM cast_people
    JOIN speakers USING (version_id, person)
    JOIN quotations ON quotations.version_id = speakers.version_id AND quotations.number = speakers.quotation
    JOIN versions ON versions.id = quotations.version_id
    WHERE cast_people.cast_id = :id AND versions.newest = 1
    ORDER BY versions.article_id, quotations.number
"""


def of_story(db: Connection, story_id: int) -> list[StoredQuotation]:
    """The quotations of a story's newest versions, in order of article and place."""
    return _quotations(db, db.execute(IN_STORY, {"id": story_id}).fetchall())


def of_cast(db: Connection, cast_id: int) -> list[StoredQuotation]:
    """What one member of a cast said, alone or with others."""
    return _quotations(db, db.execute(BY_CAST, {"id": cast_id}).fetchall())


def _quotations(db: Connection, rows: Sequence[Row]) -> list[StoredQuotation]:
    cutter, made = Cutter(db), []
    versions = sorted({row["version_id"] for row in rows})
    said = {version: _said(db, version) for version in versions}
    people = {version: _people(db, version) for version in versions}
    for row in rows:
        spans = {what: cutter.cut_all(said[row["version_id"]][row["number"], what]) for what in SAID}
        made.append(_quotation(row, spans, people[row["version_id"]][row["number"]]))
    return made


def _quotation(row: Row, spans: dict[What, list[Passage]], people: Sequence[int]) -> StoredQuotation:
    def first(what: What) -> Passage | None:
        return spans[what][0] if spans[what] else None

    return StoredQuotation(
        article_id=row["article_id"],
        parts=tuple(spans[What.PART]),
        kind=QuoteKind(row["kind"]),
        speaker=row["speaker"],
        speaker_kind=SpeakerKind(row["speaker_kind"]) if row["speaker_kind"] else None,
        people=tuple(people),
        mention=first(What.MENTION),
        cue=first(What.CUE),
        attribution=first(What.ATTRIBUTION),
        reported_by=first(What.REPORTED_BY),
        confidence=row["confidence"],
        words=row["words"],
    )


def _said(db: Connection, version_id: int) -> dict[tuple[int, What], list[Row]]:
    found: dict[tuple[int, What], list[Row]] = defaultdict(list)
    asked = """SELECT * FROM spans WHERE version_id = :id
        AND what IN ('part', 'mention', 'cue', 'attribution', 'reported_by') ORDER BY what, owner, number"""
    for row in db.execute(asked, {"id": version_id}):
        found[row["owner"], What(row["what"])].append(row)
    return found


def _people(db: Connection, version_id: int) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    asked = """SELECT quotation, cast_id FROM speakers JOIN cast_people USING (version_id, person)
        WHERE version_id = :id ORDER BY quotation, position"""
    for row in db.execute(asked, {"id": version_id}):
        if row["cast_id"] not in found[row["quotation"]]:
            found[row["quotation"]].append(row["cast_id"])
    return found
