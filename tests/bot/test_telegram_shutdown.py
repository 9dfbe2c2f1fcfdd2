"""The end of the bot: it stops taking updates, finishes what runs, and is gone within 10 seconds, whatever hangs."""

from __future__ import annotations

import asyncio
import json
import time
from multiprocessing.process import BaseProcess
from pathlib import Path

from aiohttp import web

from store import Store
from tests.bot.killing import happened, process
from tests.bot.working import ADMIN, at_work
from tests.telegram_server.person import Person
from tests.telegram_server.server import running


async def ended(bot: BaseProcess) -> float:
    """Send SIGTERM; the seconds until the process has ended with status 0."""
    began = time.monotonic()
    bot.terminate()
    await asyncio.to_thread(bot.join, 30)
    assert bot.exitcode == 0
    return time.monotonic() - began


async def test_a_hung_request(seeded: Path) -> None:
    """An answer that Telegram does not take stays in the inbox, and is sent by the next run."""
    hung: list[str] = []

    async def broken(request: web.Request) -> web.StreamResponse | None:
        if request.match_info["method"].lower() == "sendmessage" and len(hung) < 1:
            hung.append("x")
            await asyncio.sleep(60)
        return None

    async with running(broken=broken) as server:
        person = Person(server.world, 8)
        async with process(seeded, server.url) as bot:
            await person.writes("/help")
            async with asyncio.timeout(60):
                while not hung:  # noqa: ASYNC110 - no event tells of it
                    await asyncio.sleep(0.02)
            assert await ended(bot) < 10
        with Store.open(seeded) as store:
            assert [each.attempts for each in store.inbox.waiting()] == [0]
        async with process(seeded, server.url) as bot:
            await person.sees(1)
            assert await ended(bot) < 10
        assert len(person.seen()) == 1


async def test_a_running_load(seeded: Path) -> None:
    """A load is interrupted, and goes on with the next run."""
    with Store.open(seeded) as store:
        text = b"Mayor opens bridge\n\nThe mayor opened a long bridge on Monday, as he said he would."
        job = store.new_job("telegram:8", "8", [("text", str(at), text + b" %d" % at) for at in range(20)])
        async with running() as server:
            Person(server.world, 8)
            async with process(seeded, server.url) as bot:
                await happened(server, lambda: any(name == "sendMessage" for name, _ in server.world.calls))
                assert await ended(bot) < 10
        assert [each.id for each in store.open_jobs()] == [job]


async def test_a_load_goes_on_in_its_message(seeded: Path) -> None:
    """After a restart the message that showed a load goes on to its end, and none stays behind as if it still ran."""
    rows = "\n".join(
        json.dumps({"title": f"Bridge {at}", "text": f"The bridge of dock {at} opened on Monday. " * 20})
        for at in range(30)
    )
    async with running() as server:
        admin = Person(server.world, ADMIN)
        async with at_work(server, seeded):
            await admin.uploads("news.jsonl", rows.encode(), "/load")
            (message,) = await admin.sees(1)
            await admin.waits(lambda: "Loading: " in message["text"])
        with Store.open(seeded) as store:
            assert len(store.open_jobs()) == 1
        async with at_work(server, seeded):
            await admin.waits(lambda: "Loading is done" in admin.seen()[-1]["text"])
        assert len(admin.seen()) == 1


async def test_a_second_process(seeded: Path) -> None:
    """A second bot on the same store is refused in one line, and the first one goes on."""
    async with running() as server, process(seeded, server.url):
        await happened(server, lambda: server.world.polls > 0)
        async with process(seeded, server.url) as second:
            await asyncio.to_thread(second.join, 60)
            assert second.exitcode not in {0, None}
        assert "Another bot runs on the store" in seeded.with_suffix(".log").read_text()
        await Person(server.world, 8).asks("/help")
