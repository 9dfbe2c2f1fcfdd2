"""How much a bot may send before it is told to wait: a second a chat, 20 a minute in a group, 30 a second in all."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.telegram_server.errors import flood

COUNTED = frozenset(
    [
        "sendmessage",
        "senddocument",
        "sendphoto",
        "sendmediagroup",
        "forwardmessage",
        "copymessage",
        "editmessagetext",
        "editmessagecaption",
        "editmessagemedia",
        "editmessagereplymarkup",
    ]
)
"""Methods that put something before people's eyes; closing a tap, typing and asking are not counted."""

SLACK = 0.2
"""How much of a token may be missing: requests that were sent in time may bunch on the way."""


@dataclass(slots=True)
class Bucket:
    """Holds ``size`` tokens and gets back ``rate`` of them a second."""

    size: float
    rate: float
    level: float
    at: float

    def wait(self, now: float) -> float:
        """Seconds until there is a token; 0 where there is one now."""
        self.level = min(self.size, self.level + (now - self.at) * self.rate)
        self.at = now
        return 0.0 if self.level >= 1 - SLACK else (1 - self.level) / self.rate


@dataclass(slots=True)
class Floods:
    """The limits that the manual's FAQ names. ``burst`` is how many a chat takes at once ("short bursts" are let pass).

    A refused call costs nothing, but is refused until the wait is over. ``clock`` is seconds, for tests a made one;
    ``refused`` counts the refusals.
    """

    a_chat: float = 1.0
    burst: int = 3
    group_a_minute: int = 20
    overall: int = 30
    clock: Callable[[], float] = time.monotonic
    refused: int = 0
    _buckets: dict[tuple[str, int], Bucket] = field(default_factory=dict)

    def take(self, method: str, chat_id: int) -> None:
        """Count a call. Raises ApiError 429 with the whole seconds to wait."""
        if method.lower() not in COUNTED:
            return
        now = self.clock()
        asked = [self._bucket("all", 0, self.overall, self.overall, now)]
        asked.append(self._bucket("chat", chat_id, self.burst, self.a_chat, now))
        if chat_id < 0:
            asked.append(self._bucket("group", chat_id, self.group_a_minute, self.group_a_minute / 60, now))
        wait = max(bucket.wait(now) for bucket in asked)
        if wait > 0:
            self.refused += 1
            raise flood(math.ceil(wait))
        for bucket in asked:
            bucket.level -= 1

    def _bucket(self, kind: str, key: int, size: float, rate: float, now: float) -> Bucket:
        return self._buckets.setdefault((kind, key), Bucket(size, rate, size, now))
