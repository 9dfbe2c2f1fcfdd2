"""Finds windows of sentences by their words; ranking what was found is shared Python's work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from sqlite3 import Row

from store.connections import Connection
from store.model import Hit
from store.passages import Cutter, spans
from store.records import What

SIZE, STEP = 3, 2  # sentences in a window, and from one window's start to the next one's
MOST_TERMS = 32
STOP_WORDS = frozenset(
    (
        "a about after all also am an and any are as at be because been before being but by can could did do "
        "does doing done for from had has have having he her here hers him his how i if in into is it its "
        "itself just may me might more most must my no nor not now of on one or our out over own say said "
        "says she should so some such tell than that the their them then there these they this those to too "
        "up us very was we were what when where which while who whom whose why will with would you your "
    ).split()  # noqa: SIM905 - one line a word would be the longest part of the file
)


def learn(db: Connection, version_id: int) -> None:
    """Make a version's windows and put their words into the index."""
    made = """INSERT INTO windows (version_id, field, start, stop, first_sentence, last_sentence)
        VALUES (:version, :field, :start, :stop, :first, :last)"""
    for group in _windows(spans(db, version_id, What.SENTENCE)):
        values = {
            "version": version_id,
            "field": group[0]["field"],
            "start": group[0]["start"],
            "stop": max(row["stop"] for row in group),
            "first": group[0]["number"],
            "last": group[-1]["number"],
        }
        db.execute(made, values)
    _index(
        db, version_id, "INSERT INTO window_words (rowid, title, outlet, words) VALUES (:id, :title, :outlet, :words)"
    )


def forget(db: Connection, version_id: int) -> None:
    """Take a version's windows away, from the index too."""
    gone = """INSERT INTO window_words (window_words, rowid, title, outlet, words)
        VALUES ('delete', :id, :title, :outlet, :words)"""
    _index(db, version_id, gone)
    db.execute("DELETE FROM windows WHERE version_id = :id", {"id": version_id})


def indexed(db: Connection, version_id: int) -> list[dict[str, object]]:
    """What the index holds for a version: one entry a window."""
    cutter = Cutter(db)
    of = db.execute("SELECT headline, outlet FROM versions WHERE id = :id", {"id": version_id}).fetchone()
    rows = db.execute("SELECT * FROM windows WHERE version_id = :id ORDER BY id", {"id": version_id}).fetchall()
    return [
        {"id": row["id"], "title": of["headline"], "outlet": of["outlet"] or "", "words": cutter.cut(row).text}
        for row in rows
    ]


def _index(db: Connection, version_id: int, statement: str) -> None:
    db.executemany(statement, indexed(db, version_id))


def _windows(sentences: list[Row]) -> Iterator[list[Row]]:
    """Three sentences of one field at a time, the last of each also the first of the next."""
    for name in dict.fromkeys(row["field"] for row in sentences):
        rows = [row for row in sentences if row["field"] == name]
        for at in range(0, max(len(rows) - 1, 1), STEP):
            yield rows[at : at + SIZE]


def expression(words: str) -> str | None:
    """The user's words as a search expression that cannot be wrong: quoted terms, any of which may be there."""
    terms = dict.fromkeys(word.casefold() for word in re.findall(r"[^\W_]+", words[:10_000]))
    wanted = [term for term in terms if term not in STOP_WORDS][:MOST_TERMS]
    return " OR ".join(f'"{term}"' for term in wanted) or None


def search(db: Connection, words: str, story_id: int | None, limit: int) -> list[Hit]:
    """Windows of newest versions that hold any of the words, the likeliest first."""
    asked = """
        SELECT windows.*, versions.article_id FROM window_words
        JOIN windows ON windows.id = window_words.rowid
        JOIN versions ON versions.id = windows.version_id
        JOIN memberships ON memberships.article_id = versions.article_id
        WHERE window_words MATCH :words AND versions.newest = 1
            AND (:story IS NULL OR memberships.story_id = :story)
        ORDER BY bm25(window_words, 2.0, 1.0, 1.0), windows.id LIMIT :limit
    """
    wanted = expression(words)
    if wanted is None or limit < 1:
        return []
    rows = db.execute(asked, {"words": wanted, "story": story_id, "limit": limit}).fetchall()
    cutter = Cutter(db)
    return [Hit(row["article_id"], cutter.cut(row), tuple(cutter.cut_all(_sentences(db, row)))) for row in rows]


def _sentences(db: Connection, window: Row) -> list[Row]:
    asked = """SELECT * FROM spans WHERE version_id = :version AND what = 'sentence'
        AND number BETWEEN :first AND :last AND field = :field ORDER BY number"""
    values = {
        "version": window["version_id"],
        "first": window["first_sentence"],
        "last": window["last_sentence"],
        "field": window["field"],
    }
    return list(db.execute(asked, values))
