"""What a person does reaches the bot as it would from Telegram; every update here is held against aiogram's types."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.telegram_server.called import call, result
from tests.telegram_server.judge import cut
from tests.telegram_server.person import WIRE, Person
from tests.telegram_server.server import Server, running
from tests.telegram_server.world import ANONYMOUS, World

READER, ADMIN, GROUP, CHANNEL = 8, 7, -1001, -1002
NAME = "@news_test_bot"


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    """A server."""
    async with running() as started:
        yield started


@pytest.fixture
def world(server: Server) -> World:
    """What it knows."""
    return server.world


def last(world: World, kind: str = "message") -> dict[str, Any]:
    """The content of the newest update, which must be of a kind."""
    content: dict[str, Any] = world.updates[-1][kind]
    return content


async def test_privacy_mode(server: Server, world: World) -> None:
    """In a group the bot hears commands, its name, replies to it and service messages; with privacy off, all."""
    person, other = Person(world, READER, group=GROUP), Person(world, ADMIN, group=GROUP)
    own = await result(server, "sendMessage", chat_id=GROUP, text="x")
    theirs = await other.writes("hello")
    silent = ["hello", "what about /quotes", f"/quotes@other_bot {NAME[1:]}", "mail me@news_test_bot.org", "@other"]
    for text in silent:
        await person.writes(text)
    await person.replies(theirs, "no")
    assert world.updates == []
    for text in ("/quotes", f"/quotes{NAME}", f"say, {NAME}", f"hi {NAME.upper()}!", f"go /quotes{NAME}"):
        await person.writes(text)
        assert last(world)["text"] == text
    await person.replies(world.messages[GROUP, own["message_id"]], "why?")
    assert last(world)["reply_to_message"]["message_id"] == own["message_id"]
    await other.joins()
    assert last(world)["new_chat_members"][0]["id"] == ADMIN
    heard = len(world.updates)
    world.privacy = False
    for text in silent:
        await person.writes(text)
    assert len(world.updates) == heard + len(silent)


async def test_general_commands_are_for_whoever_spoke_last(server: Server, world: World) -> None:
    """Where another bot wrote last, a command without a name is not for this one; a bot never hears a bot."""
    person, robot = Person(world, READER, group=GROUP), Person(world, 99, group=GROUP)
    robot.user["is_bot"] = True
    await robot.writes(f"/quotes{NAME}")
    await person.writes("/quotes")
    assert world.updates == []
    await person.writes(f"/quotes{NAME}")
    await result(server, "sendMessage", chat_id=GROUP, text="x")
    await person.writes("/quotes")
    assert [each["message"]["text"] for each in world.updates] == [f"/quotes{NAME}", "/quotes"]


async def test_an_admin_bot_hears_all(world: World) -> None:
    """Privacy mode does not hold for admins."""
    person = Person(world, READER, group=GROUP)
    await person.makes_admin(world.bot["id"])
    assert last(world, "my_chat_member")["new_chat_member"]["status"] == "administrator"
    await person.writes("hello")
    assert last(world)["text"] == "hello"


async def test_coming_and_going(server: Server, world: World) -> None:
    """Adding, removing and blocking the bot is told, and decides what it may do."""
    group, private = Person(world, READER, group=GROUP, bot_inside=False), Person(world, READER)
    await group.writes("/quotes")
    assert (await call(server, "sendMessage", chat_id=GROUP, text="x"))["error_code"] == 403
    await group.adds_bot()
    told, service = world.updates
    change = told["my_chat_member"]
    assert [change[f"{when}_chat_member"]["status"] for when in ("old", "new")] == ["left", "member"]
    assert service["message"]["new_chat_members"] == [world.bot]
    await group.kicks_bot()
    assert last(world, "my_chat_member")["new_chat_member"]["status"] == "kicked"
    await group.writes(f"/quotes{NAME}")
    assert len(world.updates) == 3
    await private.blocks_bot()
    assert last(world, "my_chat_member")["chat"]["type"] == "private"
    assert (await call(server, "sendMessage", chat_id=READER, text="x"))["error_code"] == 403
    await private.unblocks_bot()
    assert (await call(server, "sendMessage", chat_id=READER, text="x"))["ok"]
    await result(server, "sendMessage", chat_id=READER, text="x")
    await group.adds_bot()
    await result(server, "leaveChat", chat_id=GROUP)
    assert last(world, "my_chat_member")["from"] == world.bot


async def test_admins(server: Server, world: World) -> None:
    """Who runs the group can be asked for, and changes."""
    person = Person(world, READER, group=GROUP)
    Person(world, ADMIN, group=GROUP)
    await person.makes_admin(ADMIN)

    async def admins() -> set[int]:
        found = await result(server, "getChatAdministrators", chat_id=GROUP)
        return {each["user"]["id"] for each in found if each["status"] == "administrator"}

    assert await admins() == {ADMIN}
    assert (await result(server, "getChatMember", chat_id=GROUP, user_id=ADMIN))["status"] == "administrator"
    await person.makes_member(ADMIN)
    assert await admins() == set()
    assert (await result(server, "getChatMember", chat_id=GROUP, user_id=READER))["status"] == "member"
    await person.leaves()
    assert (await result(server, "getChatMember", chat_id=GROUP, user_id=READER))["status"] == "left"


async def test_anonymous_admins(world: World) -> None:
    """They show the group's name only: the sender is Telegram's own bot for that, in the group's name."""
    await Person(world, READER, group=GROUP).anonymously("/quotes")
    assert last(world)["from"] == ANONYMOUS
    assert last(world)["sender_chat"] == last(world)["chat"]


async def test_topics(server: Server, world: World) -> None:
    """A message of a topic "replies" to what opened it; the general topic has no number; a reply there has one."""
    person = Person(world, READER, group=GROUP, forum=True)
    opener = await person.opens_topic("Summit")
    topic = opener["message_id"]
    assert last(world)["forum_topic_created"]["name"] == "Summit"
    await person.writes("/quotes", message_thread_id=topic, is_topic_message=True)
    asked = last(world)
    assert asked["reply_to_message"]["forum_topic_created"]["name"] == "Summit"
    sent = await result(server, "sendMessage", chat_id=GROUP, text="x", message_thread_id=topic)
    assert (sent["is_topic_message"], sent["reply_to_message"]["message_id"]) == (True, topic)
    reply = {"message_id": asked["message_id"]}
    sent = await result(server, "sendMessage", chat_id=GROUP, text="x", reply_parameters=reply)
    assert sent["message_thread_id"] == topic
    general = await person.writes("/quotes")
    assert not {"message_thread_id", "is_topic_message", "reply_to_message"} & last(world).keys()
    await person.replies(general, "/who")
    assert (last(world)["message_thread_id"], "is_topic_message" in last(world)) == (general["message_id"], False)
    await person.closes_topic(topic)
    refused = await call(server, "sendMessage", chat_id=GROUP, text="x", message_thread_id=topic)
    assert refused["description"] == "Bad Request: TOPIC_CLOSED"
    await person.makes_admin(world.bot["id"])
    assert (await call(server, "sendMessage", chat_id=GROUP, text="x", message_thread_id=topic))["ok"]
    person.deletes_topic(topic)
    refused = await call(server, "sendMessage", chat_id=GROUP, text="x", message_thread_id=topic)
    assert refused["description"] == "Bad Request: message thread not found"


async def test_replies(world: World) -> None:
    """The marked part has its place in UTF-16 units; a reply carries no second reply; elsewhere it is external."""
    person = Person(world, READER, group=GROUP)
    said = await person.writes("👩 said: no comment")
    first = await person.replies(said, f"{NAME} who?", quote="no comment")
    assert last(world)["quote"] == {"text": "no comment", "position": 9, "is_manual": True}
    await person.replies(first, "/check")
    assert "reply_to_message" not in last(world)["reply_to_message"]
    with pytest.raises(ValueError, match="substring"):
        await person.replies(said, "x", quote="never said")
    private = Person(world, READER)
    await private.replies(said, "/check", quote="no comment")
    assert "reply_to_message" not in last(world)
    assert last(world)["external_reply"]["message_id"] == said["message_id"]
    assert last(world)["external_reply"]["origin"]["type"] == "user"
    await private.replies(said, "/check")
    assert last(world)["quote"] == {"text": said["text"], "position": 0}


async def test_forwards_and_channels(world: World) -> None:
    """A forward says where it comes from; a post has no sender but the channel."""
    private, channel = Person(world, READER), Person(world, ADMIN, channel=CHANNEL)
    post = await channel.posts("/quotes said https://example.org")
    assert last(world, "channel_post")["sender_chat"]["id"] == CHANNEL
    assert "from" not in last(world, "channel_post")
    await private.forwards(post)
    assert last(world)["forward_origin"] == {
        "type": "channel", "date": post["date"], "chat": post["chat"], "message_id": post["message_id"],
    }  # fmt: skip
    assert last(world)["entities"] == post["entities"]
    await channel.edits(post, "other")
    assert last(world, "edited_channel_post")["text"] == "other"
    elsewhere = await private.posts("by wire")
    assert elsewhere["chat"]["id"] == WIRE["id"]
    assert "channel_post" not in world.updates[-1] or last(world, "channel_post")["text"] != "by wire"
    said = await private.writes("mine")
    await private.forwards(said)
    assert last(world)["forward_origin"]["sender_user"]["id"] == READER
    await private.forwards(said, hidden=True)
    assert last(world)["forward_origin"]["type"] == "hidden_user"


async def test_edits_mentions_and_anonymous_entities(world: World) -> None:
    """An edit is an update of its own; entities are found by TDLib, in UTF-16 units."""
    person = Person(world, READER)
    said = await person.mentions("👩 #news $TSLA a@b.org https://x.org")
    assert [cut(said["text"], each) for each in said["entities"]] == [
        NAME,
        "#news",
        "$TSLA",
        "a@b.org",
        "https://x.org",
    ]
    await person.edits(said, "/who")
    assert last(world, "edited_message")["edit_date"]
    upload = await person.uploads("a.txt", b"x", caption="/load")
    await person.edits(upload, "other")
    assert last(world, "edited_message")["caption"] == "other"


async def test_migration(server: Server, world: World) -> None:
    """A group that becomes a supergroup has another id, and the old one says which."""
    person = Person(world, READER, group=-55, basic=True)
    await person.writes("/quotes")
    await person.migrates(GROUP)
    to, new = (each["message"] for each in world.updates[-2:])
    assert (to["chat"]["id"], to["migrate_to_chat_id"]) == (-55, GROUP)
    assert (new["chat"]["id"], new["migrate_from_chat_id"]) == (GROUP, -55)
    refused = await call(server, "sendMessage", chat_id=-55, text="x")
    assert refused["parameters"] == {"migrate_to_chat_id": GROUP}
    assert (await call(server, "sendMessage", chat_id=GROUP, text="x"))["ok"]
    await person.writes("/quotes")
    assert last(world)["chat"]["type"] == "supergroup"
    with pytest.raises(ValueError, match="basic"):
        await person.migrates(GROUP - 1)


async def test_numbers_of_messages(server: Server, world: World) -> None:
    """Each supergroup counts for itself, so a number says nothing without its chat."""
    first, second = Person(world, READER, group=GROUP), Person(world, READER, group=GROUP - 1)
    private, other = Person(world, READER), Person(world, ADMIN)
    sent = [await each.writes("/x") for each in (first, second, private, other)]
    assert [each["message_id"] for each in sent] == [1, 1, 1, 2]


async def test_inline(server: Server, world: World) -> None:
    """Results are offered once; a chosen one is a message of the person, by way of the bot, that the bot can edit."""
    person = Person(world, READER, group=GROUP, bot_inside=False)
    asked = await person.types_inline("kelly", chat_type="supergroup")
    assert last(world, "inline_query")["query"] == "kelly"
    button = {"inline_keyboard": [[{"text": "More", "callback_data": "more"}]]}
    content = {"message_text": "<b>said</b>", "parse_mode": "HTML"}
    article = {"type": "article", "id": "1", "title": "x", "input_message_content": content}
    results = [article | {"reply_markup": button}, article | {"id": "2"}]
    await result(server, "answerInlineQuery", inline_query_id=asked, results=results)
    first, second = (world.inline_queries[asked] or {})["results"]
    message = await person.chooses(first)
    assert (message["text"], message["via_bot"], message["from"]) == ("said", world.bot, person.user)
    chosen = last(world, "chosen_inline_result")
    assert (await result(server, "editMessageText", inline_message_id=chosen["inline_message_id"], text="y")) is True
    assert message["text"] == "y"
    await person.taps(message, "data:more")
    assert "message" not in last(world, "callback_query")
    assert "inline_message_id" not in await _chosen(person, second, world)
    again = await call(server, "answerInlineQuery", inline_query_id=asked, results=[])
    assert "query is too old" in again["description"]
    late = await person.types_inline("x")
    world.expire()
    assert "too old" in (await call(server, "answerInlineQuery", inline_query_id=late, results=[]))["description"]


async def _chosen(person: Person, offered: dict[str, Any], world: World) -> dict[str, Any]:
    await person.chooses(offered)
    return last(world, "chosen_inline_result")


async def test_guests(server: Server, world: World) -> None:
    """Called by its name where it is not a member, the bot may answer with one message, and edit it."""
    person = Person(world, READER, group=GROUP, bot_inside=False)
    asked = await person.calls_guest("what did Kelly say?")
    guest = last(world, "guest_message")
    assert (guest["text"], guest["guest_query_id"]) == (f"{NAME} what did Kelly say?", asked)
    content = {"message_text": "<i>x</i>", "parse_mode": "HTML"}
    answer = {"type": "article", "id": "1", "title": "x", "input_message_content": content}
    sent = await result(server, "answerGuestQuery", guest_query_id=asked, result=answer)
    message = world.guest_queries[asked] or {}
    assert (message["text"], message["guest_bot_caller_user"]) == ("x", person.user)
    await result(server, "editMessageText", inline_message_id=sent["inline_message_id"], text="y")
    assert message["text"] == "y"
    again = await call(server, "answerGuestQuery", guest_query_id=asked, result=answer)
    assert "too old" in again["description"]


async def test_taps_on_what_is_gone(server: Server, world: World) -> None:
    """A tap on a message that was deleted comes with a message that cannot be read."""
    person = Person(world, READER)
    button = {"inline_keyboard": [[{"text": "More", "callback_data": "more"}]]}
    await result(server, "sendMessage", chat_id=READER, text="x", reply_markup=button)
    (message,) = person.seen()
    tap = await person.taps(message, "More")
    assert last(world, "callback_query")["message"]["text"] == "x"
    await result(server, "answerCallbackQuery", callback_query_id=tap)
    assert "too old" in (await call(server, "answerCallbackQuery", callback_query_id=tap))["description"]
    person.deletes(message)
    await person.taps(message, "More")
    assert last(world, "callback_query")["message"] == {"chat": person.chat, "message_id": 1, "date": 0}
