"""What is made of a plain message is what the library makes of it, and so is everything else."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Bot, Update

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
    for name in expected.message.__slots__:
        assert getattr(made.message, name, None) == getattr(expected.message, name, None), name
    for each in (made, made.message, made.message.chat, *made.message.entities):
        assert each.get_bot() is bot


@pytest.mark.parametrize("message", [None, [], {}, {"message_id": 1}, TEXT | {"date": "x"}, TEXT | {"chat": {}}])
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
