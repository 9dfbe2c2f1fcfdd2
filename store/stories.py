"""Keeps which articles tell of the same events; membership can be redone at any time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from sqlite3 import Row

from store import times
from store.connections import Connection
from store.model import Story
from store.standins import same_story

NEWEST = """
    SELECT article_id, headline, outlet, published, loaded_at FROM versions JOIN memberships USING (article_id)
    WHERE newest = 1 AND story_id = :story ORDER BY article_id
"""
ARTICLES = """
    SELECT story_id, article_id, outlet FROM versions JOIN memberships USING (article_id)
    WHERE newest = 1 AND (:story IS NULL OR story_id = :story) ORDER BY article_id
"""


def place(db: Connection, article_id: int) -> int:
    """Put an article that is new, or has a new version, into the story it belongs to."""
    before = membership(db, article_id)
    story_id = before if before is not None else _matching(db, article_id) or _new_story(db)
    asked = """INSERT INTO memberships (article_id, story_id) VALUES (:article, :story)
        ON CONFLICT (article_id) DO UPDATE SET story_id = excluded.story_id"""
    db.execute(asked, {"article": article_id, "story": story_id})
    redo(db, story_id)
    return story_id


def _matching(db: Connection, article_id: int) -> int | None:
    own = db.execute(
        "SELECT fingerprint FROM versions WHERE newest = 1 AND article_id = :id", {"id": article_id}
    ).fetchone()
    asked = """SELECT fingerprint, story_id FROM versions JOIN memberships USING (article_id)
        WHERE newest = 1 AND article_id <> :id ORDER BY article_id DESC"""
    for row in db.execute(asked, {"id": article_id}).fetchall():
        if same_story(own["fingerprint"], row["fingerprint"]):
            return int(row["story_id"])
    return None


def _new_story(db: Connection) -> int:
    made = "INSERT INTO stories (title, first, last) VALUES ('', '', '') RETURNING id"
    return int(db.execute(made).fetchone()["id"])


def membership(db: Connection, article_id: int) -> int | None:
    """The story of an article, None for an article that is not in the store."""
    row = db.execute("SELECT story_id FROM memberships WHERE article_id = :id", {"id": article_id}).fetchone()
    return int(row["story_id"]) if row else None


def of_article(db: Connection, article_id: int) -> int:
    """The story of an article that is in the store."""
    found = membership(db, article_id)
    if found is None:
        raise ValueError(f"There is no article {article_id}.")
    return found


def redo(db: Connection, story_id: int) -> None:
    """Tell anew what a story is; its cast is to be worked out after that. A story with no articles is forgotten."""
    rows = db.execute(NEWEST, {"story": story_id}).fetchall()
    if not rows:
        db.execute("DELETE FROM stories WHERE id = :id", {"id": story_id})
        return
    moments = [_moment(row) for row in rows]
    db.execute(
        "UPDATE stories SET title = :title, first = :first, last = :last, revision = revision + 1 WHERE id = :id",
        {"id": story_id, "title": _title(rows), "first": min(moments), "last": max(moments)},
    )


def _moment(row: Row) -> str:
    return times.stamp(datetime.fromisoformat(row["published"])) if row["published"] else row["loaded_at"]


def _title(rows: Sequence[Row]) -> str:
    """The headline of the most central article."""
    headlines = [row["headline"] for row in rows if row["headline"].strip()]
    return headlines[0] if headlines else ""


def all_stories(db: Connection) -> list[Story]:
    """Every story, newest first."""
    rows = db.execute("SELECT * FROM stories ORDER BY last DESC, id DESC").fetchall()
    articles = _articles(db, None)
    return [_story(row, articles[row["id"]]) for row in rows]


def story(db: Connection, story_id: int) -> Story | None:
    """One story."""
    row = db.execute("SELECT * FROM stories WHERE id = :id", {"id": story_id}).fetchone()
    return _story(row, _articles(db, story_id)[story_id]) if row else None


def newest(db: Connection) -> int | None:
    """The story that is newest, None in an empty store."""
    row = db.execute("SELECT id FROM stories ORDER BY last DESC, id DESC LIMIT 1").fetchone()
    return int(row["id"]) if row else None


def _articles(db: Connection, story_id: int | None) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in db.execute(ARTICLES, {"story": story_id}):
        found[row["story_id"]].append(row)
    return found


def _story(row: Row, articles: Sequence[Row]) -> Story:
    return Story(
        id=row["id"],
        title=row["title"],
        articles=tuple(each["article_id"] for each in articles),
        outlets=tuple(dict.fromkeys(each["outlet"] for each in articles if each["outlet"])),
        first=datetime.fromisoformat(row["first"]),
        last=datetime.fromisoformat(row["last"]),
    )
