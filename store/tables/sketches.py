"""The tables that sketches of paragraphs stand in, and the links under which an article was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.links import link_key

if TYPE_CHECKING:
    from sqlite_utils import Database

TABLES = """
ALTER TABLE versions ADD COLUMN sketched INTEGER NOT NULL DEFAULT 0;
CREATE INDEX versions_unsketched ON versions (id) WHERE newest = 1 AND sketched = 0;
CREATE TABLE paragraphs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    minima BLOB NOT NULL,
    UNIQUE (version_id, number)
);
CREATE TABLE minima (
    hash INTEGER NOT NULL,
    paragraph_id INTEGER NOT NULL,
    PRIMARY KEY (hash, paragraph_id)
) WITHOUT ROWID;
CREATE TABLE links (
    link_key TEXT PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    own INTEGER NOT NULL,
    url TEXT,
    outlet TEXT,
    authors TEXT NOT NULL,
    published TEXT,
    loaded_at TEXT NOT NULL
);
CREATE INDEX links_article ON links (article_id);
"""


def migrate(db: Database) -> None:
    """Make the tables, and let the links of stored articles lead to them: 20 µs each; of equal links the oldest.

    Sketches of stored versions take longer, and are made when they are first needed.
    """
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.conn.execute(statement)
    kept = """INSERT INTO links (link_key, article_id, own, url, authors, loaded_at)
        VALUES (?, ?, 1, ?, '[]', ?) ON CONFLICT (link_key) DO NOTHING"""
    rows = db.conn.execute("SELECT id, url, loaded_at FROM articles WHERE url IS NOT NULL ORDER BY id").fetchall()
    db.conn.executemany(kept, [(link_key(row[1]), row[0], row[1], row[2]) for row in rows])
