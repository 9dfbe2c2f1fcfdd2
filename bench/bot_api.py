"""A lean Bot API server for measuring: it parses just enough not to be what is measured, and people who never tire."""

from __future__ import annotations

import asyncio
import itertools
import json
import sys
import time
from collections import deque
from urllib.parse import parse_qs

TOKEN = "4242:bench"
BOT = {"id": 4242, "is_bot": True, "first_name": "News", "username": "news_bench_bot"}
FIRST_CHAT = 1000


class World:
    """People who each ask, wait for the answer, and ask again, until so many updates were answered."""

    def __init__(self) -> None:
        self.updates: deque[dict] = deque()
        self.unconfirmed: dict[int, dict] = {}
        self.polling: asyncio.Future | None = None
        self.ids = itertools.count(1)
        self.delay = 0.0
        self.texts = ["hello"]
        self.left = self.answered = self.wanted = 0
        self.asked: dict[int, float] = {}
        self.latencies: list[float] = []
        self.finished: asyncio.Event = asyncio.Event()

    async def run(self, people: int, updates: int, delay: float, texts: list[str]) -> dict:
        """One measurement: the seconds it took, and the latencies."""
        self.delay, self.texts = delay, texts
        self.left = self.wanted = updates
        self.answered, self.latencies, self.finished = 0, [], asyncio.Event()
        self.asked.clear()
        began = time.perf_counter()
        for person in range(min(people, updates)):
            self.ask(FIRST_CHAT + person)
        await self.finished.wait()
        took = time.perf_counter() - began
        ordered = sorted(self.latencies)
        return {"seconds": took, "p50": ordered[len(ordered) // 2], "p99": ordered[int(len(ordered) * 0.99)]}

    def ask(self, chat: int) -> None:
        """The next message of a person."""
        if self.left <= 0:
            return
        self.left -= 1
        number = next(self.ids)
        person = {"id": chat, "is_bot": False, "first_name": "Ann", "language_code": "en"}
        text = self.texts[number % len(self.texts)]
        entities = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}] if text[0] == "/" else []
        message = {
            "message_id": number,
            "date": int(time.time()),
            "from": person,
            "chat": {"id": chat, "type": "private", "first_name": "Ann"},
            "text": text,
            **({"entities": entities} if entities else {}),
        }
        self.asked[chat] = time.perf_counter()
        self.updates.append({"update_id": number, "message": message})
        if self.polling is not None and not self.polling.done():
            self.polling.set_result(None)

    def sent(self, chat: int) -> None:
        """The bot has answered; further messages of one answer are not counted."""
        since = self.asked.pop(chat, None)
        if since is None:
            return
        self.latencies.append(time.perf_counter() - since)
        self.answered += 1
        if self.answered == self.wanted:
            self.finished.set()
        self.ask(chat)

    async def call(self, method: str, values: dict) -> object:
        """The result of a method."""
        if method == "getupdates":
            return await self.get_updates(values)
        if self.delay:
            await asyncio.sleep(self.delay)
        if method in {"sendmessage", "editmessagetext"}:
            chat = int(values["chat_id"])
            self.sent(chat)
            return {
                "message_id": next(self.ids),
                "date": int(time.time()),
                "chat": {"id": chat, "type": "private", "first_name": "Ann"},
                "from": BOT,
                "text": values["text"],
            }
        return BOT if method == "getme" else True

    async def get_updates(self, values: dict) -> list[dict]:
        """Long polling."""
        if offset := int(values.get("offset") or 0):
            self.unconfirmed = {number: each for number, each in self.unconfirmed.items() if number >= offset}
        if self.delay:
            await asyncio.sleep(self.delay)
        if not self.updates and int(values.get("timeout") or 0):
            self.polling = asyncio.get_running_loop().create_future()
            try:
                await asyncio.wait_for(self.polling, int(values["timeout"]))
            except TimeoutError:
                return []
        found = [self.updates.popleft() for _ in range(min(100, len(self.updates)))]
        self.unconfirmed |= {each["update_id"]: each for each in found}
        return found


class Protocol(asyncio.Protocol):
    """HTTP/1.1 as the clients here speak it."""

    def __init__(self, world: World) -> None:
        self.world, self.data = world, b""
        self.transport: asyncio.Transport | None = None
        self.task: asyncio.Task | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep it."""
        self.transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        """A request may come in pieces."""
        self.data += data
        head, found, rest = self.data.partition(b"\r\n\r\n")
        if not found:
            return
        lower = head.lower()
        at = lower.find(b"content-length:")
        length = int(lower[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(rest) < length:
            return
        self.data = rest[length:]
        path = head.split(b" ", 2)[1].decode()
        self.task = asyncio.create_task(self.answer(path, rest[:length]))

    async def answer(self, path: str, body: bytes) -> None:
        """One answer."""
        path, _, query = path.partition("?")
        values = {name: each[0] for name, each in parse_qs(query).items()}
        if body.startswith(b"{"):
            values |= json.loads(body)
        elif body:
            values |= {name: each[0] for name, each in parse_qs(body.decode()).items()}
        if path == "/run":
            texts = json.loads(values.get("texts", '["hello"]'))
            result = await self.world.run(int(values["people"]), int(values["updates"]), float(values["delay"]), texts)
        else:
            result = await self.world.call(path.rpartition("/")[2].lower(), values)
        payload = json.dumps({"ok": True, "result": result}).encode()
        if self.transport is not None and not self.transport.is_closing():
            self.transport.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(payload)
                + payload
            )


async def main() -> None:
    """Serve until the end; the port is the first line."""
    world = World()
    server = await asyncio.get_running_loop().create_server(lambda: Protocol(world), "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except KeyboardInterrupt:
        sys.exit(0)
