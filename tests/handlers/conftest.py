"""Stores to ask: an empty one for each test, and one with the founding articles that is read once a session."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import ingest
from handlers import reply
from handlers.answer import Answer
from handlers.question import Question
from store import Store

SEEDS = Path(__file__).parents[2] / "seeds"

Ask = Callable[..., Answer]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with Store.open(tmp_path / "store.db") as made:
        yield made


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with the two founding articles, cleaned and read as at a first start; tests only ask it."""
    with Store.open(tmp_path_factory.mktemp("seeds") / "store.db") as made:
        for path in sorted(SEEDS.glob("*.txt")):
            article = ingest.clean_file(path.name, path.read_bytes(), source=path.name)
            made.add(article, ingest.read_article(article))
        yield made


@pytest.fixture
def ask(store: Store) -> Ask:
    """Asks the empty store, or what a test has put into it: ``ask("quotes", "Kelly", page=1)``."""
    return lambda command, words="", **more: reply(Question(command=command, words=words, **more), store)


@pytest.fixture
def ask_seeds(seeded: Store) -> Ask:
    """Asks the store with the founding articles."""
    return lambda command, words="", **more: reply(Question(command=command, words=words, **more), seeded)
