"""How much each may ask of the bot, and that nobody can take it from the others."""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import telegram_buckets, telegram_front
from bot.telegram_buckets import GROUP, IN_A_GROUP, MOST_BUCKETS, PERSON, TYPING, Buckets
from bot.telegram_rights import STAND_INS

GROUP_ID, OTHER_GROUP = -100, -200
SPAMMER, OTHER, ADMIN = 1, 2, 3


class Clock:
    """Seconds that a test sets."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """The time now."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still."""
    return Clock()


@pytest.fixture
def buckets(clock: Clock) -> Buckets:
    """Buckets with one admin."""
    return Buckets(lambda user_id: user_id == ADMIN, clock)


def taken(buckets: Buckets, user_id: int | None, chat_id: int | None, tries: int = 1_000) -> int:
    """How many of so many updates at once are answered."""
    return sum(buckets.take(user_id, chat_id) for _ in range(tries))


def test_a_burst_and_then_a_rate(buckets: Buckets, clock: Clock) -> None:
    """Quick readers are not held up, those that never stop are, and waiting helps."""
    assert taken(buckets, OTHER, OTHER) == PERSON.burst
    clock.now += 60
    assert taken(buckets, OTHER, OTHER) == min(PERSON.burst, PERSON.a_minute)
    clock.now += 1.5
    assert taken(buckets, OTHER, OTHER) == 1


def test_a_day(buckets: Buckets, clock: Clock) -> None:
    """Whoever asks day and night at the full rate is slowed down, and does not fill the store."""
    answered = 0
    for _ in range(24 * 60):
        clock.now += 60
        answered += taken(buckets, SPAMMER, SPAMMER, 60)
    assert 2_800 < answered < 3_000
    assert taken(buckets, OTHER, OTHER) == PERSON.burst


def test_messages_count_for_when_they_were_sent(buckets: Buckets, clock: Clock) -> None:
    """What waited while the bot was away was no flood, and a flood is one however slowly it is worked through."""
    clock.now = 10_000
    assert all(buckets.take(OTHER, OTHER, sent_at=at) for at in range(0, 10_000, 100))
    flood = []
    for _ in range(200):
        clock.now += 1
        flood.append(buckets.take(SPAMMER, SPAMMER, sent_at=10_000))
    assert sum(flood) == PERSON.burst
    assert buckets.take(SPAMMER, SPAMMER)


def test_an_update_takes_once(buckets: Buckets, clock: Clock) -> None:
    """What failed and is tried again takes nothing more, nor is it refused; other updates are counted as before."""
    assert taken(buckets, OTHER, OTHER, 29) == 29
    assert buckets.take(OTHER, OTHER, key="message:2:1")
    assert buckets.take(OTHER, OTHER, key="message:2:1")
    assert not buckets.take(OTHER, OTHER, key="message:2:2")
    clock.now += 1.5
    assert taken(buckets, OTHER, OTHER) == 1
    assert not buckets.take(OTHER, OTHER, key="message:2:2")


def test_a_clock_that_is_set(buckets: Buckets, clock: Clock) -> None:
    """A clock that is set back locks nobody out, and a message from the future gives nothing."""
    clock.now = 1_000_000
    taken(buckets, OTHER, OTHER)
    buckets.was_told(OTHER)
    clock.now = 1_000
    assert not buckets.take(OTHER, OTHER, sent_at=10**12)
    assert buckets.may_tell(OTHER, OTHER)
    clock.now += 60
    assert taken(buckets, OTHER, OTHER) == min(PERSON.burst, PERSON.a_minute)


def test_admins_may_ask_more(buckets: Buckets) -> None:
    """An admin is not held up by the limits of readers, in a group neither, and takes nothing from the group's."""
    assert taken(buckets, ADMIN, GROUP_ID) == 10 * PERSON.burst
    assert taken(buckets, OTHER, GROUP_ID) == IN_A_GROUP.burst


def test_typing_inline_has_its_own_bucket(buckets: Buckets) -> None:
    """An inline query comes with each key: it takes nothing from questions, and questions nothing from it."""
    assert taken(buckets, OTHER, None) == TYPING.burst
    assert taken(buckets, OTHER, OTHER) == PERSON.burst


@pytest.mark.parametrize("stranger", [None, *sorted(STAND_INS)])
def test_numbers_that_many_share(buckets: Buckets, stranger: int | None) -> None:
    """The anonymous admins of one group take nothing from those of another."""
    assert taken(buckets, stranger, GROUP_ID) == IN_A_GROUP.burst
    assert taken(buckets, stranger, OTHER_GROUP) == IN_A_GROUP.burst


def test_a_group_has_a_limit_too(buckets: Buckets) -> None:
    """Many people together do not make the bot send more than Telegram takes in a group."""
    assert sum(taken(buckets, person, GROUP_ID, 5) for person in range(10, 110)) == GROUP.burst


def test_the_others_of_a_group_are_answered(buckets: Buckets, clock: Clock) -> None:
    """However long somebody floods a group, another one in it has more than ten answers a minute left."""
    for _ in range(600):
        clock.now += 1
        taken(buckets, SPAMMER, GROUP_ID, 50)
        if clock.now % 6 == 0:
            assert buckets.take(OTHER, GROUP_ID)


sequences = st.lists(
    st.tuples(
        st.floats(0, 30),
        st.sampled_from([None, SPAMMER, GROUP_ID, OTHER_GROUP, *range(-1_000, -960)]),
        st.integers(1, 80),
    ),
    max_size=60,
)


@settings(max_examples=150, deadline=None)
@given(sequences)
def test_no_sequence_of_one_starves_another(sequence: list[tuple[float, int | None, int]]) -> None:
    """Whatever one person sends wherever, the next update of another is answered in each of these places."""
    clock = Clock()
    buckets = Buckets(clock=clock)
    for wait, chat, many in sequence:
        clock.now += wait
        taken(buckets, SPAMMER, chat, many)
    assert all(buckets.take(OTHER, place) for place in (None, OTHER, GROUP_ID, OTHER_GROUP, -999))


def test_memory_is_bounded(buckets: Buckets) -> None:
    """A hundred thousand people and chats do not fill the memory, and whoever keeps asking stays known."""
    taken(buckets, SPAMMER, SPAMMER)
    for person in range(10, 60_000):
        buckets.take(person, person)
        buckets.was_told(person)
        if person % 1_000 == 0:
            assert not buckets.take(SPAMMER, SPAMMER)
    assert len(buckets) <= MOST_BUCKETS
    assert len(buckets._told) <= MOST_BUCKETS


def test_being_told(buckets: Buckets, clock: Clock) -> None:
    """Whoever is refused is told once a minute, counted from when it was sent, in a private chat only."""
    assert buckets.may_tell(OTHER, OTHER)
    assert buckets.may_tell(OTHER, OTHER)
    buckets.was_told(OTHER)
    assert not buckets.may_tell(OTHER, OTHER)
    assert buckets.may_tell(SPAMMER, SPAMMER)
    clock.now += telegram_buckets.TELL_AGAIN_SECONDS
    assert buckets.may_tell(OTHER, OTHER)
    assert not buckets.may_tell(OTHER, GROUP_ID)
    assert not buckets.may_tell(None, None)


def burn(seconds: float) -> float:
    """Use the processor for so many seconds of it."""
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass
    return seconds


async def test_long_work_counts_as_several_updates(buckets: Buckets, clock: Clock) -> None:
    """Whoever asks what takes long may ask less: the processor's time is shared out, not the number of questions."""
    assert await buckets.work(SPAMMER, SPAMMER, partial(burn, 0.5)) == 0.5
    assert PERSON.burst - 3 <= taken(buckets, SPAMMER, SPAMMER) <= PERSON.burst - 1
    buckets.charge(SPAMMER, SPAMMER, 10_000)
    clock.now += 60
    assert taken(buckets, SPAMMER, SPAMMER) <= PERSON.a_minute - PERSON.burst
    clock.now += 60
    assert taken(buckets, SPAMMER, SPAMMER) > 0
    assert taken(buckets, OTHER, OTHER) == PERSON.burst
    buckets.charge(ADMIN, ADMIN, 10_000)
    assert taken(buckets, ADMIN, ADMIN) == 10 * PERSON.burst


async def test_long_work_in_a_group_is_not_the_groups(buckets: Buckets) -> None:
    """What one person's question cost is that person's alone."""
    buckets.charge(SPAMMER, GROUP_ID, 10_000)
    assert not buckets.take(SPAMMER, GROUP_ID)
    assert taken(buckets, OTHER, GROUP_ID) == IN_A_GROUP.burst


async def test_work_that_fails_counts_too(buckets: Buckets) -> None:
    """A question that ends in an error cost its time all the same, and gives its turn back."""

    def fail() -> None:
        burn(0.5)
        raise ValueError("as told")

    for _ in range(3):
        with pytest.raises(ValueError, match="as told"):
            await buckets.work(SPAMMER, SPAMMER, fail)
    assert taken(buckets, SPAMMER, SPAMMER) <= PERSON.burst - 3


async def test_one_person_does_not_take_all_threads(buckets: Buckets, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many chats somebody asks in at once, others are answered meanwhile, and who waits too long gives up."""
    monkeypatch.setattr(telegram_buckets, "TURN_SECONDS", 0.2)
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(telegram_front.THREADS))
    go, together, most = threading.Event(), [0], [0]

    def wait() -> str:
        together[0] += 1
        most[0] = max(most[0], together[0])
        go.wait(10)
        together[0] -= 1
        return "done"

    greedy = [asyncio.create_task(buckets.work(SPAMMER, -number, wait)) for number in range(20)]
    await asyncio.sleep(0)
    assert await asyncio.wait_for(buckets.work(OTHER, OTHER, lambda: "answered"), 5) == "answered"
    await asyncio.sleep(0.4)
    go.set()
    found = await asyncio.gather(*greedy)
    assert most[0] == telegram_buckets.MOST_TOGETHER
    assert found.count("done") == telegram_buckets.MOST_TOGETHER
    assert len(buckets._turns) == 0


async def test_short_work_is_done_one_by_one(buckets: Buckets) -> None:
    """Threads that compute at the same time would only keep the event loop from its turns."""
    together, most = [0], [0]

    def work() -> None:
        together[0] += 1
        most[0] = max(most[0], together[0])
        time.sleep(0.01)
        together[0] -= 1

    await asyncio.gather(*(buckets.work(SPAMMER + number, SPAMMER + number, work) for number in range(20)))
    assert most[0] == 1
