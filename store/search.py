"""Finds windows of sentences by their words; ranking what was found is shared Python's work."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from sqlite3 import Row

from analysis.lists import words as listed
from analysis.words import tokens
from store.connections import Connection
from store.model import Hit
from store.passages import Cutter
from store.prepared import Window

MOST_TERMS = 32
BUDGET = 20_000  # windows that are ranked for one search of all stories: 30 ms and more
STORY_BUDGET = 100_000  # windows that are looked at for one search in one story; only the story's own are ranked
MOST_CHARACTERS = 10_000  # of the words somebody asks with
MEANINGFUL = frozenset(["us", "may"])  # stop words that are also a country's short name and a month's or a person's

LIKELIEST, NEWEST = "bm25(window_words), windows.id", "window_words.rowid DESC"
WINDOWS = """
    SELECT windows.*, versions.article_id FROM window_words
    JOIN windows ON windows.id = window_words.rowid
    JOIN versions ON versions.id = windows.version_id
    JOIN memberships ON memberships.article_id = versions.article_id
    WHERE window_words MATCH :words AND (:story IS NULL OR memberships.story_id = :story)
"""


@cache
def stop_words() -> frozenset[str]:
    """Words that stand in every text."""
    return listed("stop_words") - MEANINGFUL


def learn(db: Connection, version_id: int, windows: Sequence[Window]) -> None:
    """Keep a version's windows and put their words into the index."""
    made = """INSERT INTO windows
        (version_id, field, start, stop, first_sentence, last_sentence, title, outlet, words)
        VALUES (:version_id, :field, :start, :stop, :first_sentence, :last_sentence, :title, :outlet, :words)"""
    db.executemany(made, [row_of(version_id, window) for window in windows])
    _index(
        db, version_id, "INSERT INTO window_words (rowid, title, outlet, words) VALUES (:id, :title, :outlet, :words)"
    )


def row_of(version_id: int, window: Window) -> dict[str, object]:
    """A window as a row of ``windows``."""
    return {
        "version_id": version_id,
        "field": window.field,
        "start": window.span.start,
        "stop": window.span.end,
        "first_sentence": window.first_sentence,
        "last_sentence": window.last_sentence,
        "title": window.title,
        "outlet": window.outlet,
        "words": window.words,
    }


def forget(db: Connection, version_id: int) -> None:
    """Take a version's windows away, from the index too."""
    gone = """INSERT INTO window_words (window_words, rowid, title, outlet, words)
        VALUES ('delete', :id, :title, :outlet, :words)"""
    _index(db, version_id, gone)
    db.execute("DELETE FROM windows WHERE version_id = :id", {"id": version_id})


def _index(db: Connection, version_id: int, statement: str) -> None:
    rows = db.execute("SELECT id, title, outlet, words FROM windows WHERE version_id = :id", {"id": version_id})
    db.executemany(statement, [dict(row) for row in rows.fetchall()])


def terms(words: str) -> list[str]:
    """The words worth looking for, each as a quoted phrase, so that nothing typed is the engine's own language."""
    keys = dict.fromkeys(token.key.removesuffix("'s") for token in tokens(words[:MOST_CHARACTERS]))
    wanted = [term for term in keys if term not in stop_words() and any(map(str.isalnum, term))]
    return [f'"{term}"' for term in wanted[:MOST_TERMS]]


def search(db: Connection, words: str, story_id: int | None, limit: int) -> list[Hit]:
    """Windows of newest versions that hold any of the words: the likeliest first, or, of too many, the newest."""
    budget = BUDGET if story_id is None else STORY_BUDGET
    rarest, *others = _counted(db, terms(words), budget) or [(0, "")]
    if rarest[0] == 0 or limit < 1:
        return []
    wanted = [rarest[1], *_affordable(others, budget - rarest[0])]
    order = LIKELIEST if rarest[0] < budget else NEWEST
    values = {"words": " OR ".join(wanted), "story": story_id, "limit": limit}
    rows = db.execute(f"{WINDOWS} ORDER BY {order} LIMIT :limit", values).fetchall()
    cutter = Cutter(db)
    return [Hit(row["article_id"], cutter.cut(row), tuple(cutter.cut_all(_sentences(db, row)))) for row in rows]


def _counted(db: Connection, wanted: Sequence[str], most: int) -> list[tuple[int, str]]:
    """In how many windows each term stands, counted up to ``most``, rarest first; terms that stand nowhere left out."""
    asked = "SELECT count(*) AS n FROM (SELECT 1 FROM window_words WHERE window_words MATCH :term LIMIT :most)"
    found = [(db.execute(asked, {"term": term, "most": most}).fetchone()["n"], term) for term in wanted]
    return sorted((pair for pair in found if pair[0]), key=lambda pair: pair[0])


def _affordable(counted: Sequence[tuple[int, str]], budget: int) -> list[str]:
    """The first terms whose windows are no more than the budget together."""
    spent = accumulate(count for count, _ in counted)
    return [term for total, (_, term) in zip(spent, counted, strict=True) if total <= budget]


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
