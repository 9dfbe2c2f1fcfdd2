"""The inbox over a real store and a real server: order, duplicates, failures, what is told, what is left."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from telegram import Update
from telegram.ext import ExtBot

from bot import telegram_inbox
from bot.telegram_inbox import GIVEN_UP, Inbox
from bot.telegram_raw import Json, lane_of, place_of
from bot.telegram_request import AiohttpRequest
from store import Store
from tests.bot.killing import happened, process
from tests.telegram_server.person import Person
from tests.telegram_server.server import TOKEN, Server, running

Handle = Callable[[Update], Awaitable[None]]

numbers = itertools.count(1)


def update(text: str, chat: int = 8, number: int | None = None) -> Json:
    """A message in a private chat."""
    number = next(numbers) if number is None else number
    person = {"id": chat, "is_bot": False, "first_name": "x"}
    message = {"message_id": number, "date": 0, "chat": {"id": chat, "type": "private"}, "from": person, "text": text}
    return {"update_id": number, "message": message}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with Store.open(tmp_path / "bot.db") as opened:
        yield opened


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    """A server with two private chats."""
    async with running() as started:
        Person(started.world, 8)
        Person(started.world, 9)
        yield started


@asynccontextmanager
async def working(store: Store, server: Server, handle: Handle, finish: float = 5.0) -> AsyncIterator[Inbox]:
    """An inbox at work."""
    requests = AiohttpRequest(TOKEN, server.url), AiohttpRequest(TOKEN, server.url)
    bot = ExtBot(TOKEN, f"{server.url}/bot", request=requests[0], get_updates_request=requests[1])
    async with bot:
        inbox = Inbox(store, bot, handle)
        await inbox.start()
        try:
            yield inbox
        finally:
            await inbox.stop(finish)


async def until(condition: Callable[[], object]) -> None:
    """Return when something holds."""
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110 - no event tells of it
            await asyncio.sleep(0.01)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Failures are tried again at once."""
    monkeypatch.setattr(telegram_inbox, "RETRY_SECONDS", (0.01, 0.01))


async def test_each_chat_in_order_and_chats_in_parallel(store: Store, server: Server) -> None:
    """A slow chat holds up its own messages only."""
    seen: list[str] = []
    free = asyncio.Event()

    async def handle(update: Update) -> None:
        assert update.message
        if update.message.text == "slow":
            await free.wait()
        seen.append(str(update.message.text))

    async with working(store, server, handle) as inbox:
        await inbox.take([update("slow"), update("after"), update("other", 9)])
        await inbox.take([update("last"), update("others", 9)])
        await until(lambda: seen == ["other", "others"])
        free.set()
        await until(lambda: len(seen) == 5)
    assert seen == ["other", "others", "slow", "after", "last"]
    assert store.inbox.counts() == {"done": 5}


async def test_an_update_that_comes_twice_is_handled_once(store: Store, server: Server) -> None:
    """Also when it comes again in a later batch."""
    seen: list[str] = []

    async def handle(update: Update) -> None:
        assert update.message
        seen.append(str(update.message.text))

    async with working(store, server, handle) as inbox:
        await inbox.take([update("a", number=70), update("a", number=70)])
        await inbox.take([update("a", number=70), update("b", number=3)])
        await until(lambda: not store.inbox.waiting())
    assert sorted(seen) == ["a", "b"]


@pytest.mark.usefixtures("quick")
async def test_three_failures(store: Store, server: Server) -> None:
    """What fails three times is set aside, its chat is told once, and the next message is handled."""
    tried: list[str] = []

    async def handle(update: Update) -> None:
        assert update.message
        tried.append(str(update.message.text))
        if update.message.text == "bad":
            raise ValueError("private words")

    async with working(store, server, handle) as inbox:
        await inbox.take([update("bad"), update("good")])
        person = Person(server.world, 8)
        await until(lambda: person.seen() and "good" in tried)
    assert tried == ["bad"] * 3 + ["good"]
    assert [each["text"] for each in person.seen()] == [GIVEN_UP]
    assert store.inbox.counts() == {"given up": 1, "done": 1}
    assert store.inbox.content(1) is None


async def test_a_chat_goes_on_whatever_happens(store: Store, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where an update can be neither handled nor given up, it is left for the next start; later ones are handled."""
    monkeypatch.setattr(telegram_inbox, "RETRY_SECONDS", (0.01, 0.01))
    done: list[str] = []

    async def handle(update: Update) -> None:
        text = update.message.text if update.message else None
        if text == "bad":
            raise RuntimeError("no")
        done.append(text or "")

    def nowhere(update: Json) -> None:
        raise RuntimeError("odd")

    monkeypatch.setattr(telegram_inbox, "place_of", nowhere)
    async with working(store, server, handle) as inbox:
        await inbox.take([update("bad"), update("good")])
        await until(lambda: done == ["good"])
        await inbox.take([update("better")])
        await until(lambda: done == ["good", "better"])
    assert [each.aside for each in store.inbox.waiting()] == [True]


async def test_the_next_poll_comes_first(store: Store, server: Server) -> None:
    """Whoever handed updates in goes on before they are handled, so that Telegram works at more of them meanwhile."""
    order: list[str] = []

    async def handle(update: Update) -> None:
        order.append("handled")

    async with working(store, server, handle) as inbox:
        await inbox.take([update("a", chat=8), update("b", chat=9)])
        order.append("taken")
        await until(lambda: len(order) == 3)
    assert order == ["taken", "handled", "handled"]


async def test_what_runs_at_the_end_stays(store: Store, server: Server) -> None:
    """What does not finish in time is handled by the next run, and no attempt is counted against it."""
    begun = asyncio.Event()

    async def hang(update: Update) -> None:
        begun.set()
        await asyncio.Event().wait()

    async with working(store, server, hang, finish=0.1) as inbox:
        await inbox.take([update("a"), update("b")])
        await asyncio.wait_for(begun.wait(), 10)
    assert [each.attempts for each in store.inbox.waiting()] == [0, 0]
    seen: list[str] = []

    async def handle(update: Update) -> None:
        assert update.message
        seen.append(str(update.message.text))

    async with working(store, server, handle):
        await until(lambda: len(seen) == 2)
    assert seen == ["a", "b"]
    assert store.inbox.counts() == {"done": 2}


async def test_expired_taps_are_closed_in_silence(
    store: Store, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a restart nobody gets answers to taps and queries that Telegram would not take any more."""
    query = {"id": "1", "from": {"id": 8, "is_bot": False, "first_name": "x"}, "query": "a", "offset": ""}
    handled: list[Update] = []

    async def handle(update: Update) -> None:
        handled.append(update)

    async def hang(update: Update) -> None:
        await asyncio.Event().wait()

    async with working(store, server, hang, finish=0.0) as inbox:
        await inbox.take([{"update_id": 1, "inline_query": query}])
    monkeypatch.setattr(telegram_inbox, "EXPIRES_SECONDS", {"inline_query": -1.0})
    async with working(store, server, handle):
        await asyncio.sleep(0.1)
    assert handled == []
    assert store.inbox.counts() == {"expired": 1}


@pytest.mark.usefixtures("quick")
async def test_hostile_updates(store: Store, server: Server) -> None:
    """Whatever is sent as an update, the inbox goes on."""
    hostile: list[Json] = [
        {},
        {"update_id": "1"},
        {"update_id": 1},
        {"update_id": 2, "message": None},
        {"update_id": 3, "message": []},
        {"update_id": 4, "message": {"chat": {"id": "x"}, "text": "\ud800"}},
        {"update_id": 5, "callback_query": {"message": {"chat": {}}}},
        {"update_id": 2**70},
        {"update_id": 6, "x" * 10_000: {}},
    ]
    seen: list[int] = []

    async def handle(update: Update) -> None:
        seen.append(update.update_id)

    async with working(store, server, handle) as inbox:
        for each in hostile:
            with contextlib.suppress(Exception):
                await inbox.take([each])
        await inbox.take([update("good", number=99)])
        await until(lambda: not store.inbox.waiting())
    assert 99 in seen
    assert store.inbox.waiting() == []


LANES: list[tuple[Json, str]] = [
    ({"message": {"chat": {"id": -5}, "from": {"id": 7}}}, "chat:-5"),
    ({"guest_message": {"chat": {"id": -5}, "from": {"id": 7}}}, "chat:-5"),
    ({"my_chat_member": {"chat": {"id": -5}, "from": {"id": 7}}}, "chat:-5"),
    ({"callback_query": {"from": {"id": 7}, "message": {"chat": {"id": -5}}}}, "chat:-5"),
    ({"callback_query": {"from": {"id": 7}, "inline_message_id": "x"}}, "user:7"),
    ({"inline_query": {"from": {"id": 7}, "query": "x"}}, "user:7"),
    ({"poll": {}}, "kind:poll"),
]


@pytest.mark.parametrize(("raw", "lane"), LANES)
def test_lanes(raw: Json, lane: str) -> None:
    """A lane is a chat, or the user where there is none."""
    assert lane_of({"update_id": 1, **raw}) == lane


def test_places() -> None:
    """What was given up is told where it was asked: in its topic, as a reply; never for what nobody waits for."""
    topic = {"message_id": 5, "chat": {"id": -5}, "message_thread_id": 3, "is_topic_message": True}
    place = {"chat_id": -5, "thread_id": 3}
    assert place_of({"update_id": 1, "message": topic}) == place | {"reply_to": 5}
    assert place_of({"update_id": 1, "callback_query": {"message": topic}}) == place
    assert place_of({"update_id": 1, "message": topic | {"is_topic_message": False}}) == {
        "chat_id": -5,
        "reply_to": 5,
    }
    assert place_of({"update_id": 1, "my_chat_member": topic}) is None


async def test_an_update_that_ends_the_process(seeded: Path) -> None:
    """After three crashes it is set aside and its chat is told once; others are answered all the while."""
    async with running() as server:
        victim, other = Person(server.world, 8), Person(server.world, 9)
        await victim.writes("/help die")
        for _ in range(3):
            async with process(seeded, server.url, "tests.bot.dying") as bot:
                await asyncio.to_thread(bot.join, 60)
                assert bot.exitcode == 3
        await victim.writes("/help")
        await other.writes("/help")
        async with process(seeded, server.url, "tests.bot.dying"):
            await happened(server, lambda: len(victim.seen()) == 2 and len(other.seen()) == 1)
        assert victim.seen()[0]["text"] == GIVEN_UP
        assert len(victim.seen()) == 2
        assert len(other.seen()) == 1
