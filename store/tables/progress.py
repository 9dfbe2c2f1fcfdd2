"""The table that tells how far an item of a load is that holds many articles."""

TABLES = """
CREATE TABLE item_progress (
    item_id INTEGER PRIMARY KEY REFERENCES job_items (id) ON DELETE CASCADE,
    reached INTEGER NOT NULL,
    place TEXT NOT NULL,
    total INTEGER NOT NULL,
    loaded INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    told TEXT NOT NULL
);
"""
