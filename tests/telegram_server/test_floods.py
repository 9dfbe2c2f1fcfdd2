"""How fast a bot may be: a message a second in a chat, twenty a minute in a group, thirty a second in all."""

from __future__ import annotations

import pytest

from tests.telegram_server.called import call, result
from tests.telegram_server.errors import ApiError
from tests.telegram_server.floods import Floods
from tests.telegram_server.person import Person
from tests.telegram_server.server import running


class Clock:
    """Time that a test moves on."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


def waits(floods: Floods, chat_id: int, calls: int) -> int:
    """How many of some calls in one moment are refused."""
    refused = 0
    for _ in range(calls):
        try:
            floods.take("sendMessage", chat_id)
        except ApiError as error:
            worded = f"Too Many Requests: retry after {error.parameters['retry_after']}"
            refused += (error.code, error.description) == (429, worded)
    return refused


def test_one_a_second_in_a_chat() -> None:
    """A short burst passes, then each second lets one more; other chats do not feel it."""
    clock = Clock()
    floods = Floods(clock=clock)
    assert waits(floods, 8, 5) == 2
    assert waits(floods, 9, 1) == 0
    for second in range(1, 20):
        clock.now = second
        assert waits(floods, 8, 2) == 1


def test_twenty_a_minute_in_a_group() -> None:
    """Whoever keeps to one a second is told to wait in a group all the same."""
    clock = Clock()
    floods = Floods(clock=clock)
    passed = 0
    for second in range(60):
        clock.now = float(second)
        passed += 1 - waits(floods, -8, 1)
    assert 20 <= passed <= 40
    waits(floods, -8, 1)
    with pytest.raises(ApiError) as told:
        floods.take("sendMessage", -8)
    assert 1 <= told.value.parameters["retry_after"] <= 3


def test_thirty_a_second_in_all() -> None:
    """Over many chats."""
    clock = Clock()
    floods = Floods(clock=clock)
    assert sum(waits(floods, chat_id, 1) for chat_id in range(1, 101)) == 70
    clock.now = 1.0
    assert sum(waits(floods, chat_id, 1) for chat_id in range(201, 301)) == 70


def test_what_is_not_counted() -> None:
    """Typing and closing taps cost nothing, and edits cost as much as messages."""
    floods = Floods(clock=Clock())
    for _ in range(100):
        floods.take("sendChatAction", 8)
        floods.take("answerCallbackQuery", 8)
    floods.take("editMessageText", 8)
    assert waits(floods, 8, 3) == 1


async def test_floods_over_http() -> None:
    """The answer has its status, and the wait in the words and in the parameters; off unless asked for."""
    async with running(floods=True) as server:
        Person(server.world, 8)
        answers = [await call(server, "sendMessage", chat_id=8, text="x") for _ in range(5)]
        assert [each["ok"] for each in answers] == [True, True, True, False, False]
        assert answers[3]["error_code"] == 429
        assert answers[3]["parameters"] == {"retry_after": 1}
    async with running() as server:
        Person(server.world, 8)
        for _ in range(40):
            await result(server, "sendMessage", chat_id=8, text="x")
