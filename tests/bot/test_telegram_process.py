"""The Telegram front as a process: it starts, stops, fails and logs as whoever runs it expects."""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.settings import ROOT
from tests.bot.test_terminal_front import environment
from tests.telegram_server.person import Person
from tests.telegram_server.server import TOKEN, running

SECRET = TOKEN.partition(":")[2]


@asynccontextmanager
async def started(
    store: Path, url: str, token: str = TOKEN, **settings: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """`python -m bot run` with a token."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run", "--store", str(store)),
        cwd=ROOT,
        env=environment(BOT_API_URL=url, **settings) | {"BOT_TOKEN": token},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def ended(process: asyncio.subprocess.Process) -> str:
    """All that the process wrote, once it has ended."""
    out, err = await asyncio.wait_for(process.communicate(), 60)
    return (out + err).decode()


async def told(process: asyncio.subprocess.Process, words: str) -> str:
    """The log up to a line with some words."""
    assert process.stderr
    written = ""
    while words not in written:
        line = await asyncio.wait_for(process.stderr.readline(), 60)
        assert line, written
        written += line.decode()
    return written


async def test_a_signal_ends_it_cleanly(seeded: Path) -> None:
    """SIGTERM and SIGINT end the bot within seconds with status 0, and what was answered is not sent again."""
    for number in (signal.SIGTERM, signal.SIGINT):
        async with running() as server, started(seeded, server.url) as process:
            await Person(server.world, 8).asks("/quotes Kelly")
            began = time.monotonic()
            process.send_signal(number)
            written = await ended(process)
            assert (process.returncode, time.monotonic() - began < 10) == (0, True)
            assert server.world.updates == []
            assert "Traceback" not in written


async def test_logs_hold_no_token_and_no_words(seeded: Path) -> None:
    """At the loudest level and through calls that fail: a line an update, no token, nothing of what was written."""
    async with running() as server, started(seeded, server.url, BOT_LOG="debug", BOT_LOG_FORMAT="json") as process:
        person = Person(server.world, 8)
        await person.asks("/quotes Kelly private-words-of-mine")
        await person.asks("private-words-of-mine")
        await person.writes("/who", **{"chat": {"id": 99, "type": "private"}})  # the server knows no such chat
        await person.asks("/help")
        process.terminate()
        written = await ended(process)
    assert written.count('"event":"update"') == 4
    assert '"command":"quotes"' in written
    assert "Chat not found" in written
    for words in (SECRET, "private-words-of-mine", "Kelly"):
        assert words not in written


async def test_logs_of_a_lost_network_hold_no_token(seeded: Path) -> None:
    """Errors of the transport, which know the whole address, are told without the token in it."""
    async with started(seeded, "http://127.0.0.1:9", BOT_LOG="debug") as process:
        written = await told(process, "no answer")
        process.terminate()
        written += await ended(process)
    assert "Cannot connect" in written
    assert SECRET not in written


async def test_a_refused_token(seeded: Path) -> None:
    """A token that Telegram does not know is one line with status 2, and is not repeated."""
    async with running() as server:
        for token in ("4242:wrong-secret", "1:" + "x" * 35):
            async with started(seeded, server.url, token) as process:
                written = await ended(process)
            assert process.returncode == 2
            assert [line for line in written.splitlines() if line.startswith("error: ")] == written.splitlines()
            assert token.partition(":")[2] not in written


async def test_a_server_that_comes_later(seeded: Path) -> None:
    """Without a network the bot waits for one instead of giving up."""
    async with running() as server:
        url = server.url
    async with started(seeded, url, BOT_LOG_FORMAT="text") as process:
        await told(process, "no answer")
        async with running(port=int(url.rpartition(":")[2])) as server:
            assert "word for word" in (await Person(server.world, 8).asks("/start"))["text"]
            process.terminate()
            assert await process.wait() == 0
