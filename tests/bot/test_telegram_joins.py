"""The bot is let into chats and out of them, groups become supergroups, and menus fit whoever sees them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from telegram import ChatMember, ChatMemberRestricted

from bot import telegram_joins
from bot.telegram_menus import commands, words
from handlers import COMMANDS
from handlers.question import Role
from store import Store
from tests.bot.working import ADMIN, GROUP, READER, at_work
from tests.telegram_server.person import Person
from tests.telegram_server.server import Server
from tests.telegram_server.world import World

RESTRICTED = set(ChatMemberRestricted.__slots__)


async def until(condition: Callable[[], object]) -> None:
    """Until something has come about in the store."""
    for _ in range(1500):
        if condition():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("It did not come about.")


async def test_hello(world: World) -> None:
    """Let into a group, the bot says in three lines what it does and how to reach it: once, and not in channels."""
    person = Person(world, READER, group=GROUP, bot_inside=False)
    await person.adds_bot()
    (hello,) = await person.sees(1)
    assert len([line for line in hello["text"].splitlines() if line]) == 3
    assert "/quotes@news_test_bot" in hello["text"]
    await person.makes_admin(world.bot["id"])
    await person.kicks_bot()
    await person.adds_bot()
    await Person(world, READER, channel=-1009, bot_inside=False).adds_bot()
    assert "Vladimir" in (await person.asks("/who@news_test_bot Putin"))["text"]
    assert len(person.seen()) == 2
    assert [values["chat_id"] for name, values in world.calls if name == "sendMessage"] == [GROUP, GROUP]


@pytest.mark.parametrize(("status", "is_member", "out"), [("restricted", False, True), ("restricted", True, False)])
def test_restricted(status: str, is_member: bool, out: bool) -> None:
    """A bot that was restricted and then left is out; one that is only restricted is not."""
    rights = dict.fromkeys(RESTRICTED - {"is_member", "until_date", "tag"}, False)
    user = {"id": 1, "is_bot": True, "first_name": "x"}
    member = ChatMember.de_json({"status": status, "user": user, "is_member": is_member, "until_date": 0} | rights)
    assert telegram_joins._is_out(member) is out


async def test_thrown_out(world: World, seeded: Path) -> None:
    """Nothing is sent to a chat that the bot was thrown out of, or blocked by, until it is let in again."""
    group, private = Person(world, ADMIN, group=GROUP), Person(world, ADMIN)
    await private.asks("/start")
    await group.kicks_bot()
    await private.blocks_bot()
    reader = Person(world, READER)
    message = await reader.asks("/quotes happy to talk to anyone")
    await reader.taps(message, "Context")
    await reader.waits(lambda: message["text"].startswith("Context"))
    calls = len([1 for name, _ in world.calls if name == "sendMessage"])
    await reader.taps(message, "Wrong?")
    await reader.asks("/help")
    assert len([1 for name, _ in world.calls if name == "sendMessage"]) == calls + 1
    await private.unblocks_bot()
    assert (await private.asks("/reports"))["text"].startswith("Open reports")
    with Store.open(seeded) as store:
        assert store.reach.lost(f"telegram:{GROUP}:5")
        assert not store.reach.lost(f"telegram:{ADMIN}")


async def test_a_group_becomes_a_supergroup(world: World, seeded: Path) -> None:
    """What the group chose, its settings and its buttons go along; it is not greeted a second time."""
    person = Person(world, READER, group=-77, basic=True, bot_inside=False)
    await person.adds_bot()
    await person.sees(1)
    with Store.open(seeded) as store:
        store.choose_story("telegram:-77", 1)
        store.chats.set("telegram:-77", "language", "de")
        key = store.keep("telegram:-77", "{}")
    await person.migrates(GROUP)
    message = await person.asks("/who@news_test_bot Putin")
    assert message["text"].startswith("Vladimir Putin")
    with Store.open(seeded) as store:
        assert store.chats.settings(f"telegram:{GROUP}") == {"language": "de"}
        assert store.chats.greeted(f"telegram:{GROUP}")
        assert store.kept(key) == "{}"
        held = store.chats.of_chat(f"telegram:{GROUP}")
        assert held.story == 1
    assert len(person.seen()) == 1


async def test_an_answer_to_a_group_that_has_moved(world: World) -> None:
    """What was asked in the old group just before is answered in the new one."""
    person = Person(world, READER, group=-78, basic=True)
    world.privacy = False
    asked = await person.writes("/who Putin")
    await person.migrates(GROUP)
    del asked
    assert (await person.sees(1))[0]["text"].startswith("Vladimir Putin")


async def test_a_tap_in_a_group_that_has_moved(world: World) -> None:
    """A message that cannot be edited any more is answered in the new group, and its buttons work there."""
    person = Person(world, READER, group=-79, basic=True)
    message = await person.asks("/quotes")
    await person.migrates(GROUP)
    await person.taps(message, "Next ›")
    (shown,) = await person.sees(1)
    assert shown["text"].startswith("Quotes, page 2")
    await person.taps(shown, "‹ Previous")
    await person.waits(lambda: shown["text"].startswith("Quotes, page 1"))


async def test_only_listed_chats_are_greeted(server: Server, seeded: Path) -> None:
    """Where access is listed, a chat that is not on the list is told so in one line, once."""
    async with at_work(server, seeded, access="listed"):
        person = Person(server.world, READER, group=GROUP, bot_inside=False)
        await person.adds_bot()
        (told,) = await person.sees(1)
        assert "only the people and chats that its admins chose" in told["text"]
        await person.writes("/quotes@news_test_bot Kelly")
        assert "Numbers" in (await person.asks("/id@news_test_bot"))["text"]


async def test_menus(world: World, seeded: Path) -> None:
    """Private chats, groups, group admins and admins have their own, in several languages; given once."""
    admin = Person(world, ADMIN)
    await admin.asks("/start")
    scopes = {"all_private_chats:", "all_group_chats:", "all_chat_administrators:", f"chat:{ADMIN}"}
    await admin.waits(lambda: len(world.commands) >= 4 * (1 + len(words())))
    menus = {place: [each["command"] for each in menu] for place, menu in world.commands.items()}
    assert scopes <= {place.rpartition(":de")[0] or place for place in menus} | menus.keys()
    assert "load" in menus[f"chat:{ADMIN}"]
    assert "load" not in menus["all_private_chats:"]
    assert "story" in menus["all_chat_administrators:"]
    assert "story" not in menus["all_group_chats:"]
    with Store.open(seeded) as store:
        await until(lambda: len(store.reach.menus()) == 4 * (1 + len(words())))


async def test_menus_are_given_once(server: Server, seeded: Path) -> None:
    """A restart sends no menu again; one that could not be given is given then, or when its person writes."""
    for _ in range(2):
        async with at_work(server, seeded):
            admin = Person(server.world, ADMIN, started=False)
            await admin.waits(lambda: len(server.world.commands) >= 3 * (1 + len(words())))
            await asyncio.sleep(0.2)
    given = [values for name, values in server.world.calls if name == "setMyCommands"]
    assert len([each for each in given if each["scope"]["type"] != "chat"]) == 3 * (1 + len(words()))
    async with at_work(server, seeded):
        await admin.asks("/start")
        await admin.waits(lambda: len(server.world.commands) == 4 * (1 + len(words())))


async def test_the_menu_of_somebody_who_is_no_admin_any_more(server: Server, seeded: Path) -> None:
    """It is taken back with the next message."""
    async with at_work(server, seeded) as store:
        store.access.add_admin(READER, "x", str(ADMIN))
        person = Person(server.world, READER)
        await person.asks("/start")
        await person.waits(lambda: f"chat:{READER}" in "".join(server.world.commands))
        await person.waits(
            lambda: len([each for each in store.reach.menus() if str(READER) in each]) == 1 + len(words())
        )
        store.access.remove_admin(READER)
        await person.asks("/start")
        await until(lambda: not [each for each in store.reach.menus() if str(READER) in each])
        assert f"chat:{READER}" not in "".join(server.world.commands)


async def test_the_menu_of_somebody_removed_while_the_bot_was_down(server: Server, seeded: Path) -> None:
    """It is taken back at the next start."""
    with Store.open(seeded) as store:
        store.reach.set_menu("chat:99:", "x")
        store.reach.set_menu("chat:99:de", "x")
    Person(server.world, 99)
    async with at_work(server, seeded) as store:
        await until(lambda: not [each for each in store.reach.menus() if each.startswith("chat:99")])
    taken = [values for name, values in server.world.calls if name == "deleteMyCommands"]
    assert [values.get("language_code") for values in taken] == [None, "de"]


@pytest.mark.parametrize("language", words())
def test_words_of_menus(language: str) -> None:
    """Each language has words for what readers may use, for no other command, and none that Telegram refuses."""
    said = words()[language]
    menu = {each.command for each in commands(Role.GROUP_ADMIN, language)}
    assert said.keys() <= COMMANDS.keys()
    assert not menu - said.keys()
    assert all(1 <= len(each) <= 256 for each in said.values())
    assert len(set(said.values())) == len(said)
