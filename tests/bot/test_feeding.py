"""`feeds` on the command line: lists in and out, and polls for a timer, with an exit status that a script can use."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import feeding
from bot.__main__ import app, plainly
from bot.pipe_command import arguments
from bot.settings import Settings
from handlers.question import TERMINAL
from ingest.visits import Visits
from store import Store
from tests.bot.feeding import gives_feed
from tests.ingest.sites import WebSite, only_home, running


@pytest.fixture
async def site(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[WebSite]:
    """A site that listens, and that may be reached."""
    for name, value in (("allowed", only_home), ("spacing", 0.0)):
        monkeypatch.setitem(Visits.__init__.__kwdefaults__ or {}, name, value)
    async with running() as made:
        yield made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store is."""
    return tmp_path / "bot.db"


def command(path: Path, *words: str) -> int:
    """The exit status of `python -m bot feeds` with some words."""
    given = arguments(["--store", str(path), "feeds", *words])
    return plainly(lambda: app(given, prog_name="bot"))


def test_lists_in_and_out(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was imported is exported, to the output or to a file; a bad list is told of and costs only itself."""
    good, bad = tmp_path / "good.opml", tmp_path / "bad.opml"
    good.write_text('<opml><outline text="A" xmlUrl="https://a.example/f"/></opml>')
    bad.write_text("no list")
    assert command(path, "import", str(good)) == 0
    assert "1 feed of the list is followed now" in capsys.readouterr().out
    assert command(path, "import", str(bad), str(good), str(tmp_path / "none")) == 1
    told = capsys.readouterr()
    assert "1 was followed already" in told.out
    assert "not a list of feeds" in told.err
    assert "none: It cannot be read: no such file or directory." in told.err
    assert command(path, "export", str(tmp_path / "out.opml")) == 0
    assert 'xmlUrl="https://a.example/f"' in (tmp_path / "out.opml").read_text()
    assert command(path, "export") == 0
    assert 'xmlUrl="https://a.example/f"' in capsys.readouterr().out


def test_feeds_by_number(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Listed, paused, resumed and removed; what is not there is status 1."""
    with Store.open(path) as store:
        store.feeds.follow("https://a.example/f", title="Courier", by="7", now=datetime.now(UTC))
    for words, said in (((), "Courier"), (("pause", "1"), "Paused"), (("resume", "1"), "Followed again")):
        assert command(path, *words) == 0
        assert said in capsys.readouterr().out
    for verb in ("pause", "resume", "remove"):
        assert command(path, verb, "9") == 1
        assert "There is no such feed." in capsys.readouterr().err
    assert command(path, "remove", "courier") == 0
    assert command(path) == 0
    told = capsys.readouterr().out
    assert "No feeds are followed." in told
    assert "python -m bot feeds add LINK" in told


async def test_following(path: Path, site: WebSite, capsys: pytest.CaptureFixture[str]) -> None:
    """What is followed is told with its first articles; status 1 where a link is none, or names no feed."""
    gives_feed(site, ["north"])
    assert await asyncio.to_thread(feeding.add, Settings(store=path), [site.link("/feed")]) is False
    out = capsys.readouterr().out
    assert "Norrvik Courier: is followed now" in out
    assert "Bridge north: loaded" in out
    assert await asyncio.to_thread(feeding.add, Settings(store=path), [site.link("/none")])
    assert "The site answered 404" in capsys.readouterr().err
    assert command(path, "add", "http://[") == 1
    assert "That is not a link: http://[" in capsys.readouterr().err
    assert command(path, "add", "ftp://a.example/f") == 1
    assert await asyncio.to_thread(feeding.add, Settings(store=path), ["http://127.0.0.1:1/f"])


async def test_polling_by_a_timer(path: Path, site: WebSite, capsys: pytest.CaptureFixture[str]) -> None:
    """One poll of what is due, its articles loaded, a line for each; status 1 tells of a feed that failed."""
    gives_feed(site, ["north", "south"])
    with Store.open(path) as store:
        for name in ("feed", "none"):
            store.feeds.follow(site.link(f"/{name}"), by="7", now=datetime.now(UTC))
    settings = Settings(store=path)
    assert await asyncio.to_thread(feeding.poll, settings)
    told = capsys.readouterr()
    assert "Norrvik Courier: 2 new" in told.out
    assert "Bridge south: Bridge south: loaded" in told.out
    assert "The site answered 404" in told.err
    assert not await asyncio.to_thread(feeding.poll, settings)
    assert "No feed is due: the next one is at" in capsys.readouterr().out
    with Store.open(path) as store:
        assert store.stats()["articles"] == 2
        assert store.verify() == []


async def test_the_load_of_another_process_is_its_own(
    site: WebSite, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Beside a load that another process is at, only the new feed's items are loaded."""
    gives_feed(site, ["south"])
    with Store.open(path) as store:
        store.runners.join()
        other = store.new_job(TERMINAL, TERMINAL, [("text", "another's", b"Rain\n\nIt rained in the north on Monday.")])
        assert not await asyncio.to_thread(feeding.add, Settings(store=path), [site.link("/feed")])
        assert [job.id for job in store.open_jobs()] == [other]
        assert store.stats()["articles"] == 1
    assert "Bridge south: loaded" in capsys.readouterr().out
