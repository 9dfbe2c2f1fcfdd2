"""The numbers by which people and chats are known, as they are typed and as they are shown."""

from __future__ import annotations

import re

from handlers.question import Question, Whom
from handlers.typed import short, tidy
from store.access import LARGEST_ID, LONGEST_NAME, SHARED_IDS, Named

BY_NAME = "Telegram does not tell bots whose name that is."
HOW = "Reply to a message of theirs, or send their number: /id tells everybody their own."

_NUMBER = re.compile(r"[-\u2212]?[0-9]{1,16}", re.ASCII)


def number_in(words: str) -> int | None:
    """The number of a person (positive) or a chat (negative); None for anything else, and for impossible ones."""
    if not _NUMBER.fullmatch(words):
        return None
    found = int(words.replace("\u2212", "-"))
    return found if 0 < abs(found) <= LARGEST_ID and found not in SHARED_IDS else None


def place_of(question: Question) -> tuple[int | None, int | None]:
    """The numbers of the chat and of the topic that a question comes from; None where it has none."""
    numbers = question.chat.split(":")[1:]
    found = [int(each) if re.fullmatch(r"-?[0-9]{1,18}", each, re.ASCII) else None for each in numbers[:2]]
    chat, topic = (*found, None, None)[:2]
    return chat, topic


def named(number: int, name: str) -> str:
    """As in "Ann Lee (1234567)"."""
    shown = short(tidy(name), LONGEST_NAME)
    return f"{shown} ({number})" if shown else str(number)


def kept_name(whom: Whom | None, number: int) -> str:
    """The name to keep beside a number, empty where none is known."""
    return short(tidy(whom.name), LONGEST_NAME) if whom is not None and whom.id == number else ""


def set_when(row: Named) -> str:
    """When somebody was put on a list, and by whom."""
    day = f"since {row.set_at.day} {row.set_at:%B %Y}"
    return f"{day}, by {row.set_by}" if row.set_by else day
