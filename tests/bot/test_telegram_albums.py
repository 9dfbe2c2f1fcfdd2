"""Albums, each part of which is a message of its own: one line for all of one, one load for all of its files."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from store import Store
from tests.bot.working import ADMIN, GROUP, READER
from tests.telegram_server.person import Person
from tests.telegram_server.world import ApiError, Json, World

NAMES = ("Bridge", "Harbour", "School", "Tunnel")


def text_of(name: str) -> bytes:
    """An article of its own story."""
    return f"{name} opens\n\nThe mayor opened the {name.lower()} on Monday.\n\n“It is new,” said Ann Lee.".encode()


async def uploads(person: Person, album: str, at: int, caption: str) -> None:
    """Send an album of files with its caption below one of them."""
    for number, name in enumerate(NAMES):
        words = caption if number == at else ""
        await person.uploads(f"{name}.txt", text_of(name), words, media_group_id=album)


def loaded(message: Json) -> int:
    """How many files of the album a message tells to be in."""
    return sum(f"{name} opens: loaded" in message["text"] for name in NAMES)


@pytest.mark.parametrize("at", [0, 2, len(NAMES) - 1])
@pytest.mark.parametrize("group", [None, GROUP])
async def test_loading_an_album(world: World, seeded: Path, at: int, group: int | None) -> None:
    """All of its files are loaded, wherever the caption stands, and one message tells of them."""
    world.privacy = False  # else a bot in a group is shown the file with the caption alone
    admin = Person(world, ADMIN, group=group)
    await uploads(admin, "1", at, "/load")
    (message,) = await admin.sees(1)
    await admin.waits(partial(loaded, message))
    await admin.waits(lambda: sum(map(loaded, admin.seen())) == len(NAMES))
    assert len(admin.seen()) == 1
    with Store.open(seeded) as store:
        assert store.stats()["articles"] == 2 + len(NAMES)


async def test_files_that_nobody_asked_to_load(world: World, seeded: Path) -> None:
    """In a group an album of files is left alone, also one that a reader wants to be loaded, which is told once."""
    world.privacy = False
    admin, reader = Person(world, ADMIN, group=GROUP), Person(world, READER, group=GROUP)
    await uploads(admin, "1", 0, "look")
    await uploads(reader, "2", 3, "/load")
    await uploads(reader, "3", 0, "/load")
    await admin.writes("/id")
    assert [each["text"].partition("\n")[0] for each in await admin.sees(3)] == [
        *["Only admins of this bot can do that."] * 2,
        "Numbers in Telegram",
    ]
    with Store.open(seeded) as store:
        assert store.stats()["articles"] == 2


async def test_a_caption_is_no_text_to_load(world: World) -> None:
    """Words below a file say what it is; the file is loaded, and a link among them too where /load is said."""
    admin = Person(world, ADMIN)
    await admin.uploads("Bridge.txt", text_of("Bridge"), "about the bridge")
    (message,) = await admin.sees(1)
    await admin.waits(lambda: loaded(message) == 1)
    await admin.uploads("School.txt", text_of("School"), "/load the school http://127.0.0.1/x")
    message = (await admin.sees(2))[1]
    await admin.waits(lambda: loaded(message) == 1 and "127.0.0.1" in message["text"])


async def test_an_album_is_spoken_of_though_sending_failed(world: World) -> None:
    """That it cannot be read is told once, by the second attempt where the first one failed."""
    person = Person(world, READER)
    photo = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
    world.refuse_next("sendMessage", ApiError(400, "Bad Request: odd"))
    for _ in range(3):
        await person._sends(photo=photo, media_group_id="1")
    assert (await person.sees(1))[0]["text"].startswith("I can read text, links and files only.")
    await person.asks("/id")
    assert len(person.seen()) == 2


async def test_an_album_with_a_question(world: World) -> None:
    """A question below the first picture is answered, and nothing is said of the other pictures."""
    person = Person(world, READER)
    photo = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
    for words in ({"caption": "who is Putin?"}, {}, {}):
        await person._sends(photo=photo, media_group_id="1", **words)
    assert (await person.sees(1))[0]["text"].startswith("Vladimir Putin")
    await person.asks("/id")
    assert len(person.seen()) == 2
