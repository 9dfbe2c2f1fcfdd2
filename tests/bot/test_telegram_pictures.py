"""Pictures arrive as photos, with the words of the answer below them."""

from __future__ import annotations

import pytest

from bot import pictures
from handlers.answer import Card, Chart
from tests.bot.working import GROUP, READER
from tests.telegram_server.person import Person, buttons
from tests.telegram_server.world import ApiError, World


async def test_a_card(world: World) -> None:
    """The photo's caption says what the picture says: words, speaker, and who printed them."""
    message = await Person(world, READER).asks("/card the only game in town")
    assert message["photo"]
    assert "they are not the only game in town" in message["caption"]
    assert "Tom Plant" in message["caption"]
    assert "2 of 2 articles" in message["caption"]
    assert any("blockquote" in each["type"] for each in message["caption_entities"])


async def test_by_a_button(world: World) -> None:
    """The button below a context sends the picture as a message of its own, which can be passed on."""
    person = Person(world, READER)
    await person.taps(await person.asks("/context the only game in town"), "Picture")
    text, photo = await person.sees(2)
    assert "text" in text
    assert photo["photo"]


async def test_the_buttons_below_a_picture(world: World) -> None:
    """What a button below a photo asks is answered, whether or not the photo can be edited into it."""
    person = Person(world, READER)
    photo = await person.asks("/chart")
    held = next(each for each in reversed(person.seen()) if each.get("reply_markup"))
    assert "Vladimir Putin" in (held.get("caption") or held["text"])
    assert photo["photo"]
    before = len(person.seen())
    await person.taps(held, "Sources" if "Sources" in buttons(held) else next(iter(buttons(held))))
    await person.waits(
        lambda: len(person.seen()) > before or "loaded articles" in person.seen()[-1].get("text", "").lower()
    )
    assert "loaded articles" in person.seen()[-1]["text"].lower()


async def test_in_a_topic_as_a_reply(world: World) -> None:
    """A picture stays in its topic and answers whoever asked."""
    person = Person(world, READER, group=GROUP, forum=True)
    message = await person.asks("/card the only game in town", message_thread_id=5, is_topic_message=True)
    assert message["photo"]
    assert message["message_thread_id"] == 5


async def test_what_cannot_be_drawn_is_said(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there can be no picture, the words come alone."""

    async def draw(picture: Card | Chart) -> bytes:
        raise pictures.NotDrawn("No.")

    monkeypatch.setattr(pictures, "draw", draw)
    message = await Person(world, READER).asks("/card the only game in town")
    assert "photo" not in message
    assert "Tom Plant" in message["text"]


async def test_a_caption_whose_format_is_refused(world: World) -> None:
    """The picture comes with the words in plain text."""
    world.refuse_next("sendPhoto", ApiError(400, "Bad Request: can't parse entities: unsupported start tag"))
    message = await Person(world, READER).asks("/card the only game in town")
    assert "photo" in message
    assert "they are not the only game in town" in message["caption"]
    assert "<" not in message["caption"]


async def test_a_group_without_photos(world: World) -> None:
    """A chat that takes no photos gets the words alone."""
    refusal = ApiError(400, "Bad Request: not enough rights to send photos to the chat")
    world.refuse_next("sendPhoto", refusal)
    message = await Person(world, READER).asks("/card the only game in town")
    assert "Tom Plant" in message["text"]
