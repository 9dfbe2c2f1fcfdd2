"""The transport: forms, files, errors and time-outs, against a real server."""

from __future__ import annotations

import asyncio
import base64
import re
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from telegram import Bot, InputFile
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TimedOut

from bot.telegram_request import AiohttpRequest
from tests.telegram_server.person import Person
from tests.telegram_server.server import TOKEN, running

SECRET = TOKEN.partition(":")[2]


def bot(url: str, token: str = TOKEN) -> Bot:
    """The library's client on our transport."""
    requests = [AiohttpRequest(token, url) for _ in range(2)]
    return Bot(token, f"{url}/bot", f"{url}/file/bot", request=requests[0], get_updates_request=requests[1])


async def test_texts_and_files_both_ways() -> None:
    """Text of any script, uploads and downloads arrive as they were."""
    async with running() as server, bot(server.url) as client:
        Person(server.world, 8)
        for text in ("漢字 👩\u200d👧 שלום & <b>=?+%", "a" * 4096, "line\nline"):
            assert (await client.send_message(8, text)).text == text
        content = bytes(range(256)) * 1000
        sent = await client.send_document(8, InputFile(content, "ä b.bin"))
        assert sent.document
        assert bytes(await (await sent.document.get_file()).download_as_bytearray()) == content


async def test_half_a_character() -> None:
    """A lone surrogate, which UTF-8 cannot carry, does not break the request."""
    async with running() as server, bot(server.url) as client:
        Person(server.world, 8)
        assert (await client.send_message(8, "a\ud800b")).text == "a?b"


async def test_errors_of_the_server() -> None:
    """What the server refuses is the library's own error."""
    async with running() as server, bot(server.url) as client:
        with pytest.raises(BadRequest, match="Chat not found"):
            await client.send_message(1, "x")
        with pytest.raises(BadRequest, match="too long"):
            await client.send_message(Person(server.world, 8).user["id"], "x" * 4097)
    async with running("1:other") as other:
        with pytest.raises(InvalidToken):
            async with bot(other.url):
                pass


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_nobody_answers() -> None:
    """A server that is not there, hangs up, stays silent or talks nonsense is an error without the token."""
    held = asyncio.Event()

    async def hang_up(request: web.Request) -> web.Response:
        assert request.transport
        request.transport.close()
        return web.Response()

    async def silent(_: web.Request) -> web.Response:
        await held.wait()
        return web.Response()

    async def nonsense(_: web.Request) -> web.Response:
        return web.Response(text="<html>", status=502)

    async def flood(_: web.Request) -> web.Response:
        answer = {"ok": False, "error_code": 429, "description": "Too Many Requests", "parameters": {"retry_after": 3}}
        return web.json_response(answer, status=429)

    app = web.Application()
    for name, handler in {"hangup": hang_up, "silent": silent, "nonsense": nonsense, "flood": flood}.items():
        app.router.add_route("*", f"/{name}/bot{{token}}/{{method}}", handler)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    expected = {
        f"{base}/hangup": NetworkError,
        f"{base}/silent": TimedOut,
        f"{base}/nonsense": NetworkError,
        f"{base}/flood": RetryAfter,
        "http://127.0.0.1:9": NetworkError,
        "http://no-such-host.invalid": NetworkError,
    }
    for url, kind in expected.items():
        client = bot(url)
        await client._request[1].initialize()
        with pytest.raises(kind) as caught:
            await client.send_message(8, "x", read_timeout=0.3)
        assert SECRET not in "".join(traceback.format_exception(caught.value))
        await client._request[1].shutdown()
    held.set()
    await runner.cleanup()


async def proxy(seen: list[tuple[str, str]]) -> AsyncIterator[int]:
    """A proxy that keeps what it is asked for, and by whom; it lets nothing through to addresses over TLS."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        words = re.findall(r"(?im)^proxy-authorization: basic (.*?)\r$", head)
        seen.append((head.split("\r\n")[0], base64.b64decode(words[0]).decode() if words else ""))
        body = b'{"ok":true,"result":7}'
        refused = head.startswith("CONNECT")
        status = b"407 Say Who" if refused else b"200 OK"
        writer.write(b"HTTP/1.1 %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (status, len(body), body))
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]


async def test_a_proxy_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is used, with its password, for all but this machine and what is left out; no error tells the password."""
    seen: list[tuple[str, str]] = []
    async with asynccontextmanager(proxy)(seen) as port:
        for name in ("http_proxy", "https_proxy"):
            monkeypatch.setenv(name, f"http://ann:p%40ss@127.0.0.1:{port}")
        monkeypatch.setenv("no_proxy", "left-out.invalid")
        assert await asked("http://api.invalid") == 7
        assert seen.pop() == (f"POST http://api.invalid/bot{TOKEN}/x HTTP/1.1", "ann:p@ss")
        with pytest.raises(NetworkError, match="407") as caught:
            await asked("https://api.invalid")
        assert seen.pop() == ("CONNECT api.invalid:443 HTTP/1.1", "ann:p@ss")
        told = "".join(traceback.format_exception(caught.value))
        assert not [each for each in (SECRET, "p%40ss", "p@ss") if each in told]
        for url in ("http://left-out.invalid", "http://127.0.0.1:9", "http://localhost:9"):
            with pytest.raises(NetworkError):
                await asked(url)
    assert not seen


async def asked(url: str) -> object:
    """What a call gives back."""
    request = AiohttpRequest(TOKEN, url)
    await request.initialize()
    try:
        return await request.post(f"{url}/bot{TOKEN}/x")
    finally:
        await request.shutdown()


async def test_closed() -> None:
    """After the end nothing is sent."""
    with pytest.raises(NetworkError, match="closed"):
        await AiohttpRequest(TOKEN, "http://x").post("http://x")
