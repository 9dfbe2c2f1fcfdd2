"""/check, /settings, /privacy and /forget, with the real application against a Bot API server."""

from __future__ import annotations

from pathlib import Path

import pytest

from store import Store
from tests.bot.working import READER
from tests.telegram_server.person import Person, buttons
from tests.telegram_server.world import Json, World

GROUP, OTHER = -1005550001, 99
CLAIM = 'Yesterday Putin said "Kim Jong Un is now unhappy to talk to anyone" and "there are no secrets".'


def cut(message: Json, kind: str) -> list[str]:
    """The stretches of a message that have a format."""
    wide = message["text"].encode("utf-16-le")
    return [
        wide[2 * each["offset"] : 2 * (each["offset"] + each["length"])].decode("utf-16-le")
        for each in message.get("entities", ())
        if each["type"] == kind
    ]


async def test_a_claim_in_a_group(world: World) -> None:
    """In reply to somebody's message each quotation in it is judged, and what was changed is marked."""
    other, person = Person(world, OTHER, group=GROUP), Person(world, READER, group=GROUP)
    claim = await other.writes(CLAIM)
    await person.replies(claim, "/check")
    (message,) = await person.sees(1)
    assert message["text"].startswith("2 quotations checked")
    assert cut(message, "strikethrough") == ["unhappy"]
    assert "happy" in cut(message, "bold")
    assert "The message gives the words to Putin; the article gives them to Robert Kelly." in message["text"]
    assert "2. Exact, word for word" in message["text"]


async def test_the_marked_part(world: World) -> None:
    """Only the part that the asker marked is the question, also of a message in another chat."""
    other, person = Person(world, OTHER, group=GROUP), Person(world, READER, group=GROUP)
    claim = await other.writes(CLAIM)
    await person.replies(claim, "/check", quote='"there are no secrets"')
    assert (await person.sees(1))[0]["text"].startswith("Exact, word for word")
    private = Person(world, READER)
    await private.replies(claim, "/check", quote='"Kim Jong Un is now unhappy to talk to anyone"')
    assert (await private.sees(1))[0]["text"].startswith("Altered")


async def test_context_of_a_checked_quotation(world: World) -> None:
    """The button below leads to the text around the printed words."""
    person = Person(world, READER)
    message = await person.asks("/check Kim Jong Un is now happy to talk to anyone")
    assert "Robert Kelly" in message["text"]
    await person.taps(message, "Context")
    await person.waits(lambda: any(each["text"].startswith("Context") for each in person.seen()))


async def test_settings_edit_their_message(world: World) -> None:
    """Each tap changes one thing and the message that shows it; the next answer is as it was set."""
    person = Person(world, READER)
    message = await person.asks("/settings")
    assert "Passages on a page — 5" in message["text"]
    await person.taps(message, "Quotations short")
    await person.waits(lambda: "Quotations — short" in message["text"])
    await person.taps(message, "8 on a page")
    await person.waits(lambda: "Passages on a page — 8" in message["text"])
    assert len(person.seen()) == 1
    listed = await person.asks("/quotes")
    assert "Context 8" in buttons(listed)
    assert "Context 9" not in buttons(listed)
    assert "shortened" in listed["text"]
    await person.taps(message, "As at first")
    await person.waits(lambda: "Quotations — in full" in message["text"])
    assert "As at first" not in buttons(message)


async def test_settings_of_a_group(world: World) -> None:
    """Readers may neither ask for them nor tap them; admins of the group may, and then everybody chooses the story."""
    admin, reader = Person(world, OTHER, group=GROUP), Person(world, READER, group=GROUP)
    await admin.makes_admin(OTHER)
    assert (await reader.asks("/settings@news_test_bot"))["text"].startswith("Only admins of this group")
    assert (await reader.asks("/story@news_test_bot 1"))["text"].startswith("Only admins of this group")
    message = await admin.asks("/settings@news_test_bot")
    before = message["text"]
    tap = await reader.taps(message, "Chosen by everybody")
    await reader.waits(lambda: world.taps[tap] is not None)
    assert "Only admins of this group" in str(world.taps[tap])
    assert message["text"] == before
    await admin.taps(message, "Chosen by everybody")
    await admin.waits(lambda: "chosen by — everybody" in message["text"])
    assert (await reader.asks("/story@news_test_bot 1"))["text"].startswith("Story — ")


async def test_forgetting(world: World, seeded: Path) -> None:
    """/privacy tells what is kept; /forget asks, and then it is gone."""
    person = Person(world, READER)
    await person.asks("/story 1")
    assert "Of this chat: the chosen story" in (await person.asks("/privacy"))["text"]
    asked = await person.asks("/forget")
    assert asked["text"].startswith("Forget this?")
    await person.taps(asked, "Yes")
    await person.waits(lambda: any(each["text"].startswith("It is forgotten.") for each in person.seen()))
    with Store.open(seeded) as store:
        assert not store.chats.of_chat(f"telegram:{READER}").story


@pytest.mark.parametrize(
    "words", ["<b>x</b> &amp; “the </blockquote> of it all”", "“" * 500, "\u202e" * 300, "👩‍👩‍👧 " * 60]
)
async def test_hostile_words(world: World, words: str) -> None:
    """Whatever is checked, the answer is one that Telegram takes."""
    assert (await Person(world, READER).asks(f"/check {words}"))["text"]
