"""The tables of feeds: which are followed, what of them is known, what they bring, and what robots.txt files say."""

TABLES = """
CREATE TABLE feeds (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    site TEXT,
    state TEXT NOT NULL,
    added_by TEXT NOT NULL,
    added_at TEXT NOT NULL,
    etag TEXT,
    last_modified TEXT,
    body_hash BLOB,
    pace REAL,
    polled_at TEXT,
    succeeded_at TEXT,
    failing_since TEXT,
    failures INTEGER NOT NULL DEFAULT 0,
    renamed INTEGER NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT '',
    next_at TEXT NOT NULL,
    untold TEXT NOT NULL DEFAULT ''
);
CREATE INDEX feeds_due ON feeds (state, next_at);
CREATE TABLE feed_items (
    feed_id INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
    key BLOB NOT NULL,
    seen_on TEXT NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (feed_id, key)
) WITHOUT ROWID;
CREATE TABLE feed_days (
    feed_id INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
    day TEXT NOT NULL,
    loaded INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (feed_id, day)
) WITHOUT ROWID;
CREATE TABLE robots (
    host TEXT PRIMARY KEY,
    text TEXT,
    asked_at TEXT NOT NULL,
    failing_since TEXT
);
"""
