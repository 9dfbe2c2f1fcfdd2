"""Feeds are asked neither too often nor too seldom, and never before the time that a server asks for."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from ingest import feed_pace
from ingest.feed_pace import LEAST, LONGEST_WAIT, MOST, USUAL, after_failure, pace, retry_after

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CHANCE = random.Random(7)


@pytest.mark.parametrize(
    ("stated", "headers", "between"),
    [
        (None, {}, USUAL),
        (5 * 60, {}, LEAST),
        (90 * 60, {}, 90 * MINUTE),
        (10**12, {}, MOST),
        (None, {"cache-control": "public, max-age=7200"}, 120 * MINUTE),
        (None, {"cache-control": "max-age=60"}, LEAST),
        (None, {"cache-control": "max-age=31536000"}, MOST),
        (None, {"cache-control": "no-cache, max-age=7200"}, USUAL),
        (None, {"cache-control": "s-maxage=7200"}, USUAL),
        (None, {"cache-control": "max-age=x"}, USUAL),
        (90 * 60, {"cache-control": "max-age=7200"}, 120 * MINUTE),
        (None, {"expires": "Sun, 01 Mar 2026 14:00:00 GMT", "date": "Sun, 01 Mar 2026 12:00:00 GMT"}, 120 * MINUTE),
        (None, {"expires": "-1", "date": "Sun, 01 Mar 2026 12:00:00 GMT"}, USUAL),
        (None, {"expires": "0"}, USUAL),
    ],
)
def test_pace(stated: float | None, headers: dict[str, str], between: timedelta) -> None:
    """The longest time that feed and server ask for holds, within bounds."""
    assert pace(stated, headers) == between


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", timedelta(seconds=120)),
        (" 120 ", timedelta(seconds=120)),
        ("Sun, 01 Mar 2026 12:30:00 GMT", 30 * MINUTE),
        ("Sunday, 01-Mar-26 12:30:00 GMT", 30 * MINUTE),
        ("Sun Mar  1 12:30:00 2026", 30 * MINUTE),
        ("Sun, 01 Mar 2026 14:30:00 +0200", 30 * MINUTE),
        ("Sun, 01 Mar 2020 12:30:00 GMT", timedelta()),
        ("-5", timedelta()),
        ("soon", timedelta()),
        ("", timedelta()),
        ("9" * 40, LONGEST_WAIT),
        ("Sat, 01 Mar 2036 12:30:00 GMT", LONGEST_WAIT),
        ("²", timedelta()),
    ],
)
def test_retry_after(value: str, wait: timedelta) -> None:
    """Seconds and dates in each of HTTP's three forms; what cannot be read asks for nothing."""
    assert retry_after(value, NOW) == wait


def test_back_off() -> None:
    """Each failure doubles the time, up to a day and a little, and not all feeds come back at the same moment."""
    waits = [after_failure(NOW, USUAL, failures, {}, random.Random(1)) - NOW for failures in range(9)]
    assert all(earlier <= later for earlier, later in pairwise(waits))
    assert USUAL <= waits[0] <= 1.2 * USUAL
    assert waits[1] >= 1.9 * waits[0]
    assert MOST <= waits[-1] <= 1.2 * MOST
    assert len({after_failure(NOW, USUAL, 1, {}, CHANCE) for _ in range(20)}) > 10


def test_never_before_retry_after() -> None:
    """A server's own pause holds where it is the longer one, and does not shorten ours."""
    long, short = {"retry-after": str(36 * 3600)}, {"retry-after": "1"}
    assert after_failure(NOW, USUAL, 0, long, CHANCE) >= NOW + timedelta(hours=36)
    assert after_failure(NOW, USUAL, 0, short, CHANCE) >= NOW + USUAL


def test_success() -> None:
    """The next poll is at most a tenth later than asked for, and never earlier."""
    for _ in range(50):
        assert USUAL <= feed_pace.after_success(NOW, USUAL, CHANCE) - NOW <= 1.1 * USUAL
