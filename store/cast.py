"""Keeps the cast of each story: its people over all articles, under ids that last."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
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

MEMBERS = "SELECT * FROM cast_members WHERE story_id = :id"
SPANS = """
    SELECT spans.*, cast_id FROM cast_members JOIN cast_people ON cast_id = cast_members.id
    JOIN versions ON versions.id = cast_people.version_id
    JOIN spans ON spans.version_id = cast_people.version_id AND what = :what AND owner = cast_people.person
    WHERE story_id = :id AND newest = 1 ORDER BY article_id, spans.number
"""
ARTICLES = """
    SELECT cast_id, article_id FROM cast_members JOIN cast_people ON cast_id = cast_members.id
    JOIN versions ON versions.id = cast_people.version_id
    WHERE story_id = :id AND newest = 1 ORDER BY article_id, person
"""


Place = tuple[int, int]  # a version, and the number of a person in it
Told = tuple[str, str, str, float]  # name, kind, aliases, weight


@dataclass(frozen=True, slots=True)
class Worked:
    """A member as worked out, with the rows of ``people`` that it joins."""

    entry: CastEntry[int]
    rows: tuple[Row, ...]

    @property
    def told(self) -> Told:
        """What is kept of them; the weight is how much of the story is about them."""
        weight = float(sum(row["mentions"] + WEIGHT_OF_A_QUOTATION * row["quotations"] for row in self.rows))
        return self.entry.name, self.entry.kind, json.dumps(self.entry.aliases), weight

    @property
    def places(self) -> list[Place]:
        """The people of versions that they are."""
        return [(row["version_id"], row["number"]) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Kept:
    """A cast as it is kept: its members, who of which version they are, and in which articles under which names."""

    members: dict[int, Told]
    places: dict[Place, int]
    printed: dict[tuple[int, str], set[int]]


@dataclass(frozen=True, slots=True)
class Changes:
    """What makes a kept cast the one that was worked out."""

    gone: list[int]
    left: list[Place]
    told: dict[int, Told]
    joined: dict[Place, int]
    new: list[Worked]


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


def kept(db: Connection, story_id: int) -> Kept:
    """The cast of a story as it was worked out last."""
    members = "SELECT id, name, kind, aliases, weight FROM cast_members WHERE story_id = :story ORDER BY id"
    asked = """
        SELECT cast_id, cast_people.version_id, person, article_id, people.name FROM cast_people
        JOIN cast_members ON cast_members.id = cast_id
        JOIN people ON people.version_id = cast_people.version_id AND people.number = cast_people.person
        JOIN versions ON versions.id = people.version_id WHERE cast_members.story_id = :story
    """
    found = Kept({row["id"]: tuple(row)[1:] for row in db.execute(members, {"story": story_id})}, {}, defaultdict(set))
    for row in db.execute(asked, {"story": story_id}):
        found.places[row["version_id"], row["person"]] = row["cast_id"]
        found.printed[row["article_id"], _key(row["name"])].add(row["cast_id"])
    return found


_key = lru_cache(maxsize=4096)(key)


def changes(before: Kept, worked: Sequence[Worked]) -> Changes:
    """What is to be written; a member that was in the cast before keeps its id."""
    ids = _ids(before, worked)
    told = {id_: worked[at].told for at, id_ in ids.items()}
    places = {place: id_ for at, id_ in ids.items() for place in worked[at].places}
    there = places.keys() | {place for at, member in enumerate(worked) if at not in ids for place in member.places}
    return Changes(
        gone=[id_ for id_ in before.members if id_ not in told],
        left=[place for place in before.places if place not in there],
        told={id_: each for id_, each in told.items() if before.members[id_] != each},
        joined={place: id_ for place, id_ in places.items() if before.places.get(place) != id_},
        new=[member for at, member in enumerate(worked) if at not in ids],
    )


def _ids(before: Kept, worked: Sequence[Worked]) -> dict[int, int]:
    """Which new member keeps which id: that of the same name, else that of the same people in the same articles."""
    by_name: dict[str, set[int]] = defaultdict(set)
    for id_, (name, *_) in before.members.items():
        by_name[_key(name)].add(id_)
    pairs = []
    for at, member in enumerate(worked):
        same = by_name[_key(member.entry.name)]
        printed = {(row["article_id"], _key(row["name"])) for row in member.rows}
        shared = Counter(id_ for place in printed for id_ in before.printed.get(place, ()))
        pairs += [(id_ not in same, -shared[id_], id_, at) for id_ in same | shared.keys()]
    kept_: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, id_, at in sorted(pairs):
        if at not in kept_ and id_ not in taken:
            kept_[at] = id_
            taken.add(id_)
    return kept_


def change(db: Connection, story_id: int, made: Changes) -> None:
    """Write the changes of a story's cast."""
    db.executemany(
        "DELETE FROM cast_people WHERE version_id = :version AND person = :person",
        [{"version": version, "person": person} for version, person in made.left],
    )
    db.executemany(
        "UPDATE cast_members SET name = :name, kind = :kind, aliases = :aliases, weight = :weight WHERE id = :id",
        [{"id": id_, **_told(told)} for id_, told in made.told.items()],
    )
    added = """INSERT INTO cast_members (story_id, name, kind, aliases, weight)
        VALUES (:story, :name, :kind, :aliases, :weight) RETURNING id"""
    joined = dict(made.joined)
    for member in made.new:
        id_ = db.execute(added, {"story": story_id, **_told(member.told)}).fetchone()["id"]
        joined.update(dict.fromkeys(member.places, id_))
    db.executemany(
        """INSERT INTO cast_people (cast_id, version_id, person) VALUES (:cast, :version, :person)
            ON CONFLICT (version_id, person) DO UPDATE SET cast_id = excluded.cast_id""",
        [{"cast": id_, "version": version, "person": person} for (version, person), id_ in joined.items()],
    )
    db.executemany("DELETE FROM cast_members WHERE id = :id", [{"id": id_} for id_ in made.gone])


def _told(told: Told) -> dict[str, str | float]:
    return dict(zip(("name", "kind", "aliases", "weight"), told, strict=True))


def of_story(db: Connection, story_id: int) -> list[CastMember]:
    """The cast by weight, of the same weight in order of first appearance."""
    values = {"id": story_id}
    known = {row["id"]: row for row in db.execute(MEMBERS, values)}
    roles, mentions = _grouped(db, story_id, What.ROLE), _grouped(db, story_id, What.PERSON)
    articles: dict[int, list[int]] = defaultdict(list)
    for row in db.execute(ARTICLES, values):
        articles[row["cast_id"]].append(row["article_id"])
    rows = sorted((known[each] for each in articles), key=lambda row: -row["weight"])
    cutter = Cutter(db)
    return [
        CastMember(
            id=row["id"],
            name=row["name"],
            kind=SpeakerKind(row["kind"]),
            aliases=tuple(json.loads(row["aliases"])),
            roles=tuple(cutter.cut_all(roles[row["id"]])),
            mentions=tuple((cutter.cut(each), MentionKind(each["kind"])) for each in mentions[row["id"]]),
            articles=tuple(dict.fromkeys(articles[row["id"]])),
            weight=row["weight"],
        )
        for row in rows
    ]


def _grouped(db: Connection, story_id: int, what: What) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in db.execute(SPANS, {"id": story_id, "what": what}):
        found[row["cast_id"]].append(row)
    return found
