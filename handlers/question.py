"""What somebody asked, as frozen data that no front and no engine leaks into."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import IntEnum

from handlers.preferences import AT_FIRST, Preferences

TERMINAL = "terminal"
"""The chat, and the asker, where somebody sits at the machine."""


class Role(IntEnum):
    """What the asker may do; judged again by the front for each question and each tap."""

    READER = 0
    GROUP_ADMIN = 1
    ADMIN = 2


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that the front has already fetched."""

    name: str
    content: bytes
    media_type: str | None = None


@dataclass(frozen=True, slots=True)
class Whom:
    """Whoever wrote the replied-to message, or is pointed at: ``person`` is false for bots, channels and groups."""

    id: int
    name: str
    person: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One command with all that is needed to answer it.

    ``chat`` is the key of the chat and topic ("telegram:-100123:7", "terminal"). ``story`` is the story to
    answer from, None for the chat's current one. ``reply`` is the replied-to text, or the part of it that the
    user marked, ``whom`` its writer. ``page`` counts from 0. ``local`` says that the asker sits at the machine, so
    paths may be read. ``key`` names the message or tap that asks, the same when it is handed in again after a crash,
    so that what must not be done twice is not; empty where nothing is ever handed in again. ``joins`` is a load that
    what is handed in is added to while it runs, as of the files of an album. ``preferences`` are those of the chat,
    looked up when the question is answered. A button is another Question, made with ``dataclasses.replace``.
    """

    command: str
    words: str = ""
    chat: str = TERMINAL
    asker: str = TERMINAL
    role: Role = Role.READER
    local: bool = False
    private: bool = True
    story: int | None = None
    reply: str | None = None
    whom: Whom | None = None
    page: int = 0
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    attachments: tuple[Attachment, ...] = ()
    confirmed: bool = False
    key: str = ""
    joins: int | None = None
    preferences: Preferences = AT_FIRST
