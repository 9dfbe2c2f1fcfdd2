"""The bot in groups, topics and channels: what it hears, what it leaves alone, and which story it answers from."""

from __future__ import annotations

from pathlib import Path

import pytest

from store import Store
from tests.bot.working import ADMIN, GROUP, READER, told
from tests.handlers.made import Said, put
from tests.telegram_server.judge import units_of
from tests.telegram_server.person import Person, buttons
from tests.telegram_server.world import Json, World

NAME = "@News_Test_Bot"


def another_story(path: Path) -> int:
    """A second story, which is the newest one; its number."""
    with Store.open(path) as store:
        words = "“We build a bridge in the harbour.”"
        put(store, f"{words}, said Ruiz.", said=[Said((words,), "Ana Ruiz")])
        return store.stories()[0].id


async def test_mentions(world: World) -> None:
    """The bot's name anywhere makes a question of the words around it; a command after it is a command."""
    person = Person(world, READER, group=GROUP)
    first = await person.asks(f"{NAME}, what did Kelly say about Trump?")
    assert "Kool-Aid" in first["text"]
    assert "Kool-Aid" in (await person.asks(f"what did Kelly say 👩 about Trump {NAME}?"))["text"]
    assert (await person.asks(f"{NAME} /who Putin"))["text"].startswith("Vladimir Putin")
    assert "word for word" in (await person.asks(NAME))["text"]


async def test_a_mention_without_a_name(world: World) -> None:
    """A mention that shows other words than the name is one too; that of somebody else is none."""
    person = Person(world, READER, group=GROUP)
    text = "dear 👩 bot who is Putin"
    entity = {"type": "text_mention", "offset": units_of("dear 👩 "), "length": 3, "user": world.bot}
    other = {**entity, "user": {"id": 99, "is_bot": False, "first_name": "x"}}
    await person.writes(text, entities=[other])
    message = await person.asks("bot who is Putin", entities=[{**entity, "offset": 0}])
    assert message["text"].startswith("Vladimir Putin")
    assert len(person.seen()) == 1


async def test_silence(world: World) -> None:
    """Talk, unknown commands, other bots' commands, voices, and replies to others are left alone, edits too."""
    person = Person(world, READER, group=GROUP)
    await person.makes_admin(world.bot["id"])  # so that it hears everything
    talk = await person.writes("what did Kelly say?")
    await person.replies(talk, "nothing, I think")
    for text in ("/qoutes", f"/qoutes{NAME}", "/quotes@other_bot Kelly", "@other_bot Kelly", f"/who@other_bot {NAME}"):
        await person.writes(text)
    await person.edits(talk, "/quotes Kelly")
    await person.edits(talk, f"{NAME} what did Kelly say?")
    await person._sends(voice={"file_id": "v", "file_unique_id": "v", "duration": 1})
    other_bot = {"id": 77, "is_bot": True, "first_name": "Other", "username": "other_bot"}
    await person.writes("/quotes Kelly", **{"from": other_bot})
    (message,) = [await person.asks(f"/who{NAME} Putin")]
    assert message["text"].startswith("Vladimir Putin")
    assert person.seen() == [message]


async def test_a_reply_to_the_bot(world: World, seeded: Path) -> None:
    """It is a question about the story of the message that is replied to, whatever the group chose since."""
    person = Person(world, READER, group=GROUP)
    first = await person.asks("/quotes")
    newest = another_story(seeded)
    with Store.open(seeded) as store:
        store.choose_story(f"telegram:{GROUP}", newest)
    await person.replies(first, "what did Kelly say about Trump?")
    assert "Kool-Aid" in (await person.sees(2))[1]["text"]
    assert "do not say" in (await person.asks(f"{NAME} what did Kelly say about Trump?"))["text"]


async def test_a_button_stays_with_its_story(world: World, seeded: Path) -> None:
    """A next page, a list and the way back are those of the message, not of the chat's later choice."""
    person = Person(world, READER, group=GROUP)
    message = await person.asks("/sources")
    newest = another_story(seeded)
    with Store.open(seeded) as store:
        store.choose_story(f"telegram:{GROUP}", newest)
    await person.taps(message, "Quotes")
    await person.waits(lambda: message["text"].startswith("Quotes, page 1"))
    await person.taps(message, "‹ Back")
    await person.waits(lambda: "2 loaded articles" in message["text"])


@pytest.mark.parametrize("command", ["quotes", "who", "check", "context"])
async def test_reply_to_a_message(world: World, command: str) -> None:
    """Such a command is about the message that it replies to, its caption, or the part of it that is marked."""
    person, other = Person(world, READER, group=GROUP), Person(world, READER + 1, group=GROUP)
    said = "I heard that Kim Jong Un is now happy to talk to anyone. But Tom Plant?"
    wanted = {"quotes": "Kelly", "who": "Kim", "check": "Kelly", "context": "happy to talk to anyone"}[command]
    text = await other.writes(said)
    photo = await other._sends(photo=[{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}], caption=said)
    for message in (text, photo):
        await person.replies(message, f"/{command}", quote="Kim Jong Un is now happy to talk to anyone.")
        assert wanted in (await person.sees(len(person.seen()) + 1))[-1]["text"]
    if command != "check":
        await person.replies(photo, f"/{command}", quote="Tom Plant")
        assert "Plant" in (await person.sees(3))[2]["text"]


async def test_a_mention_in_reply(world: World) -> None:
    """What only points means the message or its marked part; what has words of its own is asked as it stands."""
    person, other = Person(world, READER, group=GROUP), Person(world, READER + 1, group=GROUP)
    said = "I heard that Kim Jong Un is now happy to talk to anyone. But Tom Plant?"
    message = await other.writes(said)
    for count, (words, quote, start) in enumerate(
        (
            (f"{NAME} who said this?", "Kim Jong Un is now happy to talk to anyone.", "Exact, word for word"),
            (f"{NAME} did Trump say that?", None, "Exact words, but another speaker"),
            (f"{NAME} who is this?", "Tom Plant", "Tom Plant"),
            (NAME, "Kim Jong Un is now happy to talk to anyone.", "Exact, word for word"),
            (f"{NAME} what did Plant say?", None, "Quotes of Tom Plant"),
        ),
        start=1,
    ):
        await person.replies(message, words, quote=quote)
        assert (await person.sees(count))[-1]["text"].startswith(start), words


async def test_pointing_at_an_answer(world: World) -> None:
    """In reply to the bot “this” means the words that it quotes, or the part that is marked, not its own words."""
    person = Person(world, READER, group=GROUP)
    answer = await person.asks("/quotes Plant")
    await person.replies(answer, "who said this?", quote=answer["text"].split('"')[1])
    assert (await person.sees(2))[-1]["text"].startswith("Exact, word for word")
    await person.replies(answer, "did Kelly say that?")
    assert "You ask about Kelly; the article gives the words to Tom Plant." in (await person.sees(3))[-1]["text"]
    await person.replies(answer, "😀")
    await person.replies(answer, "what did Kelly say about Trump?")
    assert "Kool-Aid" in (await person.sees(5))[-1]["text"]


async def test_reply_to_a_message_elsewhere(world: World) -> None:
    """Of a message in another chat the marked part is the question; where nothing is shown of it, that is said."""
    person, channel = Person(world, READER), Person(world, READER, channel=-1009)
    post = await channel.posts("They said: Kim Jong Un is now happy to talk to anyone.")
    await person.replies(post, "/quotes", quote="Kim Jong Un is now happy to talk to anyone.")
    assert "Robert Kelly" in (await person.sees(1))[0]["text"]
    silent = await channel._sends(photo=[{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}])
    await person.replies(silent, "/quotes")
    assert (await person.sees(2))[1]["text"].startswith("Telegram does not show me any text of that message.")


async def test_topics_have_their_own_story(world: World, seeded: Path) -> None:
    """Each topic chooses for itself; what opened the topic is not what a message in it is about."""
    newest = another_story(seeded)
    admin = Person(world, READER, group=GROUP, forum=True)
    await admin.makes_admin(READER)
    topics = [(await admin.opens_topic(name))["message_id"] for name in ("Kelly", "Ruiz")]
    where = [{"message_thread_id": topic, "is_topic_message": True} for topic in topics]
    await admin.asks("/story 2", **where[0])
    first, second = await admin.asks("/quotes", **where[0]), await admin.asks("/quotes", **where[1])
    assert [message["message_thread_id"] for message in (first, second)] == topics
    assert "Putin" in first["text"]
    assert "bridge" in second["text"]
    with Store.open(seeded) as store:
        assert store.current_story(f"telegram:{GROUP}:{topics[1]}") == newest
    await admin.taps(first, "People")
    await admin.waits(lambda: first["text"].startswith("People"))
    edits = [values for name, values in world.calls if name == "editMessageText"]
    assert all("message_thread_id" not in values for values in edits)


async def test_a_closed_topic(world: World) -> None:
    """Where the bot may not write it is silent, and other places are answered."""
    person = Person(world, READER, group=GROUP, forum=True)
    topic = (await person.opens_topic("News"))["message_id"]
    await person.closes_topic(topic)
    await person.writes("/who Putin", message_thread_id=topic, is_topic_message=True)
    assert (await person.asks("/who Putin"))["text"].startswith("Vladimir Putin")


async def test_channels(world: World) -> None:
    """Posts are left alone; a command that names the bot is answered there."""
    channel = Person(world, READER, channel=-1009)
    await channel.posts("Kelly said it all.")
    await channel.posts("/quotes Kelly")
    await channel.posts(f"/who{NAME} Putin")
    await channel.waits(lambda: any(name == "sendMessage" for name, _ in world.calls))
    (sent,) = [values for name, values in world.calls if name == "sendMessage"]
    assert sent["chat_id"] == -1009
    assert "Vladimir Putin" in sent["text"]


async def test_anonymous_admins(world: World) -> None:
    """Whoever writes as the group may choose its story; others may not, by command or by button."""
    person = Person(world, READER, group=GROUP)
    await person.anonymously(f"/story{NAME} 1")
    (chosen,) = await person.sees(1)
    assert "now come from this story" in chosen["text"]
    assert "dmins of this group" in (await person.asks("/story 1"))["text"]
    stories = await person.asks("/stories")
    tap = await person.taps(stories, next(iter(buttons(stories))))
    assert "dmins of this group" in await told(person, world, tap)
    assert stories["text"].startswith("1 story loaded")


async def test_taps_count_for_whoever_taps(world: World, seeded: Path) -> None:
    """What an admin is asked to confirm is not done, nor given up, because a reader taps on it."""
    admin, reader = Person(world, ADMIN, group=GROUP), Person(world, READER, group=GROUP)
    asked = await admin.asks("/unload 1")
    for label in ("Yes", "No"):
        tap = await reader.taps(asked, label)
        await told(reader, world, tap)
    assert {"Yes", "No"} <= buttons(asked).keys()
    with Store.open(seeded) as store:
        assert len(store.newest()) == 2
    await admin.taps(asked, "No")
    await admin.waits(lambda: "Yes" not in buttons(asked))


async def test_a_link_out_of_a_group(world: World) -> None:
    """An answer in a group leads to the same passage, person or story in private."""
    group, private = Person(world, READER, group=GROUP), Person(world, READER)
    for command, expected in (
        ("/who Putin", "Vladimir Putin"),
        ("/summary", "Summary"),
        ("/quotes Kelly", "Robert Kelly"),
    ):
        message = await group.asks(command)
        assert (await private.asks(f"/start {link_of(message)}"))["text"].startswith(expected)


def link_of(message: Json) -> str:
    """What the link below a message has for the bot."""
    rows = message["reply_markup"]["inline_keyboard"]
    (url,) = [button["url"] for row in rows for button in row if "url" in button]
    return str(url).partition("?start=")[2]
