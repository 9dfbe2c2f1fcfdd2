"""A Bot API server on loopback for tests, with Telegram's own library as the judge of messages."""
