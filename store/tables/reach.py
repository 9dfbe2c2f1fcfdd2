"""The tables that say where the bot cannot write any more, and which menus Telegram was given."""

TABLES = """
CREATE TABLE unreachable (
    chat TEXT PRIMARY KEY,
    since TEXT NOT NULL
);
CREATE TABLE menus (
    scope TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL
);
"""
