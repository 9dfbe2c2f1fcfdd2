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
from store.records import What

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

MEMBERS = "SELECT * FROM cast_members WHERE {which} ORDER BY weight DESC, id"
SPANS = """
    SELECT spans.*, cast_id FROM cast_members JOIN cast_people ON cast_id = cast_members.id
    JOIN versions ON versions.id = cast_people.version_id
    JOIN spans ON spans.version_id = cast_people.version_id AND what = :what AND owner = cast_people.person
    WHERE {which} AND newest = 1 ORDER BY article_id, spans.number
"""
ARTICLES = """
    SELECT DISTINCT cast_id, article_id FROM cast_members JOIN cast_people ON cast_id = cast_members.id
    JOIN versions ON versions.id = cast_people.version_id WHERE {which} AND newest = 1 ORDER BY article_id
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
    return _members(db, "story_id = :id", story_id)


def _members(db: Connection, which: str, of: int) -> list[CastMember]:
    values = {"id": of}
    rows = db.execute(MEMBERS.format(which=which), values).fetchall()
    roles, mentions = _grouped(db, which, of, What.ROLE), _grouped(db, which, of, What.PERSON)
    articles: dict[int, list[int]] = defaultdict(list)
    for row in db.execute(ARTICLES.format(which=which), values):
        articles[row["cast_id"]].append(row["article_id"])
    cutter = Cutter(db)
    return [
        CastMember(
            id=row["id"],
            name=row["name"],
            kind=SpeakerKind(row["kind"]),
            aliases=tuple(json.loads(row["aliases"])),
            roles=tuple(cutter.cut_all(roles[row["id"]])),
            mentions=tuple((cutter.cut(each), MentionKind(each["kind"])) for each in mentions[row["id"]]),
            articles=tuple(articles[row["id"]]),
            weight=row["weight"],
        )
        for row in rows
    ]


def _grouped(db: Connection, which: str, of: int, what: What) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in db.execute(SPANS.format(which=which), {"id": of, "what": what}):
        found[row["cast_id"]].append(row)
    return found
