"""The server itself: tokens, edits, the shapes that it sends, and the judge of texts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.telegram_server.called import call, result
from tests.telegram_server.judge import Parsed, Refused, cleaned, has_quote, is_link, parse
from tests.telegram_server.person import Person
from tests.telegram_server.schema import Invented, check_result, check_update
from tests.telegram_server.server import TOKEN, Server, running


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    """A server with one private chat, 8."""
    async with running() as started:
        Person(started.world, 8)
        yield started


async def test_edits_that_change_nothing(server: Server) -> None:
    """The same text again is refused, another one is taken, and so are other buttons below the same text."""
    sent = await result(server, "sendMessage", chat_id=8, text="<b>x</b>", parse_mode="HTML")
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 1}]
    place = {"chat_id": 8, "message_id": sent["message_id"]}
    again = await call(server, "editMessageText", **place, text=" <b>x</b>\n", parse_mode="HTML")
    assert "message is not modified" in again["description"]
    assert (await result(server, "editMessageText", **place, text="x"))["edit_date"]
    buttons = {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]}
    assert (await result(server, "editMessageText", **place, text="x", reply_markup=buttons))["reply_markup"] == buttons
    assert "reply_markup" not in await result(server, "editMessageText", **place, text="x")


async def test_tokens(server: Server) -> None:
    """A wrong token is unauthorized, a malformed one is not found."""
    assert (await call(server, "getMe", "1:x"))["error_code"] == 401
    assert (await call(server, "getMe", "x"))["error_code"] == 404


async def test_every_way_of_sending_parameters(server: Server) -> None:
    """In the address, in a form, as JSON and in parts; method names in any case; nonsense is refused, not a crash."""
    values = {"chat_id": "8", "text": "5", "disable_notification": "true"}
    url = f"{server.url}/bot{TOKEN}/SENDmessage"
    async with aiohttp.ClientSession() as session:
        for how in ({"params": values}, {"data": values}, {"json": values}, {"data": aiohttp.FormData(values)}):
            async with session.post(url, **how) as response:
                assert (await response.json())["result"]["text"] == "5"
        for nonsense in (b"{", b"[]", b"\xff"):
            headers = {"Content-Type": "application/json"}
            async with session.post(url, data=nonsense, headers=headers) as response:
                assert response.status == 400


async def test_files_both_ways(server: Server) -> None:
    """What is sent can be fetched, and sent again by its id; a file over 20 MB can be sent but not fetched."""
    sent = await result(server, "sendDocument", chat_id=8, document=b"content", caption="<i>x</i>", parse_mode="HTML")
    assert sent["caption_entities"] == [{"type": "italic", "offset": 0, "length": 1}]
    file_id = sent["document"]["file_id"]
    path = (await result(server, "getFile", file_id=file_id))["file_path"]
    async with aiohttp.ClientSession() as session:
        for name, status in ((path, 200), ("documents/x", 404), ("../x", 404)):
            async with session.get(f"{server.url}/file/bot{TOKEN}/{name}") as response:
                assert response.status == status
        async with session.get(f"{server.url}/file/bot1:x/{path}") as response:
            assert response.status == 404
    assert (await result(server, "sendDocument", chat_id=8, document=file_id))["document"] == sent["document"]
    large = (await result(server, "sendDocument", chat_id=8, document=bytes(20 * 2**20 + 1)))["document"]["file_id"]
    assert (await call(server, "getFile", file_id=large))["description"] == "Bad Request: file is too big"


async def test_commands_by_scope_and_language(server: Server) -> None:
    """Each menu is kept for itself, and is gone once it is deleted."""
    one, other = ([{"command": name, "description": "x"}] for name in ("one", "other"))
    await result(server, "setMyCommands", commands=one)
    await result(server, "setMyCommands", commands=other, scope={"type": "chat", "chat_id": 8}, language_code="de")
    assert await result(server, "getMyCommands") == one
    assert await result(server, "getMyCommands", language_code="de") == []
    assert await result(server, "getMyCommands", scope={"type": "chat", "chat_id": 8}, language_code="de") == other
    assert server.world.commands == {"default:": one, "chat:8/de": other}
    await result(server, "deleteMyCommands")
    assert await result(server, "getMyCommands") == []


async def test_the_server_cannot_make_up_shapes() -> None:
    """What the server sends is held against aiogram's types, at every depth."""
    message: dict[str, Any] = {"message_id": 1, "date": 1, "chat": {"id": 8, "type": "private"}, "text": "x"}
    check_result("sendMessage", message)
    check_update({"update_id": 1, "message": message})
    for wrong in ({"message_id": "one"}, {"mood": "x"}, {"chat": {"id": 8, "type": "private", "mood": "x"}}):
        with pytest.raises(Invented):
            check_result("sendMessage", message | wrong)
        with pytest.raises(Invented):
            check_update({"update_id": 1, "message": {"reply_to_message": message | wrong, **message}})


async def test_a_fault_of_the_server_fails_the_test() -> None:
    """Should the server send a wrong shape all the same, whoever runs it is told at the end."""
    around = running()
    server = await around.__aenter__()
    server.world.bot["mood"] = "x"
    async with aiohttp.ClientSession() as session, session.get(f"{server.url}/bot{TOKEN}/getMe") as response:
        assert response.status == 500
    with pytest.raises(Invented):
        await around.__aexit__(None, None, None)


def test_the_judge_counts_as_telegram_does() -> None:
    """Length counts after parsing, in UTF-16 units."""
    assert parse("<b>👩</b>&amp;<blockquote expandable>x</blockquote>", "HTML").units == 4
    with pytest.raises(Refused, match="unsupported parse_mode"):
        parse("x", "Esperanto")
    with pytest.raises(Refused, match="UTF-8"):
        parse("\ud800", "HTML")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (" x\n", "x"),
        ("a\0b\tc\x1b", "a b c"),
        ("a\r\nb", "a\nb"),
        ("a\u2028b\u202ec", "abc"),
        ("A\u030aland", "Aland"),
        ("a\u200f\u200e\u200fb", "a\u200c\u200c\u200fb"),
        ("a\u200db", "a\u200db"),
    ],
)
def test_what_is_left_of_a_text(sent: str, kept: str) -> None:
    """Control characters, some marks and the space at both ends do not arrive."""
    assert cleaned(Parsed(sent, ())).text == kept


def test_entities_move_with_what_is_left_out() -> None:
    """Formats still cover their words after cleaning, and an empty one is gone."""
    found = cleaned(parse("\r\n <b> 👩\u2028x </b>\r<i>y</i> <u> \n</u>", "HTML"))
    assert found.text == "👩x y"
    assert [(each["type"], found.cut(each["type"])) for each in found.entities] == [
        ("bold", ["👩x "]),
        ("italic", ["y"]),
    ]


def test_links_and_quotes() -> None:
    """Telegram's own parser says what is a link, its own search whether words were said."""
    assert [is_link(url) for url in ("https://a.org/?b=<c>&d", "a.org", "tg://user?id=5")] == [True, True, True]
    assert [is_link(url) for url in ("javascript:alert(1)", "http://localhost", "ftp://a.org", "")] == [False] * 4
    assert [has_quote("to be or not", words) for words in ("be or", "or be")] == [True, False]
