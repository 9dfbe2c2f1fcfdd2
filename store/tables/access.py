"""The tables that say who may load, who gets answers, and what admins were told once."""

TABLES = """
CREATE TABLE admins (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    set_by TEXT NOT NULL,
    set_at TEXT NOT NULL
);
CREATE TABLE allowed (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    set_by TEXT NOT NULL,
    set_at TEXT NOT NULL
);
CREATE TABLE told_once (
    what TEXT PRIMARY KEY,
    told_at TEXT NOT NULL
);
"""
