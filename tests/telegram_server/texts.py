"""What may stand in a message: texts, captions and buttons, judged as Telegram does."""

from __future__ import annotations

from tests.telegram_server.errors import bad
from tests.telegram_server.judge import Parsed, Refused, cleaned, is_link, parse, units_of
from tests.telegram_server.world import Json

MOST_UNITS, MOST_CAPTION_UNITS = 4096, 1024
MOST_CALLBACK_BYTES = 64
MOST_BUTTONS = 100
MOST_COPY_UNITS = 256

DOES = ("callback_data", "url", "switch_inline_query", "switch_inline_query_current_chat", "copy_text", "web_app",
        "login_url", "switch_inline_query_chosen_chat", "callback_game", "pay")  # fmt: skip
"""The fields of which a button must have just one."""


def text_of(values: Json) -> Json:
    """The text of a message with its entities. Raises ApiError."""
    parsed = _parsed(values["text"], values.get("parse_mode"), values.get("entities"))
    if not parsed.text:
        raise bad("message text is empty")
    if parsed.units > MOST_UNITS:
        raise bad("message is too long")
    return {"text": parsed.text} | _if_any("entities", parsed)


def caption_of(values: Json) -> Json:
    """The caption of a file with its entities, nothing where there is none. Raises ApiError."""
    parsed = _parsed(values.get("caption", ""), values.get("parse_mode"), values.get("caption_entities"))
    if parsed.units > MOST_CAPTION_UNITS:
        raise bad("message caption is too long")
    return ({"caption": parsed.text} if parsed.text else {}) | _if_any("caption_entities", parsed)


def _parsed(text: str, mode: str | None, entities: list[Json] | None) -> Parsed:
    """The text after parsing and cleaning; entities that come along count only without a mode."""
    try:
        parsed = parse(text, mode or None)
    except Refused as why:
        raise bad(str(why).removeprefix("Bad Request: ")) from None
    if not mode and entities:
        if any(each["offset"] < 0 or each["offset"] + each["length"] > units_of(text) for each in entities):
            raise bad("ENTITY_BOUNDS_INVALID")
        parsed = Parsed(text, tuple(entities))
    return cleaned(parsed)


def _if_any(name: str, parsed: Parsed) -> Json:
    return {name: list(parsed.entities)} if parsed.entities else {}


def markup_of(values: Json) -> Json:
    """The buttons below a message. Raises ApiError."""
    markup = values.get("reply_markup")
    if not markup or "inline_keyboard" not in markup:
        return {}
    buttons = [button for row in markup["inline_keyboard"] for button in row]
    for button in buttons:
        _check(button)
    if len(buttons) > MOST_BUTTONS:
        raise bad("reply markup is too long")
    return {"reply_markup": markup} if buttons else {}


def _check(button: Json) -> None:
    if not _cleaned(button["text"]):
        raise bad("inline keyboard button text must be non-empty")
    does = [name for name in DOES if name in button]
    if not does:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(does) > 1:  # the real server takes the first that it knows; a bot that sends two has a fault
        raise bad(f"can't parse inline keyboard button: it has {' and '.join(does)}")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= MOST_CALLBACK_BYTES:
        raise bad("BUTTON_DATA_INVALID")
    if "url" in button:
        _check_link(button["url"])
    if "copy_text" in button and not 1 <= units_of(button["copy_text"]["text"]) <= MOST_COPY_UNITS:
        raise bad("BUTTON_COPY_TEXT_INVALID")


def _check_link(url: str) -> None:
    """TDLib's own parser for what no link is; the server's word for one that it could never open."""
    if not is_link(url):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    if len(url.encode()) > 2048 or any(character.isspace() for character in url):
        raise bad("BUTTON_URL_INVALID")


def _cleaned(text: str) -> str:
    return cleaned(Parsed(text, ())).text
