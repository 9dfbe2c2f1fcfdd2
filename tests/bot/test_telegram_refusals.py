"""What can never work is told from what is to be tried again."""

from __future__ import annotations

import pytest
from telegram.error import BadRequest

from bot import telegram_refusals as refusals
from tests.bot.working import READER
from tests.telegram_server.person import Person
from tests.telegram_server.world import ApiError, World

FINAL = [
    "Chat not found",
    "Not enough rights to send text messages to the chat",
    "TOPIC_CLOSED",
    "Message thread not found",
    "Query is too old and response timeout expired or query id is invalid",
    "CHAT_WRITE_FORBIDDEN",
]
FAULTS = ["Message is too long", "BUTTON_DATA_INVALID", "Can't parse entities: unexpected end tag", "Wrong file id"]


@pytest.mark.parametrize("words", [*FINAL, *FAULTS])
def test_final(words: str) -> None:
    """A chat, a topic or a time that is gone is final; a fault in what was sent is not."""
    assert refusals.is_final(BadRequest(words)) == (words in FINAL)


def test_edits() -> None:
    """An edit that changes nothing, and one of a message that is gone, are known by Telegram's words."""
    same = "Message is not modified: specified new message content and reply markup are exactly the same"
    assert refusals.is_unchanged(BadRequest(same))
    assert not refusals.cannot_be_edited(BadRequest(same))
    for words in ("Message to edit not found", "Message can't be edited", "There is no text in the message to edit"):
        assert refusals.cannot_be_edited(BadRequest(words))


async def test_a_failure_is_tried_again(world: World) -> None:
    """An answer that Telegram could not take for a while is sent in the end, once."""
    person = Person(world, READER)
    for _ in range(4):
        world.refuse_next("sendMessage", ApiError(500, "Internal Server Error"))
    await person.writes("/who Putin")
    assert (await person.sees(1))[0]["text"].startswith("Vladimir Putin")
    assert (await person.asks("/who Kelly"))["text"].startswith("Robert Kelly")
    assert len(person.seen()) == 2
