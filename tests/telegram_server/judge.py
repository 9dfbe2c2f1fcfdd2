"""Telegram's own verdict on a text: TDLib parses it, as the real server does."""

from __future__ import annotations

import html
import json
import re
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
    "PreCode": "pre",
    "CustomEmoji": "custom_emoji",
    "DateTime": "date_time",
}


def parse(text: str, parse_mode: str | None) -> Parsed:
    """The text as readers would see it. Raises Refused."""
    if parse_mode is None:
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise Refused("Bad Request: text must be encoded in UTF-8")
        return Parsed(text, ())
    if parse_mode.lower() != "html":
        raise Refused("Bad Request: unsupported parse_mode")
    mode = {"@type": "textParseModeHTML"}
    found = _execute({"@type": "parseTextEntities", "text": text, "parse_mode": mode})
    if found["@type"] == "error":
        raise Refused(f"Bad Request: {found['message'][:1].lower()}{found['message'][1:]}")
    return Parsed(found["text"], tuple(_entity(each) for each in found["entities"]))


def _entity(found: dict[str, Any]) -> dict[str, Any]:
    details = found["type"]
    kind = details["@type"].removeprefix("textEntityType")
    entity = {"type": KINDS[kind], "offset": found["offset"], "length": found["length"]}
    if kind == "MentionName":
        user = {"id": details["user_id"], "is_bot": False, "first_name": f"User {details['user_id']}"}
        return entity | {"user": user}
    kept = {"TextUrl": "url", "PreCode": "language", "CustomEmoji": "custom_emoji_id"}.get(kind)
    return entity | ({kept: details[kept]} if kept is not None else {})


def cleaned(parsed: Parsed) -> Parsed:
    """The text as it is kept: control characters are spaces, some marks are gone, no space at either end.

    The rules are those of ``clean_input_string`` in TDLib, and the trimming that follows it.
    """
    text = _clean(parsed.text)
    if text == parsed.text == text.strip(SPACES):
        return parsed
    entities = [_moved(parsed.text, each) for each in parsed.entities]
    before = units_of(text) - units_of(text.lstrip(SPACES))
    text = text.strip(SPACES)
    kept = [_within(each, before, units_of(text)) for each in entities]
    return Parsed(text, tuple(each for each in kept if each["length"] > 0))


SPACES = " \n"
_CONTROL = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f]")
_DROPPED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_MARKS = re.compile("[\u200e\u200f]+(?=[\u200e\u200f])")


def _clean(text: str) -> str:
    """As long as before but for what is dropped."""
    text = _DROPPED.sub("", _CONTROL.sub(" ", text))
    return _MARKS.sub(lambda found: "\u200c" * len(found.group()), text)


def _moved(text: str, entity: dict[str, Any]) -> dict[str, Any]:
    """An entity over the text after cleaning."""
    wide = text.encode("utf-16-le", "surrogatepass")
    before = wide[: 2 * entity["offset"]].decode("utf-16-le", "surrogatepass")
    offset = units_of(_clean(before))
    return entity | {"offset": offset, "length": units_of(_clean(before + cut(text, entity))) - offset}


def _within(entity: dict[str, Any], before: int, length: int) -> dict[str, Any]:
    """An entity over the text after trimming."""
    begin = max(entity["offset"] - before, 0)
    end = min(entity["offset"] + entity["length"] - before, length)
    return entity | {"offset": begin, "length": end - begin}


def is_link(url: str) -> bool:
    """Whether Telegram takes an address as a link, by its own parser."""
    link = parse(f'<a href="{html.escape(url)}">x</a>', "HTML")
    return bool(link.entities)


def has_quote(text: str, quote: str) -> bool:
    """Whether words stand in a text, as Telegram searches for what is quoted in a reply."""
    asked = {"text": {"text": text}, "quote": {"text": quote}, "quote_position": 0}
    return bool(_execute({"@type": "searchQuote", **asked})["@type"] == "foundPosition")


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
