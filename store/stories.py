"""Keeps which articles tell of the same events, and gives out stories; membership can be redone at any time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from sqlite3 import Row

from store import times
from store.connections import Connection
from store.model import Story

NEWEST = """
    SELECT headline, published, loaded_at FROM versions JOIN memberships USING (article_id)
    WHERE newest = 1 AND story_id = :story ORDER BY article_id
"""
ARTICLES = """
    SELECT story_id, article_id, COALESCE(outlet, (
        SELECT outlet FROM links WHERE links.article_id = versions.article_id AND outlet IS NOT NULL
        ORDER BY loaded_at LIMIT 1
    )) AS outlet FROM versions JOIN memberships USING (article_id)
    WHERE newest = 1 AND (:story IS NULL OR story_id = :story) ORDER BY article_id
"""


def place(db: Connection, article_id: int, story_id: int | None) -> int:
    """Put a new article into a story, a new one where none is given."""
    chosen = story_id if story_id is not None else _new_story(db)
    kept = "INSERT INTO memberships (article_id, story_id) VALUES (:article, :story)"
    db.execute(kept, {"article": article_id, "story": chosen})
    asked = "SELECT headline, published, loaded_at FROM versions WHERE newest = 1 AND article_id = :article"
    row = db.execute(asked, {"article": article_id}).fetchone()
    grown = """UPDATE stories SET title = CASE WHEN title = '' THEN :title ELSE title END,
        first = CASE WHEN first = '' OR first > :moment THEN :moment ELSE first END,
        last = CASE WHEN last < :moment THEN :moment ELSE last END, revision = revision + 1 WHERE id = :id"""
    db.execute(grown, {"title": row["headline"], "moment": _moment(row), "id": chosen})
    return chosen


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
    """Tell anew when a story was; its title and cast are worked out after that. One with no articles is forgotten."""
    rows = db.execute(NEWEST, {"story": story_id}).fetchall()
    if not rows:
        db.execute("DELETE FROM stories WHERE id = :id", {"id": story_id})
        return
    moments = [_moment(row) for row in rows]
    values = {"id": story_id, "title": rows[0]["headline"], "first": min(moments), "last": max(moments)}
    changed = """UPDATE stories SET title = CASE WHEN title = '' THEN :title ELSE title END,
        first = :first, last = :last, revision = revision + 1 WHERE id = :id"""
    db.execute(changed, values)


def _moment(row: Row) -> str:
    return times.stamp(datetime.fromisoformat(row["published"])) if row["published"] else row["loaded_at"]


def all_stories(db: Connection) -> list[Story]:
    """Every story, newest first."""
    rows = db.execute("SELECT * FROM stories ORDER BY last DESC, id DESC").fetchall()
    articles = _articles(db, None)
    return [_story(row, articles[row["id"]]) for row in rows]


def newest_stories(db: Connection, most: int) -> list[Story]:
    """The newest stories; unlike all of them, they cost the same however many there are."""
    rows = db.execute("SELECT * FROM stories ORDER BY last DESC, id DESC LIMIT :most", {"most": most}).fetchall()
    return [_story(row, _articles(db, row["id"])[row["id"]]) for row in rows]


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
