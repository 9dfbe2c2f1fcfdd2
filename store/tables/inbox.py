"""The tables that updates wait in until they are handled, and that remember what must not be done twice."""

TABLES = """
CREATE TABLE inbox (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    update_id INTEGER NOT NULL,
    lane TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    content TEXT,
    came_at TEXT NOT NULL
);
CREATE INDEX inbox_updates ON inbox (update_id);
CREATE INDEX inbox_open ON inbox (sequence) WHERE state IN ('waiting', 'aside');
CREATE TABLE acts (
    key TEXT NOT NULL,
    what TEXT NOT NULL,
    result TEXT NOT NULL,
    done_at TEXT NOT NULL,
    PRIMARY KEY (key, what)
) WITHOUT ROWID;
"""
