"""Keeps the cast of each story: its people over all articles, worked out anew whenever the story changes."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from sqlite3 import Row

from analysis.model import MentionKind, Person, SpeakerKind
from analysis.words import key
from store.connections import Connection
from store.model import CastMember
from store.passages import Cutter
from store.standins import merge

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


def redo(db: Connection, story_id: int) -> None:
    """Work out the cast; a member keeps the id of the one that had the same name."""
    rows = db.execute(PEOPLE, {"story": story_id}).fetchall()
    old = _ids_by_name(db, story_id)
    db.execute(
        "DELETE FROM cast_people WHERE cast_id IN (SELECT id FROM cast_members WHERE story_id = :story)",
        {"story": story_id},
    )
    for group in _groups(rows):
        _write(db, story_id, group, old)
    for left in (id_ for ids in old.values() for id_ in ids):
        db.execute("DELETE FROM cast_members WHERE id = :id", {"id": left})


def _groups(rows: Sequence[Row]) -> list[list[Row]]:
    by_place = {(row["article_id"], at): row for at, row in _numbered(rows)}
    casts: dict[int, list[Person]] = defaultdict(list)
    for row in rows:
        casts[row["article_id"]].append(_person(row))
    return [[by_place[place] for place in group] for group in merge(list(casts.items()))]


def _numbered(rows: Sequence[Row]) -> list[tuple[int, Row]]:
    seen: dict[int, int] = defaultdict(int)
    numbered = []
    for row in rows:
        numbered.append((seen[row["article_id"]], row))
        seen[row["article_id"]] += 1
    return numbered


def _person(row: Row) -> Person:
    aliases = tuple(json.loads(row["aliases"]))
    return Person(row["name"], SpeakerKind(row["kind"]), aliases, gender=row["gender"])


def _ids_by_name(db: Connection, story_id: int) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for row in db.execute("SELECT id, name FROM cast_members WHERE story_id = :story ORDER BY id", {"story": story_id}):
        found[key(row["name"])].append(row["id"])
    return found


def _write(db: Connection, story_id: int, group: Sequence[Row], old: dict[str, list[int]]) -> None:
    name, kind, aliases = _named(group)
    known = old.get(key(name))
    values = {
        "id": known.pop(0) if known else None,
        "story": story_id,
        "name": name,
        "kind": kind,
        "aliases": json.dumps(aliases),
        "weight": sum(row["mentions"] + WEIGHT_OF_A_QUOTATION * row["quotations"] for row in group),
    }
    asked = """
        INSERT INTO cast_members (id, story_id, name, kind, aliases, weight)
        VALUES (:id, :story, :name, :kind, :aliases, :weight)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind,
            aliases = excluded.aliases, weight = excluded.weight
        RETURNING id
    """
    cast_id = db.execute(asked, values).fetchone()["id"]
    db.executemany(
        "INSERT INTO cast_people (cast_id, version_id, person) VALUES (:cast, :version, :person)",
        [{"cast": cast_id, "version": row["version_id"], "person": row["number"]} for row in group],
    )


def _named(group: Sequence[Row]) -> tuple[str, str, list[str]]:
    """The fullest name, its kind, and the other printed names."""
    fullest = max(group, key=lambda row: (len(key(row["name"]).split()), row["mentions"]))
    printed = dict.fromkeys(name for row in group for name in (row["name"], *json.loads(row["aliases"])))
    return fullest["name"], fullest["kind"], [name for name in printed if name != fullest["name"]]


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
        SELECT spans.*, versions.article_id FROM cast_people
        JOIN spans ON spans.version_id = cast_people.version_id AND spans.owner = cast_people.person
        JOIN versions ON versions.id = spans.version_id
        WHERE cast_people.cast_id = :id AND spans.what IN ('role', 'person')
        ORDER BY versions.article_id, spans.number
    """
    spans = db.execute(asked, {"id": row["id"]}).fetchall()
    articles = """SELECT DISTINCT article_id FROM cast_people JOIN versions ON versions.id = version_id
        WHERE cast_id = :id ORDER BY article_id"""
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
