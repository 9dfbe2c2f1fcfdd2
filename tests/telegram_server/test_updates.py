"""How updates reach a bot: by polling, or by a webhook that is asked again until it says 200."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from tests.telegram_server.called import call, result
from tests.telegram_server.person import Person
from tests.telegram_server.server import Server, running


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    """A server with one private chat, 8."""
    async with running() as started:
        Person(started.world, 8)
        yield started


def texts(updates: list[dict[str, Any]]) -> list[str]:
    """What was written."""
    return [each["message"]["text"] for each in updates]


async def test_updates_are_kept_until_confirmed(server: Server) -> None:
    """What was fetched comes again until a later offset confirms it."""
    await Person(server.world, 8).writes("/start@news_test_bot https://example.org")
    (update,) = await result(server, "getUpdates")
    assert [each["type"] for each in update["message"]["entities"]] == ["bot_command", "url"]
    assert await result(server, "getUpdates", timeout=1) == [update]
    assert await result(server, "getUpdates", offset=update["update_id"] + 1) == []
    assert server.world.updates == []


async def test_limits_and_offsets(server: Server) -> None:
    """A batch is as large as asked, at most 100; a negative offset leaves the last ones."""
    person = Person(server.world, 8)
    for number in range(120):
        await person.writes(str(number))
    assert texts(await result(server, "getUpdates", limit=2)) == ["0", "1"]
    assert len(await result(server, "getUpdates")) == len(await result(server, "getUpdates", limit=1000)) == 100
    assert texts(await result(server, "getUpdates", offset=-3)) == ["117", "118", "119"]
    assert len(server.world.updates) == 3


async def test_a_long_poll_waits_for_news(server: Server) -> None:
    """With nothing to tell it waits as long as asked, and answers at once when something comes."""
    began = time.monotonic()
    assert await result(server, "getUpdates", timeout=1) == []
    assert 0.9 < time.monotonic() - began < 3
    waiting = asyncio.create_task(result(server, "getUpdates", timeout=30))
    await asyncio.sleep(0.1)
    await Person(server.world, 8).writes("news")
    assert texts(await asyncio.wait_for(waiting, 5)) == ["news"]


async def test_a_second_poller(server: Server) -> None:
    """The newer request ends the older one, which is told so."""
    first = asyncio.create_task(call(server, "getUpdates", timeout=30))
    await asyncio.sleep(0.1)
    second = asyncio.create_task(call(server, "getUpdates", timeout=1))
    refused = await asyncio.wait_for(first, 5)
    assert refused["error_code"] == 409
    assert "terminated by other getUpdates request" in refused["description"]
    assert (await second)["result"] == []


async def test_what_a_bot_does_not_ask_for(server: Server) -> None:
    """Kinds that were not asked for are never made; the choice holds until another; chat_member must be named."""
    person = Person(server.world, 8)
    await result(server, "getUpdates", allowed_updates=["callback_query"])
    await person.writes("unseen")
    await result(server, "getUpdates")
    await person.writes("unseen")
    assert server.world.updates == []
    await result(server, "getUpdates", allowed_updates=[])
    await person.writes("seen")
    group = Person(server.world, 8, group=-1)
    await group.makes_admin(server.world.bot["id"])
    await group.makes_admin(8)
    assert [set(each) - {"update_id"} for each in server.world.updates] == [{"message"}, {"my_chat_member"}]


class Hook:
    """A bot's own server, which answers as it is told: a status each, 200 at the end."""

    def __init__(self) -> None:
        self.statuses: list[int] = []
        self.got: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.answer: dict[str, Any] | None = None
        self.held = asyncio.Event()
        self.held.set()
        self.together = self.most_together = 0
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        """One update."""
        self.together += 1
        self.most_together = max(self.most_together, self.together)
        self.got.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        await self.held.wait()
        self.together -= 1
        status = self.statuses.pop(0) if self.statuses else 200
        return web.json_response(self.answer, status=status) if self.answer else web.Response(status=status)


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    """One that runs."""
    started = Hook()
    app = web.Application()
    app.router.add_post("/hook", started.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    started.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield started
    started.held.set()
    await runner.cleanup()


async def test_a_webhook_gets_what_was_pending_and_what_comes(server: Server, hook: Hook) -> None:
    """In order, with the secret; polling is refused meanwhile and works again after."""
    person = Person(server.world, 8)
    await person.writes("before")
    await result(server, "setWebhook", url=hook.url, secret_token="s-e_c", max_connections=2)
    await person.writes("after")
    await person.waits(lambda: not server.world.updates)
    assert texts(hook.got) == ["before", "after"]
    assert hook.secrets == ["s-e_c"] * 2
    info = await result(server, "getWebhookInfo")
    assert (info["url"], info["max_connections"], info["pending_update_count"]) == (hook.url, 2, 0)
    refused = await call(server, "getUpdates")
    assert refused["error_code"] == 409
    assert "can't use getUpdates method while webhook is active" in refused["description"]
    await result(server, "deleteWebhook")
    assert await result(server, "getUpdates") == []
    assert (await result(server, "getWebhookInfo"))["url"] == ""


async def test_a_webhook_that_fails_is_asked_again(server: Server, hook: Hook) -> None:
    """Until it answers 200; meanwhile nothing of that chat overtakes, and other chats do not wait."""
    server.world.retry_seconds = 0.02
    hook.statuses = [500, 503, 404]
    await result(server, "setWebhook", url=hook.url)
    person, other = Person(server.world, 8), Person(server.world, 9)
    await person.writes("one")
    await person.writes("two")
    await person.waits(lambda: not server.world.updates)
    assert texts(hook.got) == ["one"] * 4 + ["two"]
    assert "Wrong response from the webhook: " in (await result(server, "getWebhookInfo"))["last_error_message"]
    hook.held.clear()
    await person.writes("three")
    await person.writes("four")
    await other.writes("five")
    await asyncio.sleep(0.2)
    assert texts(hook.got)[5:] == ["three", "five"]
    hook.held.set()
    await person.waits(lambda: not server.world.updates)
    assert texts(hook.got)[5:] == ["three", "five", "four"]


async def test_a_webhook_gets_no_more_connections_than_it_wants(server: Server, hook: Hook) -> None:
    """``max_connections`` holds."""
    await result(server, "setWebhook", url=hook.url, max_connections=3)
    hook.held.clear()
    people = [Person(server.world, number) for number in range(10, 20)]
    for person in people:
        await person.writes("x")
    await asyncio.sleep(0.2)
    hook.held.set()
    await people[0].waits(lambda: not server.world.updates)
    assert hook.most_together == 3
    assert len(hook.got) == 10


async def test_a_webhook_that_is_not_there(server: Server) -> None:
    """Updates stay until somebody takes them, and the last failure is told."""
    await result(server, "setWebhook", url="http://127.0.0.1:9/hook")
    person = Person(server.world, 8)
    await person.writes("x")
    await person.waits(lambda: server.world.webhook.failed)
    assert (await result(server, "getWebhookInfo"))["pending_update_count"] == 1
    await result(server, "deleteWebhook", drop_pending_updates=False)
    assert texts(await result(server, "getUpdates")) == ["x"]


async def test_a_method_in_the_answer_of_a_webhook(server: Server, hook: Hook) -> None:
    """A bot may answer an update with one call."""
    hook.answer = {"method": "sendMessage", "chat_id": 8, "text": "by answer"}
    await result(server, "setWebhook", url=hook.url)
    assert (await Person(server.world, 8).asks("x"))["text"] == "by answer"


async def test_a_webhook_ends_a_poll(server: Server, hook: Hook) -> None:
    """Whoever waits for updates is told that a webhook takes them now."""
    waiting = asyncio.create_task(call(server, "getUpdates", timeout=30))
    await asyncio.sleep(0.1)
    await result(server, "setWebhook", url=hook.url)
    assert "terminated by setWebhook request" in (await asyncio.wait_for(waiting, 5))["description"]


async def test_webhooks_outside_local_mode(server: Server) -> None:
    """Telegram's own servers push to HTTPS on four ports only."""
    server.world.local = False
    assert "An HTTPS URL must be" in (await call(server, "setWebhook", url="http://example.org"))["description"]
    assert "only on ports" in (await call(server, "setWebhook", url="https://example.org:1"))["description"]
