"""What goes with an article, and which articles were read long ago."""

from __future__ import annotations

from pathlib import Path

import pytest

from store import Store, schema
from store.model import Verdict
from tests.store.samples import article, raw, reading


def test_what_goes_with_an_article(store: Store) -> None:
    """All versions, the quotations of the newest, corrections and reports; and the story, where it is the only one."""
    old = article(url="https://example.org/ferry")
    new = article(body=f"{old.body}\n\nIt rained.", url="https://example.org/ferry")
    added = store.add(old, reading(old))
    store.add(new, reading(new))
    said = store.quotations(added.story_id)
    store.correct(said[0], Verdict.UNATTRIBUTED, set_by="1")
    store.report(said[-1], "5")
    store.choose_story("telegram:5", added.story_id)
    goes = store.upkeep.goes_with(added.article_id)
    assert goes is not None
    assert (goes.versions, goes.corrections, goes.reports, goes.story, goes.chats) == (2, 1, 1, True, 1)
    assert goes.quotations == len(said)
    store.unload(added.article_id)
    assert store.upkeep.goes_with(added.article_id) is None
    assert store.current_story("telegram:5") is None
    assert store.stories() == []
    assert store.verify() == []


def test_by_link(store: Store) -> None:
    """An article is found by the link of any of its versions."""
    one = article(url="https://example.org/ferry")
    added = store.add(one, reading(one))
    two = article(body=f"{one.body}\n\nIt rained.", url="https://www.example.org/ferry?utm_medium=y")
    assert store.add(two, reading(two)).article_id == added.article_id
    assert store.upkeep.by_link("https://www.example.org/ferry?utm_medium=y") == [added.article_id]
    assert store.upkeep.by_link("https://example.org/ferry") == [added.article_id]
    assert store.upkeep.by_link("http://www.example.org/ferry/?utm_source=x#top") == [added.article_id]
    for other in ("https://example.org/", "https://[", "", "x" * 10_000):
        assert store.upkeep.by_link(other) == []


def test_nothing_is_looked_for_in_all_articles(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked at each start, and what /privacy, /forget and /unload ask, has an index in stores of any age."""
    asked: list[str] = []
    older = {name: made for name, made in schema.MIGRATIONS.items() if name < "0010"}
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", older)
        Store.open(path).close()
    with Store.open(path) as store:
        with store._db.using() as db:
            db.set_trace_callback(asked.append)
        store.upkeep.older_readings()
        store.upkeep.by_link("https://example.org/ferry")
        store.chats.of_chat("telegram:5")
        store.chats.forget_chat("telegram:5")
        store.chats.forget_person("5")
    with raw(path) as db:
        plans = [row[3] for each in asked if "WHERE" in each for row in db.execute(f"EXPLAIN QUERY PLAN {each}")]
    assert any("versions" in plan for plan in plans)
    assert [
        plan for plan in plans if plan.startswith("SCAN") and plan.split()[1] in {"versions", "kept", "links"}
    ] == []


def test_older_readings(path: Path) -> None:
    """Articles whose newest version was read by an older analysis are counted, until they are read again."""
    with Store.open(path) as store:
        added = store.add(article(), reading(article()))
        assert store.upkeep.older_readings() == 0
        with raw(path) as db:
            db.execute("UPDATE versions SET reading_version = 0")
        assert store.upkeep.older_readings() == 1
        store.reread(added.version_id, reading(article()))
        assert store.upkeep.older_readings() == 0
