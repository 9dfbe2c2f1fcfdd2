"""When a feed is to be asked again: by what it and its server say, within bounds, and ever later while it fails."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LEAST, USUAL, MOST = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)
"""Time between two polls: never less, where nothing is stated, never more."""

LONGEST_WAIT = timedelta(days=7)
"""A server that asks for a longer pause than this is asked after it."""

MOST_DOUBLINGS = 5
JITTER = 0.1
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.I)
_NO_CACHE = re.compile(r"\bno-(?:cache|store)\b", re.I)


def pace(stated: float | None, headers: Mapping[str, str]) -> timedelta:
    """The time between two polls: the longest that the feed (``stated``, seconds) or its server asks for."""
    asked = [timedelta(seconds=seconds) for seconds in (stated, _fresh_seconds(headers)) if seconds]
    return min(max([*asked, LEAST]), MOST) if asked else USUAL


def after_success(now: datetime, usual: timedelta, chance: random.Random) -> datetime:
    """The next poll, a little later for some feeds than for others, so that they do not all come at once."""
    return now + usual * (1 + JITTER * chance.random())


def after_failure(
    now: datetime, usual: timedelta, failures: int, headers: Mapping[str, str], chance: random.Random
) -> datetime:
    """The next poll of a feed that failed ``failures`` times before: later each time, never before Retry-After."""
    wait = min(usual * (1 << min(failures, MOST_DOUBLINGS)), MOST) * (1 + 2 * JITTER * chance.random())
    return now + max(wait, retry_after(headers.get("retry-after", ""), now))


def retry_after(value: str, now: datetime) -> timedelta:
    """The pause that a server asks for, in seconds or as a date; none where it cannot be read or is over."""
    value = value.strip()
    try:
        wait = timedelta(seconds=int(value)) if value.isdecimal() else parsedate_to_datetime(value) - now
    except OverflowError:
        return LONGEST_WAIT
    except (ValueError, TypeError, IndexError):
        return _naive(value, now)
    return min(max(wait, timedelta()), LONGEST_WAIT)


def _naive(value: str, now: datetime) -> timedelta:
    """The same for a date that names no zone, which HTTP means to be in UTC."""
    try:
        wait = parsedate_to_datetime(value).replace(tzinfo=UTC) - now
    except (ValueError, TypeError, IndexError, OverflowError):
        return timedelta()
    return min(max(wait, timedelta()), LONGEST_WAIT)


def _fresh_seconds(headers: Mapping[str, str]) -> float:
    """For how long the server calls its answer fresh: max-age, else Expires less Date."""
    stated = headers.get("cache-control", "")
    if _NO_CACHE.search(stated):
        return 0.0
    if found := _MAX_AGE.search(stated):
        return float(found[1])
    try:
        ends, sent = (parsedate_to_datetime(headers.get(name, "")) for name in ("expires", "date"))
        return max((ends - sent).total_seconds(), 0.0)
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0
