"""What tests of the fronts start from: a store of one's own with the founding articles, and the bot at work on it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import ingest
from bot.settings import SEEDS
from ingest.visits import Visits
from store import Store
from tests.bot.working import at_work
from tests.ingest.sites import WebSite, only_home
from tests.ingest.sites import running as listening
from tests.telegram_server.server import Server, running
from tests.telegram_server.world import World


@pytest.fixture(scope="session")
def seeds_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store with the founding articles, to be copied."""
    path = Path(tmp_path_factory.mktemp("seeds")) / "bot.db"
    with Store.open(path) as store:
        for file in sorted(SEEDS.glob("*.txt")):
            article = ingest.clean_file(file.name, file.read_bytes(), source=file.name)
            store.add(article, ingest.read_article(article))
    return path


@pytest.fixture
def seeded(seeds_file: Path, tmp_path: Path) -> Path:
    """A store of one's own with the founding articles."""
    path = tmp_path / "bot.db"
    shutil.copy(seeds_file, path)
    return path


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Server]:
    """A Bot API server."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    async with running() as started:
        yield started


@pytest.fixture
async def site() -> AsyncIterator[WebSite]:
    """A site that listens."""
    async with listening() as made:
        yield made


@pytest.fixture
def sites_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the bot reach sites of these tests, without waiting between two requests."""
    for name, value in (("allowed", only_home), ("spacing", 0.0)):
        monkeypatch.setitem(Visits.__init__.__kwdefaults__ or {}, name, value)


@pytest.fixture
async def world(server: Server, seeded: Path) -> AsyncIterator[World]:
    """What the server knows, with the bot at work on the founding articles."""
    async with at_work(server, seeded):
        yield server.world
