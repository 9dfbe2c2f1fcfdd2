"""Knows the pictures and files of an album for one: Telegram hands each in as a message of its own."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

from telegram import Message

MOST_ALBUMS = 1_000
MOST_FILES = 10
"""Most files of an album, by Telegram's own limit."""


@dataclass(slots=True)
class Album:
    """What is known of one: whether it was spoken of, the files that nobody asked to load yet, the load of the others.

    ``job`` is set once it is asked to load the album: what comes after that is to be loaded, too.
    """

    told: bool = False
    files: list[Message] = field(default_factory=list)
    job: int | None = None


class Albums:
    """The latest albums of one bot; what it forgets, as at a restart, is answered as if it stood alone."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[int, str], Album] = OrderedDict()

    def of(self, message: Message) -> Album:
        """The album of a message; one of its own for a message that stands alone."""
        if message.media_group_id is None:
            return Album()
        album = self._known.setdefault((message.chat.id, message.media_group_id), Album())
        self._known.move_to_end((message.chat.id, message.media_group_id))
        if len(self._known) > MOST_ALBUMS:
            self._known.popitem(last=False)
        return album

    def keep(self, message: Message) -> None:
        """Keep a file that nobody has asked to load: the words for all of an album may stand below its last one."""
        files = self.of(message).files
        if message.document is not None and len(files) < MOST_FILES and message.message_id not in map(_id, files):
            files.append(message)


def _id(message: Message) -> int:
    return message.message_id
