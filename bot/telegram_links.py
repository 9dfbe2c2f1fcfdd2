"""Links that lead back to just what an answer shows, and how a button offers them."""

from __future__ import annotations

from urllib.parse import quote

from handlers.answer import Answer
from handlers.question import Question

SHARE, PRIVATE = "Share", "Open in private"


def deep_link(payload: str, username: str) -> str:
    """An address that opens the bot's private chat at what ``payload`` names (see ``handlers.links``)."""
    return f"https://t.me/{username}?start={payload}" if payload else f"https://t.me/{username}"


def beside(answer: Answer, asked: Question, username: str) -> tuple[str, str] | None:
    """A label and an address: in private to pass the answer on, in a group to go on reading in private."""
    if not answer.link:
        return None
    link = deep_link(answer.link, username)
    return (SHARE, f"https://t.me/share/url?url={quote(link, safe='')}") if asked.private else (PRIVATE, link)
