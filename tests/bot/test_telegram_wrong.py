"""From a reader's "Wrong?" to what everybody sees, with the real application against a Bot API server."""

from __future__ import annotations

from pathlib import Path

import pytest

from store import Store
from tests.bot.working import ADMIN, READER, told
from tests.telegram_server.person import Person, buttons
from tests.telegram_server.world import Json, World

WORDS = '"Kim Jong Un is now happy to talk to anyone."'


async def context_of(person: Person) -> Json:
    """The context of a quotation of Kelly's, which has the button."""
    listed = await person.asks("/quotes happy to talk to anyone")
    assert len([label for label in buttons(listed) if label.startswith("Context")]) == 1
    await person.taps(listed, "Context")
    await person.waits(lambda: listed["text"].startswith("Context"))
    return listed


async def test_lists_stay_calm(world: World) -> None:
    """A list of quotations has no such button; the context of one has just one."""
    person = Person(world, READER)
    assert not [label for label in buttons(await person.asks("/quotes")) if "Wrong" in label]
    assert [label for label in buttons(await context_of(person)) if "Wrong" in label] == ["Wrong?"]


async def test_a_report_and_a_decision(world: World) -> None:
    """The reader is thanked, the admin gets the passage with buttons, and then everybody sees the decision."""
    reader, admin = Person(world, READER), Person(world, ADMIN)
    tap = await reader.taps(await context_of(reader), "Wrong?")
    assert await told(reader, world, tap) == "Thank you. The admins of this bot will look at it."
    assert len(reader.seen()) == 1
    (report,) = await admin.sees(1)
    assert report["text"].startswith("A reader says that this is wrong")
    assert WORDS in report["text"]
    assert {"Unattributed", "Not a quotation", "It is right"} <= buttons(report).keys()
    await admin.taps(report, "Unattributed")
    done = (await admin.sees(2))[1]
    assert "Unattributed, set by an admin" in done["text"]
    assert "Unattributed, set by an admin" in (await reader.asks("/quotes happy to talk to anyone"))["text"]


async def test_forged_taps_of_a_reader(world: World, seeded: Path) -> None:
    """A reader who sends an admin's button data, or the command, is refused, and nothing is set."""
    reader, admin = Person(world, READER), Person(world, ADMIN)
    await reader.taps(await context_of(reader), "Wrong?")
    (report,) = await admin.sees(1)
    for data in [data for label, data in buttons(report).items() if label != "Context"]:
        tap = await reader.taps(reader.seen()[0], f"data:{data}")
        assert await told(reader, world, tap) == "Only admins of this bot can do that."
    assert len(reader.seen()) == 1
    assert (await reader.asks("/reports"))["text"] == "Only admins of this bot can do that."
    assert (await reader.asks("/reread"))["text"] == "Only admins of this bot can do that."
    with Store.open(seeded) as store:
        assert store.corrections() == []
        assert len(store.reports()) == 1


async def test_an_admin_who_cannot_be_told(world: World) -> None:
    """The reader is thanked and the report is kept where an admin has not written to the bot yet."""
    reader = Person(world, READER)
    tap = await reader.taps(await context_of(reader), "Wrong?")
    assert (await told(reader, world, tap)).startswith("Thank you.")
    await reader.waits(lambda: ("sendMessage", ADMIN) in [(name, each.get("chat_id")) for name, each in world.calls])
    assert (await Person(world, ADMIN).asks("/reports"))["text"].startswith("Open reports")


async def test_reading_again(world: World, seeded: Path) -> None:
    """/reread is a job with one message that is edited and ends with what became of it."""
    admin = Person(world, ADMIN)
    message = await admin.asks("/reread")
    await admin.waits(lambda: message["text"].startswith("Reading again is done."))
    assert len(admin.seen()) == 1
    with Store.open(seeded) as store:
        assert store.verify() == []


@pytest.mark.parametrize("name", ["reports", "reread"])
async def test_menus(world: World, name: str) -> None:
    """Readers are not offered what only admins may do."""
    await Person(world, READER).waits(lambda: "all_private_chats:" in world.commands)
    assert name not in {each["command"] for each in world.commands["all_private_chats:"]}
