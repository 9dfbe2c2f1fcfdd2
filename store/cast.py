"""Keeps the cast of each story: its people over all articles, under ids that last."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from sqlite3 import Row

from analysis.casts import CastEntry, merge
from analysis.model import Mention, MentionKind, Person, Span, SpeakerKind
from analysis.words import key
from store.connections import Connection
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


def people(db: Connection, story_id: int) -> list[Row]:
    """The people of a story's articles as each article has them."""
    return list(db.execute(PEOPLE, {"story": story_id}))


def work_out(rows: Sequence[Row]) -> list[Worked]:
    """Who is the same person in several articles."""
    by_article: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_article[row["article_id"]].append(row)
    merged = merge([(article, [_person(row) for row in each]) for article, each in by_article.items()])
    return [Worked(entry, tuple(by_article[article][at] for article, at in entry.members)) for entry in merged]


def _person(row: Row) -> Person:
    """The person with as many mentions as there are; where they stand does not matter here."""
    mentions = (Mention(Span(0, 0), MentionKind.NAME),) * row["mentions"]
    aliases = tuple(json.loads(row["aliases"]))
    return Person(row["name"], SpeakerKind(row["kind"]), aliases, (), mentions, row["gender"])


def keep(db: Connection, story_id: int, worked: Sequence[Worked]) -> None:
    """Keep a cast; a member that was in the one before keeps its id."""
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
    by_name, by_place = defaultdict(set), defaultdict(set)
    for id_, name, printed in old:
        by_name[name].add(id_)
        for place in printed:
            by_place[place].add(id_)
    pairs = []
    for at, member in enumerate(worked):
        same = by_name[key(member.entry.name)]
        shared = Counter(id_ for place in member.printed for id_ in by_place[place])
        pairs += [(id_ not in same, -shared[id_], id_, at) for id_ in same | shared.keys()]
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
