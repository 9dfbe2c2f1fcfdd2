"""Gives out quotations with all that is printed about who said them, and every article that prints the same words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from sqlite3 import Row

from analysis.document import Field
from analysis.model import QuoteKind, SpeakerKind
from analysis.words import Token, find, key, tokens
from store import articles
from store.connections import Connection
from store.model import ArticleRow, Passage, StoredQuotation
from store.passages import Cutter
from store.records import What

SAID = (What.PART, What.MENTION, What.CUE, What.ATTRIBUTION, What.REPORTED_BY)
MOST_PLACES = 50  # of one part in one article, when places are combined

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


def carriers(db: Connection, story_id: int, parts: Sequence[Passage]) -> list[tuple[ArticleRow, tuple[Passage, ...]]]:
    """Each newest version in the story that prints the same words in the same order; the passage's own article first.

    Raises ValueError for no parts, parts of several versions, or a span that is out of range.
    """
    own = _own_version(parts)
    cutter = Cutter(db)
    cut = tuple(cutter.checked(part) for part in parts)
    wanted = [(part.field, key(part.text), tokens(part.text)) for part in cut]
    found, first = [], articles.version(db, own)
    if first is not None:
        found.append((first, cut))
    for row in articles.of_story(db, story_id):
        if first is not None and row.id == first.id:
            continue
        places = _places(cutter, row.version_id, wanted)
        if places is not None:
            found.append((row, places))
    return found


def _own_version(parts: Sequence[Passage]) -> int:
    versions = {part.version_id for part in parts}
    if len(versions) != 1:
        raise ValueError("The parts of a quotation are of one article version.")
    return versions.pop()


Wanted = tuple[Field, str, list[Token]]


def _places(cutter: Cutter, version_id: int, wanted: Sequence[Wanted]) -> tuple[Passage, ...] | None:
    """The best place of each part, None where one is not printed in this version."""
    choices = []
    for name, words, needle in wanted:
        fields = sorted(Field, key=lambda each: each != name)
        places = [place for each in fields for place in _printed(cutter, version_id, each, words, needle)]
        if not places:
            return None
        choices.append(places[:MOST_PLACES])
    return _in_order(choices, [name for name, _, _ in wanted])


def _printed(cutter: Cutter, version_id: int, name: Field, words: str, needle: list[Token]) -> list[Passage]:
    if not words or f" {words} " not in f" {cutter.key(version_id, name)} ":
        return []
    text = cutter.text(version_id, name)
    return [Passage(version_id, name, span, span.cut(text)) for span in find(needle, cutter.tokens(version_id, name))]


def _in_order(choices: Sequence[Sequence[Passage]], names: Sequence[Field]) -> tuple[Passage, ...]:
    """Parts in one field, one after the other and close together, where there is a choice."""
    best: list[Passage] = []
    for places, name in zip(choices, names, strict=True):
        best.append(min(places, key=lambda place: _cost(place, name, best[-1] if best else None)))
    return tuple(best)


def _cost(place: Passage, name: Field, before: Passage | None) -> tuple[bool, bool, int]:
    if before is None:
        return (place.field != name, False, place.span.start)
    apart = place.field != before.field
    gap = place.span.start - before.span.end
    return (place.field != name, apart or gap < 0, abs(gap))
