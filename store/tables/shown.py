"""Which message of a chat shows how far a load is, so that a restart goes on in the same one."""

TABLES = """
ALTER TABLE jobs ADD COLUMN message_id INTEGER;
"""
