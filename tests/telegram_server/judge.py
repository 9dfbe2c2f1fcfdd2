"""Telegram's own verdict on a text: TDLib parses it, as the real server does."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

import tdjson


class Refused(Exception):  # noqa: N818 - the server's own word for it
    """The text would be refused; the message is Telegram's."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text after parsing: ``entities`` as in the Bot API, with offsets in UTF-16 units."""

    text: str
    entities: tuple[dict[str, Any], ...]

    @property
    def units(self) -> int:
        """The length that the limit counts."""
        return units_of(self.text)

    def cut(self, kind: str) -> list[str]:
        """The stretches that have a format, such as "blockquote"."""
        return [cut(self.text, each) for each in self.entities if each["type"] == kind]


def cut(text: str, entity: dict[str, Any]) -> str:
    """The stretch of a text that an entity covers."""
    wide = text.encode("utf-16-le", "surrogatepass")
    begin = 2 * int(entity["offset"])
    return wide[begin : begin + 2 * int(entity["length"])].decode("utf-16-le", "surrogatepass")


def units_of(text: str) -> int:
    """The length of a text in UTF-16 units, which is what Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


KINDS = {
    "Bold": "bold",
    "Italic": "italic",
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
    "TextUrl": "text_link",
    "Code": "code",
    "Pre": "pre",
    "Underline": "underline",
    "Strikethrough": "strikethrough",
    "Spoiler": "spoiler",
    "MentionName": "text_mention",
}


def parse(text: str, parse_mode: str | None) -> Parsed:
    """The text as readers would see it. Raises Refused."""
    if parse_mode is None:
        return Parsed(text, ())
    if parse_mode.lower() != "html":
        raise Refused("Bad Request: unsupported parse_mode")
    mode = {"@type": "textParseModeHTML"}
    found = _execute({"@type": "parseTextEntities", "text": text, "parse_mode": mode})
    if found["@type"] == "error":
        raise Refused(f"Bad Request: {found['message'][:1].lower()}{found['message'][1:]}")
    return Parsed(found["text"], tuple(_entity(each) for each in found["entities"]))


def _entity(found: dict[str, Any]) -> dict[str, Any]:
    kind = found["type"]["@type"].removeprefix("textEntityType")
    entity = {"type": KINDS[kind], "offset": found["offset"], "length": found["length"]}
    return entity | ({"url": found["type"]["url"]} if kind == "TextUrl" else {})


def _execute(request: dict[str, Any]) -> dict[str, Any]:
    _silence()
    found: dict[str, Any] = json.loads(tdjson.td_execute(json.dumps(request).encode()) or b"{}")
    return found


@cache
def _silence() -> None:
    tdjson.td_execute(json.dumps({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0}).encode())


FOUND = {
    "BotCommand": "bot_command",
    "Url": "url",
    "Mention": "mention",
    "Hashtag": "hashtag",
    "Cashtag": "cashtag",
    "EmailAddress": "email",
    "PhoneNumber": "phone_number",
}


def entities_in(text: str) -> list[dict[str, Any]]:
    """What Telegram finds in a text that somebody types: commands, links, mentions, hashtags."""
    found = _execute({"@type": "getTextEntities", "text": text})["entities"]
    kinds = [(each, each["type"]["@type"].removeprefix("textEntityType")) for each in found]
    return [
        {"type": FOUND[kind], "offset": each["offset"], "length": each["length"]}
        for each, kind in kinds
        if kind in FOUND
    ]
