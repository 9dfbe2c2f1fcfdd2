"""Keeps articles and their versions: what is new, what is another version, what is the same text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row

from analysis import ANALYSIS_VERSION
from analysis.links import link_key
from store import grouping, readings, search, sketches, stories, times
from store.connections import Connection, Connections
from store.known import Known, known, note
from store.model import Added, ArticleRow, Outcome
from store.prepared import Prepared
from store.progress import Step, record

TRIES = 3  # of finding out beforehand what to do, while another process keeps writing
FOUND = """(SELECT {0} FROM links WHERE links.article_id = versions.article_id AND {0} IS NOT NULL
    ORDER BY loaded_at LIMIT 1)"""
COLUMNS = f"""
    SELECT article_id, id, number, newest, headline, loaded_at, COALESCE(outlet, {FOUND.format("outlet")}) AS outlet,
        COALESCE(NULLIF(authors, '[]'), {FOUND.format("NULLIF(authors, '[]')")}, '[]') AS authors,
        COALESCE(published, {FOUND.format("published")}) AS published, COALESCE(url, {FOUND.format("url")}) AS url
    FROM versions
"""  # noqa: S608 - what a version does not state is told as it was found with the same words elsewhere


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to become of an article, as long as ``revision`` is that of the store."""

    revision: int
    known: Known | None
    same: Added | None
    story_id: int | None


def add(store: Connections, new: Prepared, step: Step | None = None) -> Added:
    """Keep an article that is not known yet, or another version of one that is.

    What is to be done is found out before the write, and again when another process wrote meanwhile. ``step`` tells
    what is to be kept with it of the load that it comes from.
    """
    for _ in range(TRIES):
        with store.reading() as db:
            plan = _plan(db, new)
        if plan.same is not None and step is None and not (plan.known and plan.known.noted):
            return plan.same
        with store.writing() as db:
            if _revision(db) == plan.revision:
                return _stepped(db, _write(db, new, plan), step)
    with store.writing() as db:
        return _stepped(db, _write(db, new, _plan(db, new)), step)


def _stepped(db: Connection, added: Added, step: Step | None) -> Added:
    if step is not None:
        record(db, step(added))
    return added


def _plan(db: Connection, new: Prepared) -> Plan:
    found = known(db, new)
    if found is None:
        return Plan(_revision(db), None, None, grouping.choose(db, new.fingerprint))
    story_id = stories.of_article(db, found.version["article_id"])
    same = Added(Outcome.SAME, found.version["article_id"], found.version["id"], story_id) if found.same else None
    return Plan(_revision(db), found, same, story_id)


def _revision(db: Connection) -> int:
    row = db.execute("SELECT number FROM revisions WHERE what = 'articles'").fetchone()
    return int(row["number"]) if row else 0


def changed(db: Connection) -> None:
    """Tell whoever plans to add an article that the articles are not what they were."""
    db.execute("""INSERT INTO revisions (what, number) VALUES ('articles', 1)
        ON CONFLICT (what) DO UPDATE SET number = revisions.number + 1""")


def _write(db: Connection, new: Prepared, plan: Plan) -> Added:
    if plan.same is not None:
        if plan.known and plan.known.noted:
            note(db, plan.same.article_id, new.article, own=False)
            changed(db)
        return plan.same
    loaded_at, before = times.now(), plan.known.version if plan.known else None
    if before is None:
        article_id, number = _new_article(db, new.article.url, loaded_at), 1
    else:
        article_id, number = before["article_id"], before["number"] + 1
        _retire(db, before)
    if before is None and new.article.url is not None:
        note(db, article_id, new.article, own=True)
    version_id = _new_version(db, new, {"article_id": article_id, "number": number, "loaded_at": loaded_at})
    readings.write(db, version_id, new.records)
    search.learn(db, version_id, new.windows)
    sketches.learn(db, version_id, new.sketches)
    grouping.learn(db, article_id, new.fingerprint)
    changed(db)
    if before is None:
        return Added(Outcome.NEW, article_id, version_id, stories.place(db, article_id, plan.story_id))
    story_id = stories.of_article(db, article_id)
    stories.redo(db, story_id)
    return Added(Outcome.NEW_VERSION, article_id, version_id, story_id)


def _retire(db: Connection, version: Row) -> None:
    """Let a version be the newest no longer: it is not searched, and does not count for stories."""
    search.forget(db, version["id"])
    sketches.forget(db, version["id"])
    grouping.forget(db, version["article_id"], grouping.loaded(version["fingerprint"]))
    db.execute("UPDATE versions SET newest = 0 WHERE id = :id", {"id": version["id"]})


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
        "fingerprint": new.fingerprint.dump(),
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
    newest = "SELECT id, article_id, fingerprint FROM versions WHERE article_id = :id AND newest = 1"
    for row in db.execute(newest, {"id": article_id}).fetchall():
        _retire(db, row)
    db.execute("DELETE FROM articles WHERE id = :id", {"id": article_id})
    if story_id is not None:
        stories.redo(db, story_id)
        changed(db)
    return story_id


def of_story(db: Connection, story_id: int) -> list[ArticleRow]:
    """The newest version of each article of a story, in order of loading."""
    asked = f"""{COLUMNS} JOIN memberships USING (article_id)
        WHERE newest = 1 AND story_id = :story ORDER BY article_id"""
    return [row_of(row) for row in db.execute(asked, {"story": story_id})]


def newest(db: Connection) -> list[ArticleRow]:
    """The newest version of every article, in order of loading."""
    return [row_of(row) for row in db.execute(f"{COLUMNS} WHERE newest = 1 ORDER BY article_id")]


def article(db: Connection, article_id: int) -> ArticleRow | None:
    """The newest version of an article."""
    found = db.execute(f"{COLUMNS} WHERE newest = 1 AND article_id = :id", {"id": article_id}).fetchone()
    return row_of(found) if found else None


def at_link(db: Connection, url: str) -> int | None:
    """The article that a link leads to, in whatever form the link is shared."""
    row = db.execute("SELECT article_id FROM links WHERE link_key = :key", {"key": link_key(url)}).fetchone()
    return int(row["article_id"]) if row else None


def versions(db: Connection, article_id: int) -> list[ArticleRow]:
    """All versions of an article, the oldest first."""
    return [row_of(row) for row in db.execute(f"{COLUMNS} WHERE article_id = :id ORDER BY number", {"id": article_id})]


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
