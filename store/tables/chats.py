"""What is known of a chat besides its story: how it wants its answers, and whether the bot has said hello."""

TABLES = """
ALTER TABLE chats ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';
ALTER TABLE chats ADD COLUMN greeted_at TEXT;
CREATE INDEX jobs_asked_by ON jobs (asked_by);
"""
