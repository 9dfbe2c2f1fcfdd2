"""Pushes updates to a bot's own server: in order within a lane, again and again until it says 200."""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import aiohttp

if TYPE_CHECKING:
    from tests.telegram_server.world import World

Json = dict[str, Any]

SECRET = "X-Telegram-Bot-Api-Secret-Token"
LONGEST_WAIT_SECONDS = 60.0
ANSWER_SECONDS = 10.0


@dataclass(slots=True)
class Webhook:
    """Where updates are pushed to, and how that went; ``url`` is empty where they are polled."""

    url: str = ""
    secret: str | None = None
    connections: int = 40
    certificate: bool = False
    failed: tuple[int, str] | None = None
    _busy: set[str] = field(default_factory=set)
    _pushing: set[asyncio.Task[None]] = field(default_factory=set)
    _task: asyncio.Task[None] | None = None

    def begin(self, world: World) -> None:
        """Push what is there and what comes."""
        self._task = asyncio.create_task(self._deliver(world))

    async def end(self) -> None:
        """Stop, also in the middle of a push; what was not answered with 200 stays."""
        tasks = [*self._pushing, *([self._task] if self._task else ())]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _deliver(self, world: World) -> None:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(ANSWER_SECONDS)) as session:
            while True:
                async with world.changed:
                    await world.changed.wait_for(lambda: self._next(world) is not None)
                    update = self._next(world)
                    assert update is not None
                    self._busy.add(lane(update))
                task = asyncio.create_task(self._push(world, session, update))
                self._pushing.add(task)
                task.add_done_callback(self._pushing.discard)

    def _next(self, world: World) -> Json | None:
        """The oldest update whose lane is free, as long as there is a connection for it."""
        if len(self._busy) >= self.connections:
            return None
        blocked = set(self._busy)
        for update in world.updates:
            if lane(update) not in blocked:
                return update
            blocked.add(lane(update))
        return None

    async def _push(self, world: World, session: aiohttp.ClientSession, update: Json) -> None:
        """One update, until it is taken. A first failure is followed at once, later ones ever later."""
        wait = 0.0
        while (after := await self._posted(world, session, update)) is not None:
            await asyncio.sleep(after or wait)
            wait = min(max(2 * wait, world.retry_seconds), LONGEST_WAIT_SECONDS)
        async with world.changed:
            with contextlib.suppress(ValueError):
                world.updates.remove(update)
            self._busy.discard(lane(update))
            world.changed.notify_all()

    async def _posted(self, world: World, session: aiohttp.ClientSession, update: Json) -> float | None:
        """None once it is taken, else the seconds that the bot's server asks to wait."""
        headers = {} if self.secret is None else {SECRET: self.secret}
        try:
            async with session.post(self.url, json=update, headers=headers) as response:
                if 200 <= response.status <= 299:
                    await _obey(world, response)
                    return None
                said = f"Wrong response from the webhook: {response.status} {response.reason}"
                after = response.headers.get("Retry-After", "")
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            said, after = "Connection refused" if isinstance(error, OSError) else "Webhook connection closed", ""
        self.failed = (int(time.time()), said)
        await world.notify()
        return float(after) if after.isdecimal() else 0.0


async def _obey(world: World, response: aiohttp.ClientResponse) -> None:
    """The one method that a bot may call in its answer; whether it worked, it is never told."""
    from tests.telegram_server.errors import ApiError
    from tests.telegram_server.methods.table import Values, call

    with contextlib.suppress(ValueError, ApiError, aiohttp.ClientError):
        asked = await response.json(content_type=None)
        if isinstance(asked, dict) and (name := str(asked.pop("method", ""))) and not _is_closed(name.lower()):
            await call(world, name, Values(asked))


def _is_closed(name: str) -> bool:
    return name.startswith("get") or name in {"setwebhook", "deletewebhook", "close", "logout"}


def lane(update: Json) -> str:
    """What is delivered in order: messages by chat; taps, inline queries and choices by user, each kind for itself."""
    kind, content = next((name, each) for name, each in update.items() if name != "update_id")
    if kind in {"callback_query", "inline_query", "chosen_inline_result", "chat_member"}:
        return f"{kind}:{content['from']['id']}"
    return f"{'my' if kind == 'my_chat_member' else 'chat'}:{content['chat']['id']}"
