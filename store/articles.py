"""Keeps articles and their versions, and cuts passages from them."""

from __future__ import annotations

import json
from datetime import datetime
from sqlite3 import Row

from analysis import ANALYSIS_VERSION
from store import readings, search, stories, times
from store.connections import Connection
from store.model import Added, ArticleRow, Outcome
from store.prepared import Prepared

COLUMNS = """
    SELECT article_id, id, number, newest, headline, outlet, authors, published, url, loaded_at FROM versions
"""


def add(db: Connection, new: Prepared) -> Added:
    """Keep an article that is not known yet, or another version of one that is."""
    known = _known(db, new)
    if known is not None and (known["words_hash"] == new.words_hash or known["text_hash"] == new.text_hash):
        return Added(Outcome.SAME, known["article_id"], known["id"], stories.of_article(db, known["article_id"]))
    loaded_at = times.now()
    if known is None:
        article_id, number = _new_article(db, new.article.url, loaded_at), 1
    else:
        article_id, number = known["article_id"], known["number"] + 1
        search.forget(db, known["id"])
        db.execute("UPDATE versions SET newest = 0 WHERE id = :id", {"id": known["id"]})
    version_id = _new_version(db, new, {"article_id": article_id, "number": number, "loaded_at": loaded_at})
    readings.write(db, version_id, new.records)
    search.learn(db, version_id, new.windows)
    story_id = stories.place(db, article_id)
    return Added(Outcome.NEW_VERSION if known else Outcome.NEW, article_id, version_id, story_id)


def _known(db: Connection, new: Prepared) -> Row | None:
    """The newest version from the same link, else of the first article with the same words."""
    asked = """
        SELECT versions.* FROM versions JOIN articles ON articles.id = versions.article_id
        WHERE newest = 1
            AND (articles.url = :url OR versions.words_hash = :words OR versions.text_hash = :text)
        ORDER BY CASE WHEN articles.url = :url THEN 0 ELSE 1 END, articles.id LIMIT 1
    """
    values = {"url": new.article.url, "words": new.words_hash, "text": new.text_hash}
    found: Row | None = db.execute(asked, values).fetchone()
    return found


def _new_article(db: Connection, url: str | None, loaded_at: str) -> int:
    made = "INSERT INTO articles (url, loaded_at) VALUES (:url, :loaded_at) RETURNING id"
    return int(db.execute(made, {"url": url, "loaded_at": loaded_at}).fetchone()["id"])


def _new_version(db: Connection, new: Prepared, of: dict[str, int | str]) -> int:
    given = new.article
    values = {
        **of,
        "newest": 1,
        "headline": given.headline,
        "body": given.body,
        "captions": new.captions,
        "subheadings": json.dumps(given.subheadings),
        "authors": json.dumps(given.authors),
        "outlet": given.outlet,
        "published": given.published.isoformat() if given.published else None,
        "url": given.url,
        "language": given.language,
        "source": given.source,
        "remarks": json.dumps(new.remarks),
        "reading_version": ANALYSIS_VERSION,
        "fingerprint": new.fingerprint,
        "words_hash": new.words_hash,
        "text_hash": new.text_hash,
        "reading_hash": new.reading_hash,
    }
    names, marks = ", ".join(values), ", ".join(f":{name}" for name in values)
    asked = f"INSERT INTO versions ({names}) VALUES ({marks}) RETURNING id"  # noqa: S608 - names are ours, above
    return int(db.execute(asked, values).fetchone()["id"])


def unload(db: Connection, article_id: int) -> int | None:
    """Forget an article with all its versions, and return its story. Ids are never used again."""
    story_id = stories.membership(db, article_id)
    for row in db.execute(
        "SELECT id FROM versions WHERE article_id = :id AND newest = 1", {"id": article_id}
    ).fetchall():
        search.forget(db, row["id"])
    db.execute("DELETE FROM articles WHERE id = :id", {"id": article_id})
    if story_id is not None:
        stories.redo(db, story_id)
    return story_id


def of_story(db: Connection, story_id: int) -> list[ArticleRow]:
    """The newest version of each article of a story, in order of loading."""
    asked = f"""{COLUMNS} JOIN memberships USING (article_id)
        WHERE newest = 1 AND story_id = :story ORDER BY article_id"""
    return [row_of(row) for row in db.execute(asked, {"story": story_id})]


def article(db: Connection, article_id: int) -> ArticleRow | None:
    """The newest version of an article."""
    found = db.execute(f"{COLUMNS} WHERE newest = 1 AND article_id = :id", {"id": article_id}).fetchone()
    return row_of(found) if found else None


def version(db: Connection, version_id: int) -> ArticleRow | None:
    """One version, the newest or an older one."""
    found = db.execute(f"{COLUMNS} WHERE id = :id", {"id": version_id}).fetchone()
    return row_of(found) if found else None


def row_of(row: Row) -> ArticleRow:
    """A row of COLUMNS as frozen data."""
    return ArticleRow(
        id=row["article_id"],
        version_id=row["id"],
        version_number=row["number"],
        newest=bool(row["newest"]),
        headline=row["headline"],
        outlet=row["outlet"],
        authors=tuple(json.loads(row["authors"])),
        published=datetime.fromisoformat(row["published"]) if row["published"] else None,
        url=row["url"],
        loaded_at=datetime.fromisoformat(row["loaded_at"]),
    )


def counts(db: Connection) -> dict[str, int]:
    """How much is kept; ``bytes`` is the size of the file."""
    asked = """
        SELECT (SELECT count(*) FROM articles) AS articles,
            (SELECT count(*) FROM versions) AS versions,
            (SELECT count(*) FROM stories) AS stories,
            (SELECT count(*) FROM quotations JOIN versions ON versions.id = version_id WHERE newest = 1) AS quotations,
            (SELECT count(*) FROM cast_members) AS people,
            (SELECT count(*) FROM chats) AS chats,
            (SELECT count(*) FROM jobs WHERE state IN ('waiting', 'running')) AS open_jobs
    """
    found = dict(db.execute(asked).fetchone())
    pages, size = db.execute("PRAGMA page_count").fetchone()[0], db.execute("PRAGMA page_size").fetchone()[0]
    return {**found, "bytes": pages * size}
