"""Keeps the cast of each story: its people over all articles, worked out anew whenever the story changes.

Working it out takes longer than a write may, so it is done from a snapshot, and kept only if the story is still
the same then; whoever changed the story meanwhile works it out after that change.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from sqlite3 import Row

from analysis.casts import CastEntry, merge
from analysis.model import Mention, MentionKind, Person, Span, SpeakerKind
from analysis.words import key
from store.connections import Connection, Connections
from store.model import CastMember
from store.passages import Cutter

WEIGHT_OF_A_QUOTATION = 3.0  # against 1 for a mention: who speaks comes before who is only named

PEOPLE = """
    SELECT people.*, versions.article_id,
        (SELECT count(*) FROM spans WHERE spans.version_id = people.version_id AND what = 'person'
            AND owner = people.number) AS mentions,
        (SELECT count(*) FROM speakers WHERE speakers.version_id = people.version_id
            AND person = people.number) AS quotations
    FROM people JOIN versions ON versions.id = people.version_id JOIN memberships USING (article_id)
    WHERE versions.newest = 1 AND memberships.story_id = :story
    ORDER BY versions.article_id, people.number
"""


@dataclass(frozen=True, slots=True)
class Worked:
    """A member as worked out, with the rows of ``people`` that it joins."""

    entry: CastEntry[int]
    rows: tuple[Row, ...]

    @property
    def weight(self) -> float:
        """How much of the story is about them."""
        return float(sum(row["mentions"] + WEIGHT_OF_A_QUOTATION * row["quotations"] for row in self.rows))

    @property
    def printed(self) -> set[tuple[int, str]]:
        """Each article with the name it prints: what tells the same person in an older cast."""
        return {(row["article_id"], key(row["name"])) for row in self.rows}


def redo(store: Connections, story_id: int) -> None:
    """Work out a story's cast, unless it is up to date."""
    with store.reading() as db:
        found = db.execute("SELECT * FROM stories WHERE id = :id", {"id": story_id}).fetchone()
        if found is None or found["revision"] == found["cast_revision"]:
            return
        rows = db.execute(PEOPLE, {"story": story_id}).fetchall()
    worked = _worked(rows)
    with store.writing() as db:
        _keep(db, story_id, found["revision"], worked)


def redo_all(store: Connections) -> None:
    """Work out each cast that a crash left behind."""
    with store.reading() as db:
        rows = db.execute("SELECT id FROM stories WHERE revision <> cast_revision").fetchall()
    for row in rows:
        redo(store, row["id"])


def _worked(rows: Sequence[Row]) -> list[Worked]:
    people: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        people[row["article_id"]].append(row)
    merged = merge([(article, [_person(row) for row in each]) for article, each in people.items()])
    return [Worked(entry, tuple(people[article][at] for article, at in entry.members)) for entry in merged]


def _person(row: Row) -> Person:
    """The person with as many mentions as there are; where they stand does not matter here."""
    mentions = (Mention(Span(0, 0), MentionKind.NAME),) * row["mentions"]
    aliases = tuple(json.loads(row["aliases"]))
    return Person(row["name"], SpeakerKind(row["kind"]), aliases, (), mentions, row["gender"])


def _keep(db: Connection, story_id: int, revision: int, worked: Sequence[Worked]) -> None:
    current = "UPDATE stories SET cast_revision = :revision WHERE id = :id AND revision = :revision RETURNING id"
    if db.execute(current, {"id": story_id, "revision": revision}).fetchone() is None:
        return
    ids = _ids(_old(db, story_id), worked)
    of_story = "SELECT id FROM cast_members WHERE story_id = :story"
    db.execute(f"DELETE FROM cast_people WHERE cast_id IN ({of_story})", {"story": story_id})  # noqa: S608 - above
    for at, member in enumerate(worked):
        _write(db, story_id, ids.get(at), member)
    gone = "DELETE FROM cast_members WHERE story_id = :story AND id NOT IN (SELECT cast_id FROM cast_people)"
    db.execute(gone, {"story": story_id})


Old = tuple[int, str, set[tuple[int, str]]]  # id, key of the name, each article with the name it prints


def _old(db: Connection, story_id: int) -> list[Old]:
    names = db.execute("SELECT id, name FROM cast_members WHERE story_id = :story ORDER BY id", {"story": story_id})
    asked = """
        SELECT cast_id, article_id, people.name FROM cast_people JOIN cast_members ON cast_members.id = cast_id
        JOIN people ON people.version_id = cast_people.version_id AND people.number = cast_people.person
        JOIN versions ON versions.id = people.version_id WHERE cast_members.story_id = :story
    """
    printed: dict[int, set[tuple[int, str]]] = defaultdict(set)
    for row in db.execute(asked, {"story": story_id}):
        printed[row["cast_id"]].add((row["article_id"], key(row["name"])))
    return [(row["id"], key(row["name"]), printed[row["id"]]) for row in names.fetchall()]


def _ids(old: Sequence[Old], worked: Sequence[Worked]) -> dict[int, int]:
    """Which new member keeps which id: that of the same name, else that of the same people in the same articles."""
    pairs = []
    for at, member in enumerate(worked):
        name, printed = key(member.entry.name), member.printed
        for id_, old_name, old_printed in old:
            same, shared = name == old_name, len(printed & old_printed)
            if same or shared:
                pairs.append((not same, -shared, id_, at))
    kept: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, id_, at in sorted(pairs):
        if at not in kept and id_ not in taken:
            kept[at] = id_
            taken.add(id_)
    return kept


def _write(db: Connection, story_id: int, cast_id: int | None, member: Worked) -> None:
    values = {
        "id": cast_id,
        "story": story_id,
        "name": member.entry.name,
        "kind": member.entry.kind,
        "aliases": json.dumps(member.entry.aliases),
        "weight": member.weight,
    }
    made = """INSERT INTO cast_members (story_id, name, kind, aliases, weight)
        VALUES (:story, :name, :kind, :aliases, :weight) RETURNING id"""
    changed = """UPDATE cast_members SET name = :name, kind = :kind, aliases = :aliases, weight = :weight
        WHERE id = :id RETURNING id"""
    written = db.execute(made if cast_id is None else changed, values).fetchone()["id"]
    db.executemany(
        "INSERT INTO cast_people (cast_id, version_id, person) VALUES (:cast, :version, :person)",
        [{"cast": written, "version": row["version_id"], "person": row["number"]} for row in member.rows],
    )


def of_story(db: Connection, story_id: int) -> list[CastMember]:
    """The cast by weight."""
    asked = "SELECT * FROM cast_members WHERE story_id = :story ORDER BY weight DESC, id"
    cutter = Cutter(db)
    return [_member(db, cutter, row) for row in db.execute(asked, {"story": story_id}).fetchall()]


def member(db: Connection, cast_id: int) -> CastMember | None:
    """One member of a cast."""
    row = db.execute("SELECT * FROM cast_members WHERE id = :id", {"id": cast_id}).fetchone()
    return _member(db, Cutter(db), row) if row else None


def _member(db: Connection, cutter: Cutter, row: Row) -> CastMember:
    asked = """
        SELECT spans.* FROM cast_people JOIN versions ON versions.id = cast_people.version_id
        JOIN spans ON spans.version_id = cast_people.version_id AND spans.owner = cast_people.person
        WHERE cast_people.cast_id = :id AND versions.newest = 1 AND spans.what IN ('role', 'person')
        ORDER BY versions.article_id, spans.number
    """
    articles = """SELECT DISTINCT article_id FROM cast_people JOIN versions ON versions.id = version_id
        WHERE cast_id = :id AND newest = 1 ORDER BY article_id"""
    spans = db.execute(asked, {"id": row["id"]}).fetchall()
    mentions = [span for span in spans if span["what"] == "person"]
    return CastMember(
        id=row["id"],
        name=row["name"],
        kind=SpeakerKind(row["kind"]),
        aliases=tuple(json.loads(row["aliases"])),
        roles=tuple(cutter.cut_all(span for span in spans if span["what"] == "role")),
        mentions=tuple((cutter.cut(span), MentionKind(span["kind"])) for span in mentions),
        articles=tuple(found["article_id"] for found in db.execute(articles, {"id": row["id"]})),
        weight=row["weight"],
    )
