"""Stores for the fronts: the founding articles are read once a session, and each test gets its own copy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import ingest
from bot.settings import SEEDS
from store import Store


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
