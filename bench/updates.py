"""Times how updates get through: the library as it comes, on our transport, bare loops, and the bot with its inbox.

All against the same server in the same run, in turns, as machines are noisy; what counts are the ratios. A second part
measures the whole bot on real questions: how late its event loop is, also during a load, and its memory.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.bot_api import FIRST_CHAT, TOKEN  # noqa: E402
from bot import event_loop  # noqa: E402

ANSWER = "<b>Robert Kelly</b>\n<blockquote>“It is long.”</blockquote>\n2 of 2 articles: Reuters; Associated Press"
CONTESTANTS = ("stock", "ptb-aiohttp", "bare", "bare-inbox", "bare-inbox-uvloop", "ours")
ON_OUR_LOOP = ("ours", "whole", "bare-inbox-uvloop")
"""Those that run on the event loop that the bot runs on; the others on Python's own."""

MEASURES = ("stock", "bare-inbox", "bare-inbox-uvloop")
WARM = 200
QUESTIONS = ("/quotes Kelly", "/who putn", "/summary", "what did Kelly say about Trump?", "/quotes", "/help")


# ---- the contestants, each a process of its own ----


async def stock(url: str, store: Path) -> None:
    """The library as it comes."""
    await _library(url, ours=False)


async def ptb_aiohttp(url: str, store: Path) -> None:
    """The library's own polling and handlers on our transport."""
    await _library(url, ours=True)


async def _library(url: str, *, ours: bool) -> None:
    from telegram import Update
    from telegram.constants import ParseMode
    from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

    from bot.telegram_request import AiohttpRequest

    async def on_message(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        await context.bot.send_message(update.message.chat.id, ANSWER, parse_mode=ParseMode.HTML)

    builder = ApplicationBuilder().token(TOKEN).base_url(f"{url}/bot").concurrent_updates(256)
    if ours:
        builder = builder.request(AiohttpRequest(TOKEN, url)).get_updates_request(AiohttpRequest(TOKEN, url))
    app = builder.build()
    app.add_handler(MessageHandler(filters.TEXT, on_message))
    async with app:
        await app.start()
        await app.updater.start_polling()
        await asyncio.Event().wait()


async def bare(url: str, store: Path) -> None:
    """Nothing but aiohttp; an update is lost when the process ends."""

    async def keep(updates: list[dict]) -> list[Callable[[], None]]:
        return [lambda: None] * len(updates)

    await _bare(url, keep)


async def bare_inbox(url: str, store: Path) -> None:
    """Nothing but aiohttp, and the same commits to the same table as the bot makes."""
    from bot.telegram_journal import Journal
    from store import Store
    from store.inbox import Arrival

    journal = Journal(Store.open(store).inbox)
    journal.start()

    async def keep(updates: list[dict]) -> list[Callable[[], None]]:
        sequences: list[int | None] = []
        arrivals = [
            Arrival(each["update_id"], f"chat:{each['message']['chat']['id']}", "message", json.dumps(each), True)
            for each in updates
        ]
        await journal.keep(arrivals, sequences.extend)
        return [lambda sequence=each: journal.done(sequence) for each in sequences]

    await _bare(url, keep)


bare_inbox_uvloop = bare_inbox


async def _bare(url: str, keep: Callable[[list[dict]], Awaitable[list[Callable[[], None]]]]) -> None:
    import aiohttp

    api = f"{url}/bot{TOKEN}"
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=300)) as session:

        async def call(method: str, **values: object) -> object:
            async with session.post(f"{api}/{method}", json=values) as response:
                return (await response.json())["result"]

        async def answer(update: dict, done: Callable[[], None]) -> None:
            await call("sendMessage", chat_id=update["message"]["chat"]["id"], text=ANSWER, parse_mode="HTML")
            done()

        offset = 0
        tasks = set()
        while True:
            updates = await call("getUpdates", offset=offset, timeout=30)
            for update, done in zip(updates, await keep(updates) if updates else (), strict=True):
                offset = update["update_id"] + 1
                task = asyncio.create_task(answer(update, done))
                tasks.add(task)
                task.add_done_callback(tasks.discard)


async def ours(url: str, store: Path) -> None:
    """The bot's front with its inbox, limiter, transport and log; only what it answers is made up."""
    from telegram import Update
    from telegram.constants import ParseMode

    from bot import telegram_front, telegram_texts
    from store import Store

    settings = _settings(url, store)
    with Store.open(store) as opened:
        front = telegram_front.Front(settings, opened, _no_limits())
        bot = front._app.bot

        async def handle(update: Update) -> None:
            await telegram_texts.send(bot, update.message.chat.id, ANSWER, parse_mode=ParseMode.HTML)

        front._inbox._handle = handle
        await front.serve()


async def whole(url: str, store: Path) -> None:
    """The whole bot, with a probe of how late its event loop is."""
    from bot import opening, telegram_front
    from store import Store

    settings = _settings(url, store)
    with Store.open(store) as opened:
        opening.seed(opened)
        front = telegram_front.Front(settings, opened, _no_limits())
        probe = asyncio.create_task(_probe())
        await front.serve()
        probe.cancel()


async def _probe() -> None:
    """How much later than asked for the loop wakes, 200 times a second; written when a signal asks for it."""
    late: list[float] = []

    def tell() -> None:
        ordered = sorted(late) or [0.0]
        line = {"p50": ordered[len(ordered) // 2], "p99": ordered[int(len(ordered) * 0.99)], "max": ordered[-1]}
        print(json.dumps(line | {"n": len(late), "mb": _memory()}), flush=True)
        late.clear()

    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, tell)
    while True:
        due = time.perf_counter() + 0.005
        await asyncio.sleep(0.005)
        late.append(time.perf_counter() - due)


def _settings(url: str, store: Path):  # noqa: ANN202
    from bot import logs
    from bot.settings import Settings

    os.environ.setdefault("PTB_TIMEDELTA", "true")
    settings = Settings(token=TOKEN, store=store, api_url=url, admins=frozenset({FIRST_CHAT}), log_format="json")
    logs.for_service(settings)
    return settings


def _no_limits():  # noqa: ANN202
    from bot.telegram_limits import Rates

    return Rates(a_chat_second=1e6, chat_burst=1000, a_second=100_000)


def _memory() -> float:
    """Resident memory of this process in megabytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


# ---- the measuring side ----


@contextmanager
def server() -> Iterator[str]:
    """The server, as a process."""
    command = [sys.executable, str(ROOT / "bench" / "bot_api.py")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.kill()


@contextmanager
def contestant(name: str, url: str, store: Path) -> Iterator[subprocess.Popen]:
    """A bot, as a process."""
    command = [sys.executable, __file__, "--contestant", name, "--url", url, "--store", str(store)]
    with (
        (store.parent / f"{name}.log").open("w") as log,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True) as process,
    ):
        try:
            yield process
        finally:
            process.kill()


def run(url: str, people: int, updates: int, delay: float = 0.0, texts: list[str] | None = None) -> dict:
    """One measurement."""
    asked = urlencode({"people": people, "updates": updates, "delay": delay, "texts": json.dumps(texts or ["hello"])})
    with urllib.request.urlopen(f"{url}/run?{asked}", timeout=300) as response:
        return json.load(response)["result"]


def compare(names: list[str], people: list[int], delays: list[float], seconds: float, rounds: int) -> None:
    """Updates a second of each contestant, in turns, and the ratios at 64."""
    rates: dict[tuple[str, int, float], list[float]] = {}
    costs: dict[tuple[str, int, float], list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(rounds):
            for name in names:
                store = Path(folder) / f"{name}{turn}.db"
                with server() as url, contestant(name, url, store) as process:
                    run(url, 16, WARM)
                    for delay in delays:
                        for many in people:
                            guess = min(many / (2 * delay), 500) if delay else 500
                            count = max(int(guess * seconds), many)
                            before = _cpu(process.pid)
                            found = run(url, many, count, delay)
                            costs.setdefault((name, many, delay), []).append((_cpu(process.pid) - before) / count)
                            rates.setdefault((name, many, delay), []).append(count / found["seconds"])
    for delay in delays:
        print(f"\nupdates a second, server delay {1000 * delay:.0f} ms")
        print(f"{'':24}" + "".join(f"{many:>10}" for many in people))
        for name in names:
            print(f"{name:24}" + "".join(f"{statistics.median(rates[name, many, delay]):10.0f}" for many in people))
        _ratios(names, people, delay, rates)
        print("microseconds of processor time an update")
        for name in names:
            line = (f"{1e6 * statistics.median(costs[name, many, delay]):10.0f}" for many in people)
            print(f"{name:24}" + "".join(line))


def _ratios(
    names: list[str], people: list[int], delay: float, rates: dict[tuple[str, int, float], list[float]]
) -> None:
    """Medians of the ratios within each turn."""
    for other in (each for each in MEASURES if each in names and "ours" in names):
        line = []
        for many in people:
            pairs = zip(rates["ours", many, delay], rates[other, many, delay], strict=True)
            line.append(f"{statistics.median(mine / theirs for mine, theirs in pairs):10.2f}")
        print(f"{'ours / ' + other:24}" + "".join(line))


def _cpu(pid: int) -> float:
    """Seconds of processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def latency(seconds: float) -> None:
    """How late the loop of the whole bot is, idle, while answering, and during a load; and its memory."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "bot.db"
        with server() as url, contestant("whole", url, store) as process:
            run(url, 4, 40, texts=list(QUESTIONS))
            _told(process)
            time.sleep(3)
            print("idle               ", _told(process), flush=True)
            count = min(int(30 * seconds), 10 * 64)  # nobody asks more than is taken of one person
            found = run(url, 64, count, texts=list(QUESTIONS))
            print("answering 64 people", _told(process), f"{count / found['seconds']:.0f} answers/s", flush=True)
            run(url, 1, 10, texts=_loads())
            _told(process)
            found = run(url, 64, count, texts=list(QUESTIONS))
            print("the same in a load ", _told(process), f"{count / found['seconds']:.0f} answers/s", flush=True)


def _loads() -> list[str]:
    """Messages of an admin that paste an article each."""
    text = next((ROOT / "seeds").glob("*.txt")).read_text(encoding="utf-8")[:3500]
    return [f"/load Summit number {at}\n\n{text}" for at in range(10)]


def _told(process: subprocess.Popen) -> str:
    process.send_signal(signal.SIGUSR1)
    found = json.loads(process.stdout.readline())
    return "lag p50 {:.1f} p99 {:.1f} max {:.1f} ms, {:.0f} MB".format(
        *(1000 * found[name] for name in ("p50", "p99", "max")), found["mb"]
    )


def main() -> None:
    """Measure, or be a contestant."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contestant")
    parser.add_argument("--url")
    parser.add_argument("--store", type=Path)
    parser.add_argument("--only", nargs="*", default=list(CONTESTANTS), choices=CONTESTANTS)
    parser.add_argument("--people", nargs="*", type=int, default=[1, 16, 64, 256])
    parser.add_argument("--delays", nargs="*", type=float, default=[0.0, 0.06])
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--part", choices=["rates", "lag"], nargs="*", default=["rates", "lag"])
    given = parser.parse_args()
    if given.contestant:
        loop = event_loop.new if given.contestant in ON_OUR_LOOP else None
        with contextlib.suppress(KeyboardInterrupt), asyncio.Runner(loop_factory=loop) as runner:
            runner.run(globals()[given.contestant.replace("-", "_")](given.url, given.store))
        return
    if "rates" in given.part:
        compare(given.only, given.people, given.delays, given.seconds, given.rounds)
    if "lag" in given.part:
        latency(given.seconds)


if __name__ == "__main__":
    main()
