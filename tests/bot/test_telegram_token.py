"""The token stands in every address that the bot calls, and in nothing that it says, whatever goes wrong."""

from __future__ import annotations

import asyncio
import contextlib
import io
import logging
import sys
import traceback
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest
import structlog
from aiohttp import web
from telegram.error import InvalidToken, TelegramError

from bot import logs, telegram_front
from bot.settings import Settings
from bot.telegram_front import Front
from store import Store
from tests.telegram_server.person import Person
from tests.telegram_server.server import Server, running

SECRET = "AAsecret-half_of-the-token-0123456789"
TOKEN = f"4242:{SECRET}"
HOOK_SECRET = "webhook-secret_0123456789"
ADMIN, READER = 7, 8
PATIENCE_SECONDS = 3.0

Sabotage = Callable[[web.Request], Awaitable[web.StreamResponse]]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Iterator[Callable[[], str]]:
    """All that was written so far, logged as the service does at its loudest, or put on the screen past the log."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    monkeypatch.setattr(telegram_front, "FINISH_SECONDS", 0.2)
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    levels = {name: logging.getLogger(name).level for name in logs.NOISY}
    stream = io.StringIO()
    with monkeypatch.context() as instead:
        instead.setattr(sys, "stderr", stream)
        logs.for_service(Settings(token=TOKEN, log="debug", log_format="json"))
    structlog.configure(cache_logger_on_first_use=False)  # other tests log elsewhere
    yield lambda: stream.getvalue() + "".join(capfd.readouterr())
    root.handlers[:] = before
    root.setLevel(level)
    for name, one in levels.items():
        logging.getLogger(name).setLevel(one)
    structlog.reset_defaults()


def _json(status: int, **more: object) -> Sabotage:
    """An answer that repeats the whole address, as a proxy between may do."""

    async def answer(request: web.Request) -> web.Response:
        said = {"ok": status == 200, "error_code": status, "description": f"{request.method} {request.url} failed"}
        filled = {name: str(request.url) if value is URL else value for name, value in more.items()}
        return web.json_response(said | filled, status=status)

    return answer


URL = object()


def _raw(status: int, body: str = "", **headers: str) -> Sabotage:
    """An answer that is no JSON; "{url}" in it is the address."""

    async def answer(request: web.Request) -> web.Response:
        filled = {name.replace("_", "-"): value.replace("{url}", str(request.url)) for name, value in headers.items()}
        return web.Response(status=status, text=body.replace("{url}", str(request.url)), headers=filled)

    return answer


async def _hang_up(request: web.Request) -> web.StreamResponse:
    assert request.transport
    request.transport.close()
    return web.Response()


async def _half(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "10000"})
    await response.prepare(request)
    await response.write(f'{{"ok":true,"result":"{request.url}'.encode())
    assert request.transport
    request.transport.close()
    return response


async def _garbled(request: web.Request) -> web.StreamResponse:
    assert request.transport
    request.transport.write(f"HTTP/1.1 {request.url}\r\n\r\n".encode())
    request.transport.close()
    return web.Response()


SABOTAGE: dict[str, Sabotage] = {
    "unauthorized": _json(401),
    "forbidden": _json(403),
    "not found": _json(404),
    "bad request": _json(400),
    "conflict": _json(409),
    "too large": _json(413),
    "flood": _json(429, parameters={"retry_after": 1}),
    "flood without a wait": _json(429),
    "migrated": _json(400, parameters={"migrate_to_chat_id": -100}),
    "server error": _raw(500, "<html>{url}</html>"),
    "bad gateway": _raw(502, "{url}"),
    "teapot": _raw(418, "{url}"),
    "nonsense": _raw(200, "<html>{url}</html>"),
    "nothing": _raw(200),
    "no result": _json(200),
    "another result": _json(200, result=URL),
    "a list of nonsense": _json(200, result=[{"update_id": "x"}, None, 5]),
    "nonsense updates": _json(200, result=[{"update_id": 5, "message": {"text": 5}}, {"update_id": 6}]),
    "a refusal at 200": _json(200, ok=False),
    "redirect": _raw(302, Location="http://127.0.0.1:9/?{url}"),
    "redirect for ever": _raw(302, Location="{url}"),
    "redirect to nowhere": _raw(302, Location="http://[{url}"),
    "wrong encoding": _raw(200, "{url}", Content_Encoding="gzip"),
    "hang up": _hang_up,
    "half an answer": _half,
    "garbled": _garbled,
}


class Broken:
    """Lets a server answer some calls in a wrong way; ``enough`` is set once it did so a few times."""

    def __init__(self, sabotage: Sabotage, *hit: str, but: tuple[str, ...] = ()) -> None:
        """``hit`` are the methods that go wrong, all where none is named, but those in ``but``."""
        self._sabotage, self._hit, self._spared = sabotage, hit, but
        self._times = 0
        self.enough = asyncio.Event()

    async def __call__(self, request: web.Request) -> web.StreamResponse | None:
        """The wrong answer, None for a right one."""
        name = request.match_info.get("method", "file").lower()
        if name in self._spared or (self._hit and name not in self._hit):
            return None
        self._times += 1
        if self._times >= 2:
            self.enough.set()
        return await self._sabotage(request)


async def works(server: Server, store: Path, enough: asyncio.Event, **settings: Any) -> str:
    """What is raised, as a trace, when the bot serves until there is enough of it."""
    given = Settings(token=TOKEN, admins=frozenset({ADMIN}), store=store, api_url=server.url, **settings)
    with Store.open(store) as opened:
        work = asyncio.create_task(Front(given, opened).answer())
        waiting = asyncio.create_task(enough.wait())
        reader, admin = Person(server.world, READER), Person(server.world, ADMIN)
        await reader.writes("/start")
        await admin.uploads("a.txt", b"Mayor opens bridge\n\nThe mayor opened a bridge on Monday.", "/load")
        await reader.types_inline("bridge")
        await asyncio.wait({work, waiting}, timeout=PATIENCE_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.wait({work}, timeout=0.2)
        waiting.cancel()
        work.cancel()
        try:
            await work
        except asyncio.CancelledError:
            return ""
        except InvalidToken:  # the library's own words repeat the token; the front has a line of its own for it
            return "refused"
        except Exception as error:
            return "".join(traceback.format_exception(error))
    return ""


async def each_sabotage(folder: Path, *hit: str, but: tuple[str, ...] = (), **settings: Any) -> str:
    """The traces of bots that serve side by side, one with each kind of wrong answer."""

    async def serve(number: int, sabotage: Sabotage) -> str:
        broken = Broken(sabotage, *hit, but=but)
        async with running(TOKEN, broken=broken) as server:
            return await works(server, folder / f"{number}.db", broken.enough, **settings)

    return "".join(await asyncio.gather(*(serve(number, each) for number, each in enumerate(SABOTAGE.values()))))


def clean(written: str) -> None:
    """Nothing of the token, however it is spelled."""
    for part in (SECRET, quote(TOKEN, safe=""), HOOK_SECRET):
        assert part not in written


@pytest.mark.filterwarnings("ignore")
async def test_a_start_that_fails(tmp_path: Path, written: Callable[[], str]) -> None:
    """Refusals, floods, nonsense, redirects, hang-ups before the bot knows its own name: told without the token."""
    traces = await each_sabotage(tmp_path, "getme")
    told = written()
    assert "no answer" in told
    assert "refused" in traces
    clean(told + traces)


@pytest.mark.filterwarnings("ignore")
async def test_polls_that_fail(tmp_path: Path, written: Callable[[], str]) -> None:
    """The same once it works: each poll fails, and what is sent too."""
    traces = await each_sabotage(tmp_path, but=("getme",))
    told = written()
    assert '"event":"started"' in told
    clean(told + traces)


@pytest.mark.filterwarnings("ignore")
async def test_answers_that_fail(tmp_path: Path, written: Callable[[], str]) -> None:
    """Updates come, and every other call fails: what becomes of each update is told without the token."""
    traces = await each_sabotage(tmp_path, but=("getme", "getupdates", "deletewebhook"))
    told = written()
    assert '"event":"update"' in told
    clean(told + traces)


@pytest.mark.filterwarnings("ignore")
async def test_a_webhook_that_is_refused(tmp_path: Path, written: Callable[[], str]) -> None:
    """Should Telegram not take the address, that is told, and neither secret."""
    listen = ("127.0.0.1", 0)
    given: dict[str, Any] = {"webhook_url": "https://example.org/hook", "webhook_secret": HOOK_SECRET}
    clean(await each_sabotage(tmp_path, "setwebhook", webhook_listen=listen, **given) + written())


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "http://no-such-host.invalid", "http://127.0.0.1:9/{url}/x"])
async def test_nobody_there(url: str, tmp_path: Path, written: Callable[[], str]) -> None:
    """Without a network the bot waits, and tells so without the address."""
    async with running(TOKEN) as server:
        work = asyncio.create_task(works(Server(url, server.world), tmp_path / "bot.db", enough := asyncio.Event()))
        await asyncio.sleep(0.5)
        enough.set()
        trace = await work
    told = written()
    assert "no answer" in told
    clean(told + trace)


async def test_webhooks(tmp_path: Path, written: Callable[[], str], unused_tcp_port: int) -> None:
    """Neither the token nor the webhook's secret is told: updates, forged ones, nonsense, and calls that fail."""
    url = f"http://127.0.0.1:{unused_tcp_port}/hook"
    given = {"webhook_url": url, "webhook_listen": ("127.0.0.1", unused_tcp_port), "webhook_secret": HOOK_SECRET}

    async def forge() -> None:
        header = "X-Telegram-Bot-Api-Secret-Token"
        async with aiohttp.ClientSession() as session:
            for secret in ("", "wrong", HOOK_SECRET[:-1], HOOK_SECRET):
                for body in (b"", b"{", b"[]", b'{"update_id": 1}', TOKEN.encode()):
                    with contextlib.suppress(aiohttp.ClientError):
                        await (await session.post(url, data=body, headers={header: secret})).read()

    async with running(TOKEN) as server:
        server.world.retry_seconds = 0.05
        work = asyncio.create_task(works(server, tmp_path / "bot.db", enough := asyncio.Event(), **given))
        reader = Person(server.world, READER)
        await reader.sees(1)
        await forge()
        assert server.world.webhook.secret == HOOK_SECRET
        await reader.asks(f"/who {TOKEN} {HOOK_SECRET}")
        enough.set()
        trace = await work
    told = written()
    assert '"event":"started"' in told
    clean(told + trace)


def test_the_library_itself_tells_the_token() -> None:
    """What is held back here is really there: the library's own error repeats the token."""
    assert SECRET in str(InvalidToken(f"The token `{TOKEN}` was rejected by the server."))
    assert issubclass(InvalidToken, TelegramError)
