"""What is made of a plain message is what the library makes of it, and so is everything else."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Bot, Message, Update

from bot.telegram_parse import parse

USER = {"id": 8, "is_bot": False, "first_name": "Ann", "language_code": "en", "username": "ann"}
PRIVATE = {"id": 8, "type": "private", "first_name": "Ann"}
FORUM = {"id": -5, "type": "supergroup", "title": "A group", "is_forum": True}
TEXT = {"message_id": 5, "date": 1_700_000_000, "chat": PRIVATE, "from": USER, "text": "/quotes Kelly 👩"}
COMMAND = [{"type": "bot_command", "offset": 0, "length": 7}]

MESSAGES: list[dict[str, Any]] = [
    TEXT,
    TEXT | {"entities": COMMAND},
    TEXT | {"entities": [{"type": "text_link", "offset": 0, "length": 1, "url": "https://example.org/"}]},
    TEXT | {"chat": FORUM, "message_thread_id": 7, "is_topic_message": True},
    TEXT | {"reply_to_message": TEXT},
    TEXT | {"entities": [{"type": "text_mention", "offset": 0, "length": 1, "user": USER}]},
    TEXT | {"something_new": {"a": 1}},
    TEXT | {"from": USER | {"something_new": 1}},
    {name: value for name, value in TEXT.items() if name != "from"},
    TEXT | {"caption": "x"},
    TEXT | {"chat": PRIVATE | {"type": "something new"}},
]


@pytest.mark.parametrize("message", MESSAGES)
def test_as_the_library(message: dict[str, Any]) -> None:
    """Field by field, and with the bot, so that objects can act."""
    bot = Bot("1:x")
    raw = {"update_id": 1, "message": message}
    made, expected = parse(raw, bot), Update.de_json(raw, bot)
    assert made.to_dict() == expected.to_dict()
    assert made.message
    assert expected.message
    for one, other in ((made, expected), *(pair(made.message, expected.message))):
        assert one == other
        assert other == one
        assert hash(one) == hash(other)
        fields = {each for kind in type(other).__mro__ for each in getattr(kind, "__slots__", ())} - {"_bot"}
        for name in fields:
            assert getattr(one, name) == getattr(other, name), name
        assert one.get_bot() is bot


def pair(made: Message, expected: Message) -> list[tuple[Any, Any]]:
    """Two messages and what is in them, side by side."""
    parts = [(made, expected), (made.chat, expected.chat), *zip(made.entities, expected.entities, strict=True)]
    return [*parts, (made.from_user, expected.from_user)] if expected.from_user else parts


def test_nothing_can_be_changed() -> None:
    """What came stays as it came, as with the library; and what the library has no field for is missing."""
    message = parse({"update_id": 1, "message": TEXT}, Bot("1:x")).message
    assert message
    with pytest.raises(AttributeError, match="can't be set"):
        message.text = "x"
    with pytest.raises(AttributeError, match="something_new"):
        _ = message.something_new  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "message",
    [
        None,
        [],
        {},
        {"message_id": 1},
        TEXT | {"date": "x"},
        TEXT | {"chat": {}},
        TEXT | {"chat": PRIVATE | {"type": []}},
    ],
)
def test_what_is_no_message(message: object) -> None:
    """Something that is no message fares as with the library."""
    raw = {"update_id": 1, "message": message}
    outcomes = []
    for call in (parse, Update.de_json):
        try:
            outcomes.append(str(call(raw, Bot("1:x"))))
        except Exception as error:
            outcomes.append(type(error).__name__)
    assert outcomes[0] == outcomes[1]
