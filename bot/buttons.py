"""A further question as the few bytes behind a Telegram button, and back; what comes back may be forged or stale."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace

from handlers.question import Question
from store import Store

MOST_BYTES = 64
"""Most bytes behind a button, by the Bot API manual."""

DISMISS = "no"
"""Behind the button that declines; it asks nothing."""

_COMPACT = re.compile(r"([ne])\|([a-z_]{1,32})\|([0-9]{0,15})\|([0-9]{0,9})\|(y?)\|(.*)", re.DOTALL)
_KEPT = re.compile(r"([ne])#([A-Za-z0-9_-]{1,32})")
_COMMAND = re.compile(r"[a-z_]{1,32}")


class StaleButton(Exception):  # noqa: N818 - said to whoever tapped, not an error
    """What is behind the button is not known, or not any more."""


@dataclass(frozen=True, slots=True)
class Tapped:
    """What a tap asks; ``edits`` says that the answer takes the place of the message with the button."""

    question: Question
    edits: bool


def data_for(asked: Question, question: Question, store: Store) -> str:
    """The data of a button below the answer to ``asked``: the question itself where it fits, else a kept key.

    The answer takes the place of the message where it is only another page of it. Raises StoreError.
    """
    way = "e" if _is_page_of(question, asked) else "n"
    story = "" if question.story is None else question.story
    confirmed = "y" if question.confirmed else ""
    compact = f"{way}|{question.command}|{story}|{question.page or ''}|{confirmed}|{question.words}"
    if question.reply is None and _size(compact) <= MOST_BYTES and _COMPACT.fullmatch(compact):
        return compact
    return f"{way}#{store.keep(question.chat, _row(question))}"


def question_of(data: str, asker: Question, store: Store) -> Tapped:
    """What is asked by whoever tapped. Chat, rights and time are those of ``asker``, never of the data.

    Raises StaleButton, and StoreError where the store cannot be read.
    """
    if found := _COMPACT.fullmatch(data):
        way, command, story, page, confirmed, words = found.groups()
        asked = replace(asker, command=command, words=words, page=int(page or 0), confirmed=bool(confirmed))
        return Tapped(replace(asked, story=int(story) if story else None), way == "e")
    if found := _KEPT.fullmatch(data):
        payload = store.kept(found[2])
        if payload is not None:
            return Tapped(_question(payload, asker), found[1] == "e")
    raise StaleButton("This button is too old. Please ask again.")


def _size(text: str) -> int:
    """Bytes of UTF-8; more than any button has for a text that UTF-8 cannot carry."""
    try:
        return len(text.encode())
    except UnicodeEncodeError:
        return MOST_BYTES + 1


def _is_page_of(question: Question, asked: Question) -> bool:
    same = question.command == asked.command and question.words == asked.words and not question.confirmed
    return same and asked.story in {None, question.story}


def _row(question: Question) -> str:
    """The parts of a question that do not depend on who taps."""
    fields = {name: getattr(question, name) for name in ("command", "words", "story", "page", "reply", "confirmed")}
    return json.dumps(fields)


def _question(payload: str, asker: Question) -> Question:
    try:
        row = json.loads(payload)
        if not _COMMAND.fullmatch(row["command"]):
            raise ValueError("no command")
        return replace(
            asker,
            command=row["command"],
            words=str(row["words"]),
            story=None if row["story"] is None else int(row["story"]),
            page=int(row["page"]),
            reply=None if row["reply"] is None else str(row["reply"]),
            confirmed=row["confirmed"] is True,
        )
    except (ValueError, TypeError, KeyError):
        raise StaleButton("This button cannot be read. Please ask again.") from None
