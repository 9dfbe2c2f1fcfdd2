"""What robots.txt files said is kept as they said it, and no longer than a month."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from store import Store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_rules_of_hosts_outlast_a_restart(path: Path) -> None:
    """A host is not asked again after a restart: text, time and trouble come back as they were kept."""
    with Store.open(path) as store:
        store.robots.keep_rules("https://a.example", "User-agent: *", NOW, None)
        store.robots.keep_rules("https://b.example", None, NOW + HOUR, NOW)
    with Store.open(path) as store:
        assert store.robots.rules("https://a.example") == ("User-agent: *", NOW, None)
        assert store.robots.rules("https://b.example") == (None, NOW + HOUR, NOW)
        assert store.robots.rules("https://c.example") is None


def test_newer_rules_take_the_place_of_older_ones(store: Store) -> None:
    """What a host said last counts."""
    store.robots.keep_rules("https://a.example", "User-agent: *", NOW, None)
    store.robots.keep_rules("https://a.example", None, NOW + HOUR, NOW)
    assert store.robots.rules("https://a.example") == (None, NOW + HOUR, NOW)


def test_old_rules_are_forgotten(store: Store) -> None:
    """Hosts that nobody visited for a month do not stay in the store."""
    store.robots.keep_rules("https://a.example", "User-agent: *", NOW, None)
    store.robots.keep_rules("https://b.example", "", NOW + timedelta(days=30), None)
    assert store.robots.rules("https://a.example") is not None
    store.robots.keep_rules("https://c.example", "", NOW + timedelta(days=40), None)
    assert store.robots.rules("https://a.example") is None
    assert store.robots.rules("https://b.example") is not None
