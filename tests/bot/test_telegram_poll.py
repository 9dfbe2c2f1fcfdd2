"""Polling and webhooks: what is not kept is not confirmed, dead connections are noticed, strangers are turned away."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from telegram.error import InvalidToken

from bot import telegram_poll
from bot.telegram_hook import HEADER, MOST_BYTES, Hook
from bot.telegram_poll import POLL_SECONDS, SILENT_SECONDS, Poll
from bot.telegram_request import AiohttpRequest
from bot.telegram_updates import KINDS
from store.errors import StoreError
from tests.telegram_server.person import Person
from tests.telegram_server.server import TOKEN, Server, running

SECRET = "a-secret-of-ours-1"
Json = dict[str, Any]


class Taken(list[Json]):
    """What was handed over; ``broken`` refuses to keep it."""

    broken = False

    async def take(self, updates: list[Json]) -> None:
        """Keep updates."""
        if self.broken:
            raise StoreError("The disk is full.")
        self.extend(updates)


@asynccontextmanager
async def polling(url: str, taken: Taken, **more: float) -> AsyncIterator[Poll]:
    """A poll at work."""
    request = AiohttpRequest(TOKEN, url)
    await request.initialize()
    poll = Poll(request, f"{url}/bot{TOKEN}", KINDS, taken.take, lambda: None, **more)
    task = asyncio.create_task(poll.run())
    try:
        yield poll
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        await request.shutdown()


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telegram_poll, "FIRST_WAIT_SECONDS", 0.05)


async def until(condition: Callable[[], object]) -> None:
    """Return when something holds."""
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110 - no event tells of it
            await asyncio.sleep(0.01)


async def test_what_is_not_kept_comes_again() -> None:
    """An update is confirmed only when it was kept; all kinds are asked for."""
    taken = Taken()
    taken.broken = True
    async with running() as server, polling(server.url, taken, seconds=1) as poll:
        await Person(server.world, 8).writes("hello")
        await until(lambda: server.world.polls > 2)
        assert len(server.world.updates) == 1
        taken.broken = False
        await until(lambda: taken)
        await poll.confirm()
        assert server.world.updates == []
        assert server.world.allowed == frozenset(KINDS)
    assert [each["message"]["text"] for each in taken] == ["hello"]


async def test_numbers_that_begin_anew() -> None:
    """After a quiet week numbers may be lower than before; nothing is skipped for that."""
    taken = Taken()
    async with running() as server, polling(server.url, taken, seconds=1):
        server.world.next_update_id = 1000
        person = Person(server.world, 8)
        await person.writes("first")
        await until(lambda: len(taken) == 1)
        polls = server.world.polls
        await until(lambda: server.world.polls >= polls + 2)
        server.world.next_update_id = 7
        await person.writes("second")
        await until(lambda: len(taken) == 2)
    assert [each["update_id"] for each in taken] == [1000, 7]


async def test_a_dead_poll_is_noticed() -> None:
    """A server that says nothing any more is asked again; in earnest within 60 seconds."""
    assert POLL_SECONDS + 2 * SILENT_SECONDS <= 60
    silent = [True]

    async def broken(request: web.Request) -> web.StreamResponse | None:
        if silent:
            silent.pop()
            await asyncio.sleep(60)
        return None

    taken = Taken()
    async with running(broken=broken) as server, polling(server.url, taken, seconds=0.1, silent=0.3):
        await Person(server.world, 8).writes("hello")
        await until(lambda: taken)


async def test_a_second_poller_is_told_of(caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]) -> None:
    """Where another program polls with the token, that is said, and polling goes on when it is gone."""
    one, two = Taken(), Taken()
    async with running() as server:
        async with polling(server.url, one, seconds=5), polling(server.url, two, seconds=5):
            await until(lambda: server.world.polls > 4)
        assert "another program polls with this token" in capsys.readouterr().out
        async with polling(server.url, one, seconds=5):
            await Person(server.world, 8).writes("hello")
            await until(lambda: one)


async def test_a_revoked_token() -> None:
    """A token that is refused ends polling."""
    async with running("1:other") as server:
        request = AiohttpRequest(TOKEN, server.url)
        await request.initialize()
        with pytest.raises(InvalidToken):
            await Poll(request, f"{server.url}/bot{TOKEN}", KINDS, Taken().take, lambda: None).run()
        await request.shutdown()


@asynccontextmanager
async def hooked(taken: Taken, path: str = "/updates") -> AsyncIterator[str]:
    """A webhook at work; its address."""
    hook = Hook(f"https://bot.example.org{path}", ("127.0.0.1", 0), SECRET, taken.take)
    port = await hook.start()
    try:
        yield f"http://127.0.0.1:{port}{path}"
    finally:
        await hook.stop()


async def test_a_webhook() -> None:
    """Telegram's pushes are kept before they are answered, and pushed again where they were not."""
    taken = Taken()
    taken.broken = True
    async with running() as server, hooked(taken) as url:
        await _set(server, url, SECRET)
        await Person(server.world, 8).writes("hello")
        await until(lambda: server.world.webhook.failed)
        assert server.world.updates
        taken.broken = False
        await until(lambda: taken and not server.world.updates)
    assert taken[0]["message"]["text"] == "hello"


async def _set(server: Server, url: str, secret: str) -> None:
    async with aiohttp.ClientSession() as session:
        asked = {"url": url, "secret_token": secret}
        async with session.post(f"{server.url}/bot{TOKEN}/setWebhook", json=asked) as response:
            assert response.status == 200


REFUSED: list[tuple[str, str, dict[str, str], bytes, int]] = [
    ("POST", "", {}, b"{}", 403),
    ("POST", "", {HEADER: "wrong"}, b'{"update_id": 1}', 403),
    ("POST", "", {HEADER: SECRET[:-1]}, b'{"update_id": 1}', 403),
    ("POST", "", {HEADER: "é"}, b'{"update_id": 1}', 403),
    ("GET", "", {HEADER: SECRET}, b"", 405),
    ("POST", "/more", {HEADER: SECRET}, b'{"update_id": 1}', 404),
    ("POST", "", {HEADER: SECRET}, b"", 400),
    ("POST", "", {HEADER: SECRET}, b"\xff{", 400),
    ("POST", "", {HEADER: SECRET}, b"[" * 100_000, 400),
    ("POST", "", {HEADER: SECRET}, b"[]", 400),
    ("POST", "", {HEADER: SECRET}, b'{"update_id": "1"}', 400),
    ("POST", "", {HEADER: SECRET}, b" " * (MOST_BYTES + 1), 413),
]


@pytest.mark.parametrize(("method", "path", "headers", "body", "status"), REFUSED)
async def test_strangers(method: str, path: str, headers: dict[str, str], body: bytes, status: int) -> None:
    """Whoever does not know the secret, or sends no update, is refused, and nothing is kept."""
    taken = Taken()
    async with hooked(taken) as url, aiohttp.ClientSession() as session:
        async with session.request(method, url + path, data=body, headers=headers) as response:
            assert response.status == status
            assert SECRET not in await response.text()
        good = b'{"update_id": 1}'
        async with session.post(url, data=good, headers={HEADER: SECRET}) as response:
            assert response.status == 200
    assert taken == [{"update_id": 1}]


@pytest.mark.parametrize("path", ["", "/", "/a%20b", "/%C3%A9/x", "/a/b/"])
async def test_paths(path: str) -> None:
    """Whatever the path of the address is, and however it is written, that is where updates are taken."""
    taken = Taken()
    sent, known = b'{"update_id": 1}', {HEADER: SECRET}
    async with (
        hooked(taken, path) as url,
        aiohttp.ClientSession() as session,
        session.post(url, data=sent, headers=known) as response,
    ):
        assert response.status == 200
    assert taken == [{"update_id": 1}]
