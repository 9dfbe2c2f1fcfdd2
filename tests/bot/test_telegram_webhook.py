"""The whole bot behind a webhook: what Telegram pushes is answered, strangers are not heard, and it ends well."""

from __future__ import annotations

import hmac
import time
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.telegram_hook import HEADER
from store import Store
from store.inbox import Batch
from tests.bot.killing import process
from tests.bot.test_telegram_shutdown import ended
from tests.bot.working import at_work
from tests.telegram_server.person import Person
from tests.telegram_server.server import Server, running

SECRET = "the-secret-of-the-webhook"


def update(text: str) -> dict[str, object]:
    """An update as a stranger would forge it."""
    person = {"id": 66, "is_bot": False, "first_name": "x"}
    chat = {"id": 66, "type": "private", "first_name": "x"}
    message = {"message_id": 1, "date": int(time.time()), "chat": chat, "from": person, "text": text}
    return {"update_id": 10**9, "message": message}


async def pushed(url: str, text: str, **headers: str) -> int:
    """The status of an update that somebody pushes."""
    async with aiohttp.ClientSession() as session, session.post(url, json=update(text), headers=headers) as response:
        return response.status


async def test_from_the_start_to_the_end(seeded: Path, unused_tcp_port: int) -> None:
    """Messages and taps are answered, a restart loses none, and a bot that polls again takes the webhook away."""
    url = f"http://127.0.0.1:{unused_tcp_port}/hook"
    settings: dict[str, Any] = {
        "webhook_url": url,
        "webhook_listen": ("127.0.0.1", unused_tcp_port),
        "webhook_secret": SECRET,
    }
    async with running() as server:
        server.world.retry_seconds = 0.05
        person = Person(server.world, 8)
        await person.writes("/who Putin")
        async with process(seeded, server.url, **settings) as bot:
            (message,) = await person.sees(1)
            assert message["text"].startswith("Vladimir Putin")
            assert (server.world.webhook.url, server.world.webhook.secret) == (url, SECRET)
            await person.taps(message, "People")
            await person.waits(lambda: message["text"].startswith("People"))
            assert await pushed(url, "/who Kelly") == 403
            assert await pushed(url, "/who Kelly", **{HEADER: SECRET[:-1]}) == 403
            assert await ended(bot) < 10
        assert server.world.webhook.url == url
        assert server.world.polls == 0
        await person.writes("/who Kelly")  # while nobody listens
        async with process(seeded, server.url, **settings) as bot:
            assert (await person.sees(2))[1]["text"].startswith("Robert Kelly")
            assert await ended(bot) < 10
        async with process(seeded, server.url) as bot:
            assert (await person.asks("/who Plant"))["text"].startswith("Tom Plant")
            assert server.world.webhook.url == ""
            assert server.world.polls > 0
            assert await ended(bot) < 10
        assert len(person.seen()) == 3
    log = seeded.with_suffix(".log").read_text()
    assert SECRET not in log
    assert "Traceback" not in log


async def test_the_secret_is_compared_in_constant_time(
    server: Server, seeded: Path, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each secret that is given, of whatever length, is compared as a whole by what takes as long for all of them."""
    compared: list[bytes] = []
    real = hmac.compare_digest

    def watched(given: bytes, right: bytes) -> bool:
        compared.append(given)
        assert right == SECRET.encode()
        return real(given, right)

    monkeypatch.setattr(hmac, "compare_digest", watched)
    url = f"http://127.0.0.1:{unused_tcp_port}/hook"
    listen = ("127.0.0.1", unused_tcp_port)
    async with at_work(server, seeded, webhook_url=url, webhook_listen=listen, webhook_secret=SECRET):
        reader = Person(server.world, 8)
        await reader.asks("/who Putin")
        compared.clear()
        guesses = ["x", SECRET[:-1], SECRET + "x", SECRET.upper(), "\xe9" * 20]
        for guess in guesses:
            assert await pushed(url, "/who Kelly", **{HEADER: guess}) == 403
        assert len(compared) == len(guesses)
        assert await pushed(url, "/who Kelly") == 403
        assert compared[-1] == b""
    with Store.open(seeded) as store:
        assert store.inbox.waiting() == []


async def test_a_push_is_kept_before_it_is_answered(
    server: Server, seeded: Path, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram is told 200 only once the update is on disk; where it cannot be kept, it is pushed again."""
    url = f"http://127.0.0.1:{unused_tcp_port}/hook"
    listen = ("127.0.0.1", unused_tcp_port)
    server.world.retry_seconds = 0.05
    async with at_work(server, seeded, webhook_url=url, webhook_listen=listen, webhook_secret=SECRET) as store:
        reader = Person(server.world, 8)
        await reader.asks("/who Putin")
        real, tried = store.inbox.write, list[Batch]()

        def full(batch: Batch) -> list[int | None]:
            if len(tried) < 2 and batch.arrivals:
                tried.append(batch)
                raise OSError("no space left on device")
            return real(batch)

        monkeypatch.setattr(store.inbox, "write", full)
        assert (await reader.asks("/who Kelly"))["text"].startswith("Robert Kelly")
        assert len(tried) == 2
        failed = server.world.webhook.failed
        assert failed is not None
        assert "503" in failed[1]
        assert len(reader.seen()) == 2
