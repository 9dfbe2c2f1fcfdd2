"""Messages go as fast as Telegram takes them, and one chat's wait never holds up another."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut

from bot import telegram_limits
from bot.telegram_limits import Lane, Limits, Rates, Window


@pytest.fixture(autouse=True)
def _times(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


async def call(limits: Limits, chat: int | None, answers: Callable[[], object], endpoint: str = "sendMessage") -> Any:
    """One call through the limiter."""

    async def callback() -> Any:
        found = answers()
        if isinstance(found, Exception):
            raise found
        return found

    return await limits.process_request(callback, (), {}, endpoint, {"chat_id": chat}, None)


def test_a_window() -> None:
    """So many starts in any stretch of time, not only in each that begins on the clock."""
    window = Window(3, 1.0)
    assert [window.next(now) for now in (0.0, 0.5, 0.9, 0.9, 0.9, 5.0)] == [0.0, 0.5, 0.9, 1.0, 1.5, 5.0]


def test_a_chat() -> None:
    """A short burst, then one a second; in a group 20 a minute at most."""
    lane, rates = Lane(None), Rates()
    assert [lane.next(100.0, rates) for _ in range(6)] == [100, 100, 100, 101, 102, 103]
    group = Lane(Window(rates.a_group_minute, rates.minute_seconds))
    starts = [group.next(100.0, rates) for _ in range(41)]
    assert (starts[19], starts[20], starts[40]) == (117, 161, 222)


async def test_one_chat_waits_alone() -> None:
    """Told to wait, a chat is left alone for that long, for all its calls; another one is not."""
    limits = Limits()
    refusals = [RetryAfter(1)]
    began = time.monotonic()
    slow = asyncio.create_task(call(limits, 1, lambda: refusals.pop() if refusals else True))
    await asyncio.sleep(0.05)
    assert await call(limits, 2, lambda: True)
    assert time.monotonic() - began < 0.8
    assert await call(limits, 1, lambda: True)
    assert time.monotonic() - began >= 1
    assert await slow


async def test_answers_to_taps_do_not_count() -> None:
    """Neither do they use up the rate, nor wait for it; nor does the typing sign."""
    limits = Limits(Rates(a_chat_second=0.1, chat_burst=1, a_second=1, second_seconds=60.0))
    assert await call(limits, 1, lambda: True)
    for endpoint in ("answerCallbackQuery", "answerInlineQuery", "answerGuestQuery", "getFile"):
        assert await asyncio.wait_for(call(limits, None, lambda: True, endpoint), 1)
    assert await asyncio.wait_for(call(limits, 1, lambda: True, "sendChatAction"), 1)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(call(limits, 1, lambda: True), 0.2)


async def test_in_all() -> None:
    """30 a second over all chats, in the order in which they were asked for."""
    limits = Limits(Rates(a_second=5, second_seconds=0.3))
    order: list[int] = []

    def note(chat: int) -> bool:
        order.append(chat)
        return True

    began = time.monotonic()
    await asyncio.gather(*(call(limits, chat, partial(note, chat)) for chat in range(1, 13)))
    assert order == list(range(1, 13))
    assert time.monotonic() - began >= 0.6


async def test_a_lost_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """While nothing gets through, a call is made again for as long as it takes; a refusal ends it at once."""
    monkeypatch.setattr(telegram_limits, "FIRST_WAIT_SECONDS", 0.001)
    monkeypatch.setattr(telegram_limits, "LONGEST_WAIT_SECONDS", 0.001)
    failures: list[Exception] = [NetworkError("Bad Gateway"), TimedOut()] * 20
    assert await call(Limits(Rates(a_chat_second=1e6)), 1, lambda: failures.pop() if failures else True)
    with pytest.raises(BadRequest):
        await call(Limits(), 1, lambda: BadRequest("Chat not found"))


async def test_a_call_that_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """While others get through, a call that goes on failing is given up after some tries."""
    monkeypatch.setattr(telegram_limits, "FIRST_WAIT_SECONDS", 0.001)
    limits, tries = Limits(Rates(a_chat_second=1e6)), list[int]()

    def answers() -> Exception:
        tries.append(1)
        limits.works()
        return NetworkError("Internal Server Error")

    with pytest.raises(NetworkError):
        await call(limits, 1, answers)
    assert len(tries) == telegram_limits.MOST_TRIES


async def test_what_is_useless_later_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The typing sign is not sent again, and an answer to a tap is given up when Telegram takes none."""
    with pytest.raises(RetryAfter):
        await call(Limits(), 1, lambda: RetryAfter(3), "sendChatAction")
    with pytest.raises(RetryAfter):
        await call(Limits(), None, lambda: RetryAfter(30), "answerCallbackQuery")
    monkeypatch.setattr(telegram_limits, "USEFUL_SECONDS", 0.0)
    with pytest.raises(NetworkError):
        await call(Limits(), None, lambda: NetworkError("x"), "answerInlineQuery")


async def test_chats_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chats that nothing is sent to take no memory for ever."""
    monkeypatch.setattr(telegram_limits, "IDLE_SECONDS", 0.0)
    limits = Limits(Rates(a_chat_second=1e6))
    for chat in range(50):
        await call(limits, chat, lambda: True)
    assert len(limits._lanes) < 5
