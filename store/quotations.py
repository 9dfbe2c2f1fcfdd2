"""Gives out quotations with all that is printed about who said them, and with what admins say about that."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from sqlite3 import Row

from analysis.document import Field
from analysis.model import QuoteKind, Span, SpeakerKind
from analysis.words import key
from store import correcting, corrections, stories
from store.connections import Connection
from store.model import Correction, Passage, StoredQuotation
from store.passages import Cutter
from store.records import What

SAID = (What.PART, What.MENTION, What.CUE, What.ATTRIBUTION, What.REPORTED_BY)

IN_STORY = """
    SELECT quotations.*, versions.article_id FROM quotations
    JOIN versions ON versions.id = quotations.version_id JOIN memberships USING (article_id)
    WHERE versions.newest = 1 AND memberships.story_id = :id
    ORDER BY versions.article_id, quotations.number
"""
IN_VERSION = """
    SELECT quotations.*, versions.article_id FROM quotations
    JOIN versions ON versions.id = quotations.version_id
    WHERE versions.id = :id ORDER BY quotations.number
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
    read = _quotations(db, db.execute(IN_STORY, {"id": story_id}).fetchall())
    return _shown(db, read, story_id, corrections.of_story(db, story_id))


def of_cast(db: Connection, cast_id: int) -> list[StoredQuotation]:
    """What one member of a cast said, alone or with others."""
    row = db.execute("SELECT story_id FROM cast_members WHERE id = :id", {"id": cast_id}).fetchone()
    if row is not None and corrections.of_story(db, row["story_id"]):
        return [said for said in of_story(db, row["story_id"]) if cast_id in said.people]
    return _quotations(db, db.execute(BY_CAST, {"id": cast_id}).fetchall())


def at(db: Connection, place: Passage, *, as_read: bool) -> StoredQuotation | None:
    """The quotation of just this place, else the one with most of it; ``as_read``: before all corrections."""
    read = _of_version(db, place.version_id)
    story_id = stories.membership(db, read[0].article_id) if read else None
    if story_id is None:
        return None
    shown = read if as_read else _shown(db, read, story_id, corrections.of_story(db, story_id))
    return _at(shown, place.field, place.span)


def holding(db: Connection, read: StoredQuotation) -> list[Correction]:
    """The corrections that hold for a quotation, the closest first."""
    known = corrections.of_story(db, stories.of_article(db, read.article_id))
    beside, place = _of_version(db, read.parts[0].version_id), correcting.whole(read.parts)
    pairs = correcting.holding_for(beside, known, Cutter(db).text)
    same = (found for said, found in pairs if correcting.whole(said.parts) == place and said.words == read.words)
    return next(same, [])


def _of_version(db: Connection, version_id: int) -> list[StoredQuotation]:
    return _quotations(db, db.execute(IN_VERSION, {"id": version_id}).fetchall())


def _at(quotations: Sequence[StoredQuotation], name: Field, span: Span) -> StoredQuotation | None:
    spoken = (said for said in quotations if said.speech and said.parts[0].field is name)
    here = [said for said in spoken if correcting.whole(said.parts).meets(span)]
    found = [(_distance(said, span), at) for at, said in enumerate(here) if _shared(said, span)]
    return here[min(found)[1]] if found else None


def _distance(said: StoredQuotation, span: Span) -> tuple[bool, int, int]:
    place = correcting.whole(said.parts)
    return place != span, -_shared(said, span), place.end - place.start


def _shared(said: StoredQuotation, span: Span) -> int:
    """Code points of the span that are the quotation's."""
    return sum(max(0, min(part.span.end, span.end) - max(part.span.start, span.start)) for part in said.parts)


def _shown(
    db: Connection, read: Sequence[StoredQuotation], story_id: int, known: Sequence[Correction]
) -> list[StoredQuotation]:
    return correcting.corrected(read, known, _named(db, story_id), Cutter(db).text) if known else list(read)


def _named(db: Connection, story_id: int) -> list[correcting.Named]:
    rows = db.execute("SELECT id, name, aliases FROM cast_members WHERE story_id = :id", {"id": story_id})
    return [
        correcting.Named(row["id"], key(row["name"]), frozenset(map(key, json.loads(row["aliases"])))) for row in rows
    ]


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
        speech=bool(row["speech"]),
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
