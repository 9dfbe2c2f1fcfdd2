"""The tables that admins' corrections and readers' reports stand in."""

TABLES = """
CREATE TABLE corrections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    field TEXT NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    parts TEXT NOT NULL,
    kind TEXT NOT NULL,
    words TEXT NOT NULL,
    context TEXT NOT NULL,
    checksum INTEGER NOT NULL,
    given TEXT,
    verdict TEXT NOT NULL,
    speaker TEXT,
    speaker_kind TEXT,
    set_by TEXT NOT NULL,
    set_at TEXT NOT NULL,
    UNIQUE (version_id, field, start, stop)
);
CREATE TABLE reports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    field TEXT NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    words TEXT NOT NULL,
    shown TEXT,
    reader TEXT NOT NULL,
    reported_at TEXT NOT NULL,
    state TEXT NOT NULL,
    UNIQUE (version_id, field, start, stop, reader)
);
CREATE INDEX reports_open ON reports (state, reported_at);
CREATE INDEX reports_reader ON reports (reader, reported_at);
"""
