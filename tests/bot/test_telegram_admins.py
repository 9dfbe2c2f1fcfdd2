"""What admins, admins of groups and readers may do, with the real application against a Bot API server."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot import telegram_documents, telegram_front, telegram_work
from bot.settings import Settings
from bot.telegram_buckets import PERSON, SLOWER
from bot.telegram_limits import Rates
from bot.telegram_rights import NOT_ALLOWED
from handlers import COMMANDS, reply
from handlers.answer import Answer
from handlers.question import Question, Role
from store import Store
from tests.bot import working
from tests.bot.feeding import until
from tests.store.samples import article, raw, reading
from tests.telegram_server.person import Person, buttons
from tests.telegram_server.server import TOKEN, Server
from tests.telegram_server.world import ApiError, Json, World

ADMIN, READER, CHIEF, OTHER, GROUP = 7, 8, 9, 10, -1001234
ONLY_ADMINS, ONLY_GROUP_ADMINS = "Only admins of this bot can do that.", "Only admins of this group can do that."
ADMIN_COMMANDS = sorted(name for name, command in COMMANDS.items() if command.role is Role.ADMIN)


FAST = Rates(a_chat_second=100, chat_burst=100, a_group_minute=10_000, a_second=10_000)


@asynccontextmanager
async def at_work(server: Server, path: Path, access: str = "open") -> AsyncIterator[World]:
    """The bot at work, for a server that does not limit."""
    async with working.at_work(server, path, FAST, access=access):
        yield server.world


@pytest.fixture
async def world(server: Server, seeded: Path) -> AsyncIterator[World]:
    """The bot at work for everybody."""
    async with at_work(server, seeded) as found:
        yield found


@pytest.fixture
async def listed(server: Server, seeded: Path) -> AsyncIterator[World]:
    """The bot at work for those on its list."""
    async with at_work(server, seeded, "listed") as found:
        yield found


def chief_of(world: World) -> Person:
    """An admin of the group."""
    chief = Person(world, CHIEF, group=GROUP)
    world.set_member(GROUP, chief.user, "administrator")
    return chief


def told(world: World, tap: str) -> str:
    """What whoever tapped was shown."""
    return str((world.taps[tap] or {}).get("text", ""))


async def taps(person: Person, message: Json, data: str, world: World) -> str:
    """What is shown to somebody who sends this data as a tap."""
    tap = await person.taps(message, f"data:{data}")
    await person.waits(lambda: world.taps[tap] is not None)
    return told(world, tap)


async def test_id(world: World) -> None:
    """Anybody learns the numbers for .env and /allow, in a topic too, and that of whom they reply to."""
    assert f"You: {READER}" in (await Person(world, READER).asks("/id"))["text"]
    topic = Person(world, READER, group=GROUP, forum=True)
    text = (await topic.asks("/id", message_thread_id=5, is_topic_message=True))["text"]
    assert f"This chat: {GROUP}" in text
    assert "This topic: 5" in text
    other = await Person(world, OTHER, group=GROUP).writes("hello")
    before = len(topic.seen())
    await topic.replies(other, "/id")
    assert f"Replied to: User {OTHER} ({OTHER})" in (await topic.sees(before + 1))[-1]["text"]
    before = len(topic.seen())
    await topic.anonymously("/id")
    assert "You write as a chat" in (await topic.sees(before + 1))[-1]["text"]


async def test_an_admin_is_added_and_removed(world: World) -> None:
    """By reply in a group; the new one may do what admins do at once, the removed one nothing at once."""
    admin, ann = Person(world, ADMIN, group=GROUP), Person(world, OTHER)
    assert (await ann.asks("/stats"))["text"] == ONLY_ADMINS
    said = await Person(world, OTHER, group=GROUP).writes("hello")
    await admin.replies(said, "/admins add")
    assert (await admin.sees(1))[0]["text"].startswith(f"User {OTHER} ({OTHER}) is an admin of this bot now.")
    assert (await ann.asks("/stats"))["text"].startswith("How the bot is doing")
    assert (await ann.asks(f"/admins remove {ADMIN}"))["text"].startswith(f"{ADMIN} cannot be removed here.")
    assert "not an admin" in (await Person(world, ADMIN).asks(f"/admins remove {OTHER}"))["text"]
    assert (await ann.asks("/stats"))["text"] == ONLY_ADMINS


async def test_nobody_becomes_an_admin_by_hiding(world: World, seeded: Path) -> None:
    """A reply to somebody who writes as the group, to a channel or to the bot makes nobody an admin."""
    admin, other = Person(world, ADMIN, group=GROUP), Person(world, OTHER, group=GROUP)
    hidden = await other.anonymously("hello")
    answered = await admin.asks("/id")
    for at, message in enumerate((hidden, answered), start=2):
        await admin.replies(message, "/admins add")
        assert "only people can" in (await admin.sees(at))[-1]["text"]
    with Store.open(seeded) as store:
        assert store.access.added_admins() == []


@pytest.mark.parametrize("name", ADMIN_COMMANDS)
async def test_forged_taps(world: World, seeded: Path, name: str) -> None:
    """The data of every admin's button, sent by a reader or an admin of a group, is refused and does nothing."""
    chief, reader = chief_of(world), Person(world, READER, group=GROUP)
    message = await chief.asks("/quotes Kelly")
    for words in ("", "=1", "add 8", "8"):
        for confirmed in ("", "y"):
            for person in (chief, reader):
                assert await taps(person, message, f"n|{name}|||{confirmed}|{words}", world) == ONLY_ADMINS
    with Store.open(seeded) as store:
        assert store.stats()["articles"] == 2
        assert store.access.added_admins() == store.access.allowed() == []
        assert store.open_jobs() == []
    assert not (seeded.parent / "backups").exists()


@pytest.mark.parametrize("name", ADMIN_COMMANDS)
async def test_admins_only_in_words(world: World, name: str) -> None:
    """An admin of a group is no admin of the bot, whoever they pretend to write as."""
    chief = chief_of(world)
    assert (await chief.asks(f"/{name} 1"))["text"] == ONLY_ADMINS
    await chief.anonymously(f"/{name} 1")
    assert (await chief.sees(2))[-1]["text"] == ONLY_ADMINS


async def test_the_story_of_a_group(world: World) -> None:
    """The group's admins choose it, hidden ones too; a reader's tap is told so, and in private anyone chooses."""
    chief, reader = chief_of(world), Person(world, READER, group=GROUP)
    assert (await reader.asks("/story 1"))["text"].startswith(ONLY_GROUP_ADMINS)
    assert (await chief.asks("/story 1"))["text"].startswith("Story")
    await chief.anonymously("/story 1")
    assert (await chief.sees(3))[-1]["text"].startswith("Story")
    listed = await reader.asks("/stories")
    (label, data), *_ = buttons(listed).items()
    assert await taps(reader, listed, data, world) == ONLY_GROUP_ADMINS
    assert (await Person(world, READER).asks("/story 1"))["text"].startswith("Story")
    before = len(chief.seen())
    await chief.taps(listed, label)
    await chief.waits(
        lambda: "now come from this story" in "".join(each["text"] for each in chief.seen()[before - 1 :])
    )


async def test_unloading(world: World, seeded: Path) -> None:
    """It is asked first; only an admin's Yes counts, and everybody's answers change with it."""
    admin, reader = Person(world, ADMIN, group=GROUP), Person(world, READER, group=GROUP)
    asked = await admin.asks("/unload 1")
    assert "With it go 1 version and " in asked["text"]
    assert await taps(reader, asked, buttons(asked)["Yes"], world) == ONLY_ADMINS
    await reader.taps(asked, "No")
    with Store.open(seeded) as store:
        assert store.stats()["articles"] == 2
    await admin.taps(asked, "Yes")
    await admin.waits(lambda: any("is forgotten" in each["text"] for each in admin.seen()))
    assert "1 loaded article" in (await reader.asks("/sources"))["text"]
    with Store.open(seeded) as store:
        assert store.stats()["articles"] == 1
        assert store.verify() == []


async def test_unloading_by_a_reply(server: Server, seeded: Path) -> None:
    """A reply to a message with a link behind words, or to the bot's own answer, is about the article of the link."""
    body = "The bridge of Norrvik was closed on Monday. Cracks were found in its piers."
    one = article("Norrvik bridge closed", body, url="https://example.org/bridge", outlet="Norrvik Post")
    with Store.open(seeded) as store:
        store.add(one, reading(one, people=()))
    async with at_work(server, seeded) as world:
        admin = Person(world, ADMIN)
        link = {"type": "text_link", "offset": 0, "length": 4, "url": "http://www.example.org/bridge/?utm_source=x"}
        for message in (await admin.writes("this", entities=[link]), await admin.asks("/sources")):
            before = len(admin.seen())
            await admin.replies(message, "/unload")
            assert "Norrvik bridge closed" in (await admin.sees(before + 1))[-1]["text"]


def sent_file(world: World, message: Json) -> bytes:
    """The content of a document that the bot sent."""
    content: bytes = world.files[message["document"]["file_id"]][1]
    return content


async def test_a_backup(world: World, seeded: Path, tmp_path: Path) -> None:
    """It comes as a document that opens as a store, holds no token, and leaves nothing on the server."""
    admin = Person(world, ADMIN)
    await admin.asks("/quotes Kelly")
    await admin.writes("/backup")
    await admin.waits(lambda: any("document" in each for each in admin.seen()))
    (message,) = (each for each in admin.seen() if "document" in each)
    content = sent_file(world, message)
    assert TOKEN.encode() not in content
    assert TOKEN.partition(":")[2].encode() not in content
    copy = tmp_path / "copy.db"
    copy.write_bytes(content)
    with Store.open(copy) as store:
        assert store.verify() == []
        assert store.stats()["articles"] == 2
    await admin.asks("/id")
    assert not (seeded.parent / "backups").exists()


async def test_a_backup_that_is_not_taken(world: World, seeded: Path) -> None:
    """A file that Telegram refuses stays beside the store, and its name is told, without the machine's folders."""
    admin = Person(world, ADMIN)
    world.refuse_next("sendDocument", ApiError(400, "Bad Request: file is too big"))
    await admin.writes("/backup")
    await admin.waits(lambda: any("was not sent" in each.get("text", "") for each in admin.seen()))
    (kept,) = (seeded.parent / "backups").iterdir()
    text = admin.seen()[-1]["text"]
    assert f"backups/{kept.name}" in text
    assert str(seeded.parent) not in text
    with Store.open(kept) as store:
        assert store.verify() == []


async def test_a_backup_beyond_the_limit(server: Server, seeded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file larger than the server takes is not even tried."""
    monkeypatch.setattr(Settings, "upload_bytes", 1_000)
    async with at_work(server, seeded) as world:
        admin = Person(world, ADMIN)
        await admin.writes("/backup")
        await admin.waits(lambda: any("was not sent" in each.get("text", "") for each in admin.seen()))
        assert "Telegram takes at most 1.0 kB" in admin.seen()[-1]["text"]
        assert not [name for name, _ in world.calls if name.lower() == "senddocument"]


async def test_a_large_backup_is_streamed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is not read as a whole arrives whole."""
    monkeypatch.setattr(telegram_documents, "IN_MEMORY_BYTES", 1_000)
    admin = Person(world, ADMIN)
    await admin.writes("/backup")
    await admin.waits(lambda: any("document" in each for each in admin.seen()))
    (message,) = (each for each in admin.seen() if "document" in each)
    assert sent_file(world, message)[:15] == b"SQLite format 3"


async def test_no_backup_in_a_group(world: World, seeded: Path) -> None:
    """In a group an admin is told to ask in private."""
    assert "private" in (await Person(world, ADMIN, group=GROUP).asks("/backup"))["text"]
    assert not (seeded.parent / "backups").exists()


async def test_figures_hold_no_secrets(world: World, seeded: Path) -> None:
    """/stats shows counts, and neither the token nor the folders of the machine."""
    text = (await Person(world, ADMIN).asks("/stats"))["text"]
    assert "Articles" in text
    assert TOKEN.partition(":")[2] not in text
    assert str(seeded.parent) not in text


async def test_listed_in_private(listed: World) -> None:
    """Strangers get one line a minute, /id always, and all once they are allowed; denied, they are strangers again."""
    admin, stranger = Person(listed, ADMIN), Person(listed, READER)
    assert (await stranger.asks("/quotes Kelly"))["text"] == NOT_ALLOWED
    for text in ("/quotes", "hello", "/start", "/nonsense", f"/allow {READER}", "/stats"):
        await stranger.writes(text)
    assert f"You: {READER}" in (await stranger.asks("/id"))["text"]
    assert len(stranger.seen()) == 2
    assert "gets answers now" in (await admin.asks(f"/allow {READER}"))["text"]
    assert "Kelly" in (await stranger.asks("/quotes Kelly"))["text"]
    await admin.asks(f"/deny {READER}")
    message = stranger.seen()[-1]
    assert await taps(stranger, message, "n|quotes||||Kelly", listed) == NOT_ALLOWED


async def test_listed_in_a_group(listed: World) -> None:
    """A group is told once and then left in peace, until an admin allows it where it is."""
    stranger, admin = Person(listed, READER, group=GROUP), Person(listed, ADMIN, group=GROUP)
    assert (await stranger.asks("/quotes Kelly"))["text"] == NOT_ALLOWED
    for _ in range(5):
        await stranger.writes("/quotes Kelly")
    await stranger.anonymously("/quotes Kelly")
    assert "Robert Kelly" in (await admin.asks("/who Kelly"))["text"]
    assert len(stranger.seen()) == 2
    assert "gets answers now" in (await admin.asks("/allow"))["text"]
    assert "Robert Kelly" in (await stranger.asks("/who Kelly"))["text"]
    assert "off the list" in (await admin.asks("/deny"))["text"]
    message = stranger.seen()[-1]
    assert await taps(stranger, message, "n|quotes||||Kelly", listed) == NOT_ALLOWED


async def test_a_flood(world: World) -> None:
    """Whoever floods the bot gets a burst, is told once, and keeps nobody else waiting."""
    spammer, other = Person(world, READER), Person(world, OTHER)
    for _ in range(200):
        await spammer.writes("/id")
    assert "Kelly" in (await other.asks("/who Kelly"))["text"]
    await spammer.waits(lambda: any(each["text"] == SLOWER for each in spammer.seen()))
    await other.asks("/id")
    texts = [each["text"] for each in spammer.seen()]
    assert texts.count(SLOWER) == 1
    assert len(texts) <= PERSON.burst + 20  # what the bucket is refilled with while the messages are written


@pytest.mark.parametrize("fails", [ApiError(400, "Bad Request: odd"), ApiError(500, "Internal Server Error")])
async def test_being_slowed_down_is_told_though_sending_failed(world: World, fails: ApiError) -> None:
    """Once, when it can be sent, to somebody who asked too much."""
    spammer = Person(world, READER)
    for _ in range(int(PERSON.burst) + 5):
        await spammer.writes("/id")
    await spammer.waits(lambda: len(spammer.seen()) >= PERSON.burst - 1)
    world.refuse_next("sendMessage", fails)
    for _ in range(20):
        await spammer.writes("/id")
    await spammer.waits(lambda: any(each["text"] == SLOWER for each in spammer.seen()))


async def test_a_refusal_is_told_though_sending_failed(listed: World) -> None:
    """Who may not use the bot is told so by the second attempt where the first one failed, in groups too."""
    for stranger in (Person(listed, READER), Person(listed, OTHER, group=GROUP)):
        listed.refuse_next("sendMessage", ApiError(400, "Bad Request: odd"))
        await stranger.writes("/quotes Kelly")
        assert [each["text"] for each in await stranger.sees(1)] == [NOT_ALLOWED]
        await stranger.writes("/quotes Kelly")
        await stranger.asks("/id")
        assert len(stranger.seen()) == 2


async def test_long_work_holds_up_nobody(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """While admins wait for backups others are answered, the admins in other chats too."""
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(telegram_front.THREADS))
    over = threading.Event()

    def slow(question: Question, store: Store) -> Answer:
        if question.command == "backup" and question.role is Role.ADMIN:
            over.wait(30)
        return reply(question, store)

    monkeypatch.setattr(telegram_work, "reply", slow)
    admin, other, reader = Person(world, ADMIN), Person(world, OTHER), Person(world, READER)
    await admin.asks(f"/admins add {OTHER}")
    try:
        for each in (admin, other):
            await each.writes("/backup")
        await admin.waits(lambda: any(name == "sendChatAction" for name, _ in world.calls))
        assert "Kelly" in (await reader.asks("/who Kelly"))["text"]
        assert "Kelly" in (await Person(world, ADMIN, group=GROUP).asks("/who Kelly"))["text"]
        assert not over.is_set()
        assert len(admin.seen()) == 1
    finally:
        over.set()
    await admin.waits(lambda: len(admin.seen()) > 1 and len(other.seen()) > 0)


async def test_a_flood_of_taps(world: World, seeded: Path) -> None:
    """Taps count like messages, and a refused one is closed."""
    spammer = Person(world, READER)
    message = await spammer.asks("/help")
    found = [await taps(spammer, message, "n|id||||", world) for _ in range(80)]
    assert SLOWER in found
    assert len(spammer.seen()) <= PERSON.burst + 20


async def test_articles_that_were_read_long_ago(server: Server, seeded: Path) -> None:
    """After an upgrade of the analysis each admin is told once, over restarts too, and a tap reads them again."""
    with raw(seeded) as db:
        db.execute("UPDATE versions SET reading_version = 0")
    admin = Person(server.world, ADMIN)
    async with at_work(server, seeded):
        (message,) = await admin.sees(1)
        assert message["text"].startswith("2 articles were read by an older analysis.")
        await admin.taps(message, "Read all again")
        await admin.waits(lambda: "Reading again is done." in admin.seen()[-1]["text"])
        assert admin.seen()[0]["text"] == message["text"]
    async with at_work(server, seeded):
        before = len(admin.seen())
        await admin.asks("/id")
        assert len(admin.seen()) == before + 1


async def test_nobody_could_be_told(server: Server, seeded: Path) -> None:
    """An admin who has not written to the bot yet, or has blocked it, is told at a start after writing to it again."""
    with raw(seeded) as db:
        db.execute("UPDATE versions SET reading_version = 0")
    admin = Person(server.world, ADMIN, started=False)
    async with at_work(server, seeded) as world:
        await admin.waits(lambda: sent(world) == 1)
        await until(lambda: lost(seeded))
    async with at_work(server, seeded) as world:
        await Person(world, ADMIN + 1).asks("/help")
        assert sent(world) == 2  # the answer alone: where the bot may not write it does not try again and again
        server.world.not_started.discard(ADMIN)
        await admin.asks("/help")
    async with at_work(server, seeded):
        await admin.waits(lambda: "older analysis" in admin.seen()[-1]["text"])


def lost(path: Path) -> bool:
    """Whether it is kept that somebody cannot be written to."""
    with raw(path) as db:
        return bool(db.execute("SELECT count(*) FROM unreachable").fetchone()[0])


def sent(world: World) -> int:
    """How many messages were tried to be sent."""
    return sum(name.lower() == "sendmessage" for name, _ in world.calls)
