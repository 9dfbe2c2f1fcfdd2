"""Kills the bot, a real process, again and again under load, and looks whether anything was lost."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import random
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path

from bot.settings import Settings
from bot.telegram_inbox import GIVEN_UP
from tests.telegram_server.person import Person
from tests.telegram_server.server import TOKEN, Server
from tests.telegram_server.world import Json

FAST = {"a_chat_second": 1000.0, "chat_burst": 1000, "a_group_minute": 100_000, "a_second": 1000}
"""Rates for a server that does not limit."""

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["bot.telegram_front", "tests.bot.killing", "handlers"])


def serve(store: Path, url: str, log: Path, module: str, settings: Json) -> None:
    """Be the bot, with further settings. ``module`` is imported first, and may change what the bot does."""
    from bot import telegram_front
    from bot.telegram_limits import Rates

    with log.open("a", encoding="utf-8") as stream:
        os.dup2(stream.fileno(), 2)
    if module:
        __import__(module)
    chosen = Settings(token=TOKEN, store=store, api_url=url, log_format="json", **settings)
    os.environ["PTB_TIMEDELTA"] = "true"
    os._exit(telegram_front.run(chosen, Rates(**FAST)))  # type: ignore[arg-type]


@asynccontextmanager
async def process(store: Path, url: str, module: str = "", **settings: object) -> AsyncIterator[BaseProcess]:
    """The bot as a process, forked off one that has imported everything, so that it starts at once."""
    started = _FORKS.Process(target=serve, args=(store, url, store.with_suffix(".log"), module, settings))
    await asyncio.to_thread(started.start)
    try:
        yield started
    finally:
        started.kill()
        await asyncio.to_thread(started.join)


@dataclass
class Load:
    """People in groups who ask, and one in private who taps; what they asked is kept, to be compared."""

    server: Server
    groups: int = 8
    asked: list[Json] = field(default_factory=list)
    taps: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.people = [Person(self.server.world, 100 + at, group=-1000 - at) for at in range(self.groups)]

    async def asks(self, count: int, within: float) -> None:
        """So many questions, at random, within so many seconds."""
        for _ in range(count):
            person = random.choice(self.people)
            self.asked.append(await person.writes("/help"))
            await asyncio.sleep(within / count)

    def sent(self) -> int:
        """How many messages the bot has sent."""
        return sum(name == "sendMessage" for name, _ in self.server.world.calls)

    def has_sent(self, count: int) -> bool:
        """Whether it has sent so many, or all that there are."""
        return self.sent() >= count or (bool(self.asked) and not self.missing())

    def answers(self) -> dict[int, list[int]]:
        """For each group the questions that were answered, in the order of the answers."""
        return self._replied_to(lambda text: GIVEN_UP not in text)

    def given_up(self) -> set[tuple[int, int]]:
        """Questions of which nothing was said but that they are given up."""
        told = self._replied_to(lambda text: GIVEN_UP in text)
        return _flat(told) - _flat(self.answers())

    def missing(self) -> set[tuple[int, int]]:
        """Questions that were neither answered nor given up."""
        asked = {(message["chat"]["id"], message["message_id"]) for message in self.asked}
        return asked - _flat(self.answers()) - self.given_up()

    def _replied_to(self, wanted: Callable[[str], bool]) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {person.chat["id"]: [] for person in self.people}
        for (chat, _), message in self.server.world.messages.items():
            ours = chat in found and message["from"]["id"] == self.server.world.bot["id"]
            if ours and "reply_to_message" in message and wanted(message["text"]):
                found[chat].append(message["reply_to_message"]["message_id"])
        return found

    def out_of_order(self) -> list[list[int]]:
        """Groups whose answers did not come in the order of the questions; an answer may come again at once."""
        return [found for found in self.answers().values() if found != sorted(found)]

    def repeated(self) -> int:
        """How many answers came again."""
        return sum(len(found) - len(set(found)) for found in self.answers().values())


def _flat(found: dict[int, list[int]]) -> set[tuple[int, int]]:
    return {(chat, each) for chat, questions in found.items() for each in questions}


async def kill_often(server: Server, store: Path, kills: int, each: int = 8) -> Load:
    """Kill the bot so many times at random moments while people ask, then let it answer what is left.

    One kill in four is while the bot starts; the others follow one of its next messages by some milliseconds, so that
    the moments are as random on a slow machine as on a quick one.
    """
    load = Load(server, groups=max(20, kills))
    async with process(store, server.url):
        await happened(server, lambda: server.world.polls > 0)
    for number in range(kills):
        wanted = load.sent() + random.randint(1, 3 * each)
        async with process(store, server.url):
            asking = asyncio.create_task(load.asks(each, 0.1))
            if number % 4:
                await happened(server, partial(load.has_sent, wanted), 20.0)
                await asyncio.sleep(random.uniform(0, 0.03))
            else:
                await asyncio.sleep(random.uniform(0, 0.6))
        await asking
    polls = server.world.polls
    async with process(store, server.url) as last:
        await load.people[0].waits(lambda: server.world.polls > polls and not load.missing())
        last.terminate()
        await asyncio.to_thread(last.join, 20)
        assert last.exitcode == 0, last.exitcode
    return load


async def happened(server: Server, condition: Callable[[], bool], patience: float = 60.0) -> None:
    """Return when something has happened on the server, or after some seconds."""
    with contextlib.suppress(TimeoutError):
        async with server.world.changed:
            await asyncio.wait_for(server.world.changed.wait_for(condition), patience)


if __name__ == "__main__":
    sys.exit("This is a part of tests and of bench/kill_updates.py.")
