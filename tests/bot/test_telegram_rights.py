"""Who may do what, judged from what Telegram itself says, over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from telegram import Bot, Chat, Message, User
from telegram.constants import ChatID

from bot import telegram_rights
from bot.settings import LARGEST_ID as SETTINGS_LARGEST
from bot.settings import SHARED_IDS as SETTINGS_SHARED
from bot.settings import Settings
from bot.telegram_request import AiohttpRequest
from bot.telegram_rights import STAND_INS, Rights, whom
from handlers.question import Role
from store import Store
from store.access import LARGEST_ID, SHARED_IDS
from tests.telegram_server.person import Person
from tests.telegram_server.server import TOKEN, Server, running
from tests.telegram_server.world import ApiError

ADMIN, READER, CHIEF, GROUP, CHANNEL = 7, 8, 9, -1001234, -1009999


def user(number: int, *, bot: bool = False) -> User:
    """A user by number."""
    return User(number, f"User {number}", is_bot=bot)


def chat(number: int, kind: str = "supergroup") -> Chat:
    """A chat by number."""
    return Chat(number, kind, title="A group")


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    """A Bot API server with a group, of which one person is an admin."""
    async with running() as started:
        Person(started.world, READER, group=GROUP)
        chief = Person(started.world, CHIEF, group=GROUP)
        started.world.set_member(GROUP, chief.user, "administrator")
        yield started


@pytest.fixture
async def bot(server: Server) -> AsyncIterator[Bot]:
    """A bot of the library."""
    requests = [AiohttpRequest(TOKEN, server.url) for _ in range(2)]
    base = f"{server.url}/bot"
    async with Bot(TOKEN, base_url=base, request=requests[0], get_updates_request=requests[1]) as made:
        yield made


@pytest.fixture
def seconds() -> list[float]:
    """A clock that tests set: its first number."""
    return [1_000.0]


@pytest.fixture
def rights(bot: Bot, tmp_path: Path, seconds: list[float]) -> Iterator[Rights]:
    """The rights with one admin in the settings, where access is listed."""
    with Store.open(tmp_path / "bot.db") as store:
        settings = Settings(admins=frozenset({ADMIN}), access="listed")
        yield Rights(bot, store, settings, clock=lambda: seconds[0])


def asked(server: Server) -> int:
    """How often Telegram was asked who the admins are."""
    return sum(name.lower() == "getchatadministrators" for name, _ in server.world.calls)


async def test_roles(rights: Rights) -> None:
    """Admins of the bot are so everywhere, admins of a group there only, and all others are readers."""
    group, other = chat(GROUP), chat(GROUP - 1)
    assert await rights.role(user(ADMIN), group) is Role.ADMIN
    assert await rights.role(user(ADMIN), chat(ADMIN, "private")) is Role.ADMIN
    assert await rights.role(user(ADMIN), None) is Role.ADMIN
    assert await rights.role(user(CHIEF), group) is Role.GROUP_ADMIN
    assert await rights.role(user(CHIEF), other) is Role.READER
    assert await rights.role(user(CHIEF), chat(CHIEF, "private")) is Role.READER
    assert await rights.role(user(CHIEF), None) is Role.READER
    assert await rights.role(user(READER), group) is Role.READER
    assert await rights.role(None, group) is Role.READER


async def test_who_hides_behind_a_chat(rights: Rights) -> None:
    """Who writes as the group is its admin; channels, also the linked one, are readers, whoever stands behind them."""
    group, channel = chat(GROUP), chat(CHANNEL, "channel")
    hidden, forwarder = user(ChatID.ANONYMOUS_ADMIN, bot=True), user(ChatID.SERVICE_CHAT)
    assert await rights.role(hidden, group, group) is Role.GROUP_ADMIN
    assert await rights.role(hidden, group) is Role.GROUP_ADMIN
    assert await rights.role(hidden, group, chat(GROUP - 1)) is Role.READER
    assert await rights.role(hidden, chat(1, "private")) is Role.READER
    assert await rights.role(user(ChatID.FAKE_CHANNEL, bot=True), group, channel) is Role.READER
    assert await rights.role(forwarder, group, channel) is Role.READER
    assert await rights.role(user(ADMIN), group, channel) is Role.READER
    assert await rights.role(None, channel, channel) is Role.GROUP_ADMIN


@pytest.mark.parametrize("number", sorted(STAND_INS))
async def test_numbers_that_many_share(bot: Bot, tmp_path: Path, number: int) -> None:
    """A number that Telegram puts for many is no admin of the bot, even if it came into the settings."""
    with Store.open(tmp_path / "bot.db") as store:
        rights = Rights(bot, store, Settings(admins=frozenset({number}), access="listed"))
        assert not rights.is_admin(number)
        assert await rights.role(user(number), None) is Role.READER
        assert not await rights.may_use(user(number), chat(GROUP))


def test_they_are_telegrams() -> None:
    """The same numbers are refused in settings, in the store and in judging, and they are those Telegram uses."""
    assert {*ChatID} == SHARED_IDS == SETTINGS_SHARED == STAND_INS
    assert LARGEST_ID == SETTINGS_LARGEST


async def test_admins_of_a_group_are_kept_for_a_minute(rights: Rights, server: Server, seconds: list[float]) -> None:
    """Telegram is asked once a minute, also when many ask at once; a change counts then, after ``forget`` at once."""
    group = chat(GROUP)
    roles = await asyncio.gather(*(rights.role(user(CHIEF), group) for _ in range(20)))
    assert set(roles) == {Role.GROUP_ADMIN}
    assert asked(server) == 1
    server.world.set_member(GROUP, {"id": CHIEF, "is_bot": False, "first_name": "x"}, "member")
    seconds[0] += 59
    assert await rights.role(user(CHIEF), group) is Role.GROUP_ADMIN
    seconds[0] += 2
    assert await rights.role(user(CHIEF), group) is Role.READER
    server.world.set_member(GROUP, {"id": CHIEF, "is_bot": False, "first_name": "x"}, "administrator")
    assert await rights.role(user(CHIEF), group) is Role.READER
    rights.forget(GROUP)
    assert await rights.role(user(CHIEF), group) is Role.GROUP_ADMIN
    assert asked(server) == 3


async def test_nothing_is_asked_where_it_does_not_matter(rights: Rights, server: Server) -> None:
    """What everybody may do costs no question to Telegram, nor does an admin of the bot."""
    assert await rights.role(user(CHIEF), chat(GROUP), needed=Role.READER) is Role.READER
    await rights.role(user(ADMIN), chat(GROUP))
    await rights.role(user(READER), chat(READER, "private"))
    assert asked(server) == 0


async def test_a_failure_gives_no_right(rights: Rights, server: Server) -> None:
    """Where Telegram cannot tell, everybody is a reader, and it is not asked again for each message."""
    server.world.refuse_next("getChatAdministrators", ApiError(400, "Bad Request: member list is inaccessible"))
    assert await rights.role(user(CHIEF), chat(GROUP)) is Role.READER
    assert await rights.role(user(CHIEF), chat(GROUP)) is Role.READER
    assert asked(server) == 1


async def test_a_server_that_does_not_answer(rights: Rights, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits for Telegram's answer waits a few seconds at most, and gets no right from it."""
    monkeypatch.setattr(telegram_rights, "PATIENCE_SECONDS", 0.05)

    async def never(*given: object, **more: object) -> None:
        await asyncio.sleep(30)

    monkeypatch.setattr(type(rights._bot), "get_chat_administrators", never)
    assert await asyncio.wait_for(rights.role(user(CHIEF), chat(GROUP)), 2) is Role.READER


async def test_bots_are_no_admins(rights: Rights, server: Server) -> None:
    """Another bot that is an admin of the group gets no rights from it."""
    robot = {"id": 555, "is_bot": True, "first_name": "Robot", "username": "robot_bot"}
    server.world.set_member(GROUP, robot, "administrator")
    assert await rights.role(user(555, bot=True), chat(GROUP)) is Role.READER


async def test_listed(rights: Rights) -> None:
    """Who is on the list gets answers everywhere, everybody in a chat that is on it, and nobody else."""
    group = chat(GROUP)
    assert await rights.may_use(user(ADMIN), group)
    assert await rights.may_use(user(ADMIN), None)
    assert not await rights.may_use(user(READER), group)
    assert not await rights.may_use(None, group)
    rights._access.allow(GROUP, "", "1")
    assert await rights.may_use(user(READER), group)
    assert await rights.may_use(user(ChatID.ANONYMOUS_ADMIN), group, group)
    assert not await rights.may_use(user(READER), None)
    assert not await rights.may_use(user(READER), chat(READER, "private"))
    rights._access.allow(READER, "", "1")
    assert await rights.may_use(user(READER), None)
    assert await rights.may_use(user(READER), chat(-5))
    rights._access.deny(GROUP)
    assert not await rights.may_use(user(CHIEF), group)


async def test_telling_those_who_may_not(rights: Rights, seconds: list[float]) -> None:
    """One line a minute in private, one for ever in a group, counted once sent; memory stays bounded in a flood."""
    private, group = chat(READER, "private"), chat(GROUP)
    for _ in range(3):
        assert rights.may_refuse(private)
        assert rights.may_refuse(private)
        rights.was_refused(private)
        assert not rights.may_refuse(private)
        seconds[0] += 61
    assert rights.may_refuse(group)
    rights.was_refused(group)
    seconds[0] += 10**6
    assert not rights.may_refuse(group)
    for number in range(2 * telegram_rights.MOST_CHATS):
        rights.was_refused(chat(-10_000 - number))
    assert len(rights._refused) == telegram_rights.MOST_CHATS


def message(sender: User | None, sender_chat: Chat | None = None) -> Message:
    """A message of somebody."""
    return Message(1, datetime.now(UTC), chat(GROUP), from_user=sender, sender_chat=sender_chat)


def test_whom() -> None:
    """Whom a reply is about: a person only where Telegram tells the person."""
    found = whom(message(user(READER)))
    assert found is not None
    assert (found.id, found.name, found.person) == (READER, "User 8", True)
    robot, hidden = whom(message(user(5, bot=True))), whom(message(user(ChatID.ANONYMOUS_ADMIN), chat(GROUP)))
    assert robot is not None
    assert not robot.person
    assert hidden is not None
    assert (hidden.id, hidden.person) == (GROUP, False)
    assert whom(None) is None
    assert whom(message(None)) is None
