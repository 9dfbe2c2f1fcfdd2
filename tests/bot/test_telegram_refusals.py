"""What can never work is told from what is to be tried again."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from aiohttp import web
from telegram.error import BadRequest

from bot import telegram_buckets, telegram_request
from bot import telegram_refusals as refusals
from bot.telegram_buckets import Rate
from tests.bot.working import READER, at_work
from tests.telegram_server.person import Person
from tests.telegram_server.server import running
from tests.telegram_server.world import ApiError, World

FINAL = [
    "Chat not found",
    "Not enough rights to send text messages to the chat",
    "TOPIC_CLOSED",
    "Message thread not found",
    "Query is too old and response timeout expired or query id is invalid",
    "CHAT_WRITE_FORBIDDEN",
]
FAULTS = ["Message is too long", "BUTTON_DATA_INVALID", "Can't parse entities: unexpected end tag", "Wrong file id"]


@pytest.mark.parametrize("words", [*FINAL, *FAULTS])
def test_final(words: str) -> None:
    """A chat, a topic or a time that is gone is final; a fault in what was sent is not."""
    assert refusals.is_final(BadRequest(words)) == (words in FINAL)


def test_edits() -> None:
    """An edit that changes nothing, and one of a message that is gone, are known by Telegram's words."""
    same = "Message is not modified: specified new message content and reply markup are exactly the same"
    assert refusals.is_unchanged(BadRequest(same))
    assert not refusals.cannot_be_edited(BadRequest(same))
    for words in ("Message to edit not found", "Message can't be edited", "There is no text in the message to edit"):
        assert refusals.cannot_be_edited(BadRequest(words))


async def test_a_failure_is_tried_again(world: World) -> None:
    """An answer that Telegram could not take for a while is sent in the end, once."""
    person = Person(world, READER)
    for _ in range(4):
        world.refuse_next("sendMessage", ApiError(500, "Internal Server Error"))
    await person.writes("/who Putin")
    assert (await person.sees(1))[0]["text"].startswith("Vladimir Putin")
    assert (await person.asks("/who Kelly"))["text"].startswith("Robert Kelly")
    assert len(person.seen()) == 2


async def test_a_connection_that_is_open_at_one_end_only(seeded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A call that is never answered is given up and made again; other chats are answered all the while."""
    for name in ("READ_SECONDS", "WRITE_SECONDS"):
        monkeypatch.setattr(telegram_request, name, 0.5)
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    silent: list[str] = []

    async def broken(request: web.Request) -> web.StreamResponse | None:
        if request.match_info["method"] == "sendMessage" and len(silent) < 3:
            silent.append("x")
            await asyncio.sleep(60)
        return None

    async with running(broken=broken) as server, at_work(server, seeded):
        slow, quick = Person(server.world, READER), Person(server.world, READER + 1)
        await slow.writes("/who Putin")
        async with asyncio.timeout(30):
            while not silent:  # noqa: ASYNC110 - no event tells of it
                await asyncio.sleep(0.01)
        silent.extend("xx")
        assert (await quick.asks("/who Kelly"))["text"].startswith("Robert Kelly")
        assert slow.seen() == []
        assert (await slow.sees(1))[0]["text"].startswith("Vladimir Putin")
        await slow.asks("/who Plant")
        assert len(slow.seen()) == 2


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_a_bad_day(seeded: Path, monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    """Pages of HTML in the place of answers, for taps and messages alike, are waited out, and nothing is lost."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    bad = ["getMe", "sendMessage", "editMessageText", "getUpdates"]

    async def broken(request: web.Request) -> web.StreamResponse | None:
        method = request.match_info["method"]
        if method in bad:
            bad.remove(method)
            return web.Response(status=status, text="<html>nginx</html>", content_type="text/html")
        return None

    async with running(broken=broken) as server, at_work(server, seeded):
        person = Person(server.world, READER)
        message = await person.asks("/quotes")
        await person.taps(message, "Next ›")
        await person.waits(lambda: message["text"].startswith("Quotes, page 2"))
    assert bad == []


@pytest.mark.parametrize("call", ["sendMessage", "answerInlineQuery"])
async def test_what_is_tried_again_is_one_question(world: World, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    """Whoever has one question left gets its answer, also where it took the bot two attempts to send it."""
    monkeypatch.setattr(telegram_buckets, "PERSON", Rate(burst=1, a_minute=0.01))
    monkeypatch.setattr(telegram_buckets, "TYPING", Rate(burst=1, a_minute=0.01))
    person = Person(world, READER)
    world.refuse_next(call, ApiError(400, "Bad Request: BUTTON_DATA_INVALID"))
    if call == "sendMessage":
        assert (await person.asks("/who Putin"))["text"].startswith("Vladimir Putin")
    else:
        assert await person.asks_inline("Kelly") != []
