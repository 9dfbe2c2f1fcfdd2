"""The server refuses what Telegram refuses; a test double that takes everything would prove nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.telegram_server.judge import Refused, parse
from tests.telegram_server.person import Person
from tests.telegram_server.server import TOKEN, Server, running


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    """A server with one private chat, 8, and one group, -1."""
    async with running() as started:
        Person(started.world, 8)
        Person(started.world, 8, group=-1)
        yield started


async def call(server: Server, method: str, token: str = TOKEN, **values: Any) -> dict[str, Any]:
    """One request, as JSON."""
    url = f"{server.url}/bot{token}/{method}"
    async with aiohttp.ClientSession() as session, session.post(url, json=values) as response:
        answer: dict[str, Any] = await response.json()
        assert answer["ok"] == (response.status == 200)
        return answer


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("sendMessage", {"chat_id": 8}, "message text is empty"),
    ("sendMessage", {"chat_id": 9, "text": "x"}, "chat not found"),
    ("sendMessage", {"chat_id": 8, "text": " \n"}, "message text is empty"),
    ("sendMessage", {"chat_id": 8, "text": "x", "colour": "red"}, "unknown parameters"),
    ("sendMessage", {"chat_id": 8, "text": "a" * 4097}, "message is too long"),
    ("sendMessage", {"chat_id": 8, "text": "👩" * 2049}, "message is too long"),
    ("sendMessage", {"chat_id": 8, "text": "<b>x", "parse_mode": "HTML"}, "can't parse entities"),
    ("sendMessage", {"chat_id": 8, "text": "<p>x</p>", "parse_mode": "HTML"}, "can't parse entities"),
    ("sendMessage", {"chat_id": -1, "text": "x", "message_thread_id": 5}, "message thread not found"),
    ("sendMessage", {"chat_id": 8, "text": "x", "reply_parameters": {"message_id": 99}}, "replied not found"),
    ("editMessageText", {"chat_id": 8, "message_id": 99, "text": "x"}, "message to edit not found"),
    ("answerCallbackQuery", {"callback_query_id": "x"}, "query is too old"),
    ("getFile", {"file_id": "x"}, "invalid file_id"),
    ("sendTelepathy", {"chat_id": 8}, "Not Found"),
]


@pytest.mark.parametrize(("method", "values", "description"), REFUSED)
async def test_refusals(server: Server, method: str, values: dict[str, Any], description: str) -> None:
    """A mistake of the bot is refused with Telegram's own words."""
    answer = await call(server, method, **values)
    assert not answer["ok"]
    assert description in answer["description"]


@pytest.mark.parametrize("data", ["", "é" * 33, "x" * 65])
async def test_button_data(server: Server, data: str) -> None:
    """Data behind a button has 1 to 64 bytes."""
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": data}]]}
    answer = await call(server, "sendMessage", chat_id=8, text="x", reply_markup=markup)
    assert answer["description"] == "Bad Request: BUTTON_DATA_INVALID"


async def test_edits_that_change_nothing(server: Server) -> None:
    """The same text again is refused, another one is taken; a person's message cannot be edited."""
    sent = (await call(server, "sendMessage", chat_id=8, text="<b>x</b>", parse_mode="HTML"))["result"]
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 1}]
    place = {"chat_id": 8, "message_id": sent["message_id"]}
    again = await call(server, "editMessageText", **place, text="<b>x</b>", parse_mode="HTML")
    assert "message is not modified" in again["description"]
    assert (await call(server, "editMessageText", **place, text="x"))["ok"]
    theirs = await Person(server.world, 8).writes("hello")
    refused = await call(server, "editMessageText", chat_id=8, message_id=theirs["message_id"], text="x")
    assert "can't be edited" in refused["description"]


async def test_tokens(server: Server) -> None:
    """A wrong token is unauthorized, a malformed one is not found."""
    assert (await call(server, "getMe", "1:x"))["error_code"] == 401
    assert (await call(server, "getMe", "x"))["error_code"] == 404


async def test_updates_are_kept_until_confirmed(server: Server) -> None:
    """What was fetched comes again until a later offset confirms it."""
    await Person(server.world, 8).writes("/start@news_test_bot https://example.org")
    (update,) = (await call(server, "getUpdates"))["result"]
    assert [each["type"] for each in update["message"]["entities"]] == ["bot_command", "url"]
    assert (await call(server, "getUpdates", timeout=1))["result"] == [update]
    assert (await call(server, "getUpdates", offset=update["update_id"] + 1))["result"] == []
    assert server.world.updates == []


def test_the_judge_counts_as_telegram_does() -> None:
    """Length counts after parsing, in UTF-16 units."""
    assert parse("<b>👩</b>&amp;<blockquote expandable>x</blockquote>", "HTML").units == 4
    with pytest.raises(Refused, match="unsupported parse_mode"):
        parse("x", "Markdown")
