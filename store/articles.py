"""Keeps articles and their versions, and cuts passages from them."""

from __future__ import annotations

import json
from datetime import datetime
from sqlite3 import Row

from analysis import ANALYSIS_VERSION
from analysis.model import Reading
from store import readings, records, search, stories, times
from store.connections import Connection
from store.model import Added, Article, ArticleRow, Outcome
from store.records import Records

COLUMNS = """
    SELECT article_id, id, number, newest, headline, outlet, authors, published, url, loaded_at FROM versions
"""


def add(db: Connection, article: Article, reading: Reading, made: Records) -> Added:
    """Keep an article that is not known yet, or another version of one that is."""
    captions = records.captions_of(article)
    words = records.words_hash(article.headline, article.body, captions)
    same_text = records.text_hash(article.headline, article.body, captions)
    known = _known(db, article.url, words, same_text)
    if known is not None and (known["words_hash"] == words or known["text_hash"] == same_text):
        return Added(Outcome.SAME, known["article_id"], known["id"], stories.of_article(db, known["article_id"]))
    now = times.now()
    article_id = known["article_id"] if known is not None else _new_article(db, article.url, now)
    number = known["number"] + 1 if known is not None else 1
    if known is not None:
        search.forget(db, known["id"])
        db.execute("UPDATE versions SET newest = 0 WHERE id = :id", {"id": known["id"]})
    version_id = _new_version(db, article_id, number, article, reading, made, words, now)
    readings.write(db, version_id, made)
    search.learn(db, version_id)
    story_id = stories.place(db, article_id)
    return Added(Outcome.NEW_VERSION if known is not None else Outcome.NEW, article_id, version_id, story_id)


def _known(db: Connection, url: str | None, words: str, same_text: str) -> Row | None:
    """The newest version from the same link, else of the first article with the same words."""
    asked = """
        SELECT versions.* FROM versions JOIN articles ON articles.id = versions.article_id
        WHERE newest = 1 AND (articles.url = :url OR versions.words_hash = :words OR versions.text_hash = :text)
        ORDER BY CASE WHEN articles.url = :url THEN 0 ELSE 1 END, articles.id LIMIT 1
    """
    found: Row | None = db.execute(asked, {"url": url, "words": words, "text": same_text}).fetchone()
    return found


def _new_article(db: Connection, url: str | None, now: str) -> int:
    made = "INSERT INTO articles (url, loaded_at) VALUES (:url, :now) RETURNING id"
    return int(db.execute(made, {"url": url, "now": now}).fetchone()["id"])


def _new_version(
    db: Connection,
    article_id: int,
    number: int,
    article: Article,
    reading: Reading,
    made: Records,
    words: str,
    now: str,
) -> int:
    captions = records.captions_of(article)
    values = {
        "article_id": article_id,
        "number": number,
        "newest": 1,
        "headline": article.headline,
        "body": article.body,
        "captions": captions,
        "subheadings": json.dumps(article.subheadings),
        "authors": json.dumps(article.authors),
        "outlet": article.outlet,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        "language": article.language,
        "source": article.source,
        "loaded_at": now,
        "remarks": json.dumps(reading.remarks),
        "reading_version": ANALYSIS_VERSION,
        "fingerprint": stories.fingerprint_of(article, reading),
        "words_hash": words,
        "text_hash": records.text_hash(article.headline, article.body, captions),
        "reading_hash": records.reading_hash(made),
    }
    names = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
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
