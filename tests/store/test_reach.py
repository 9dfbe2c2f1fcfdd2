"""Chats that cannot be written to are known, after a restart too, and menus are remembered."""

from __future__ import annotations

import sqlite3
import threading
import time
from pathlib import Path

import pytest

from store import Store, schema


def test_lost_and_regained(tmp_path: Path) -> None:
    """A chat is lost with its topics until the bot is let in again; others are not."""
    with Store.open(tmp_path / "bot.db") as store:
        assert not store.reach.lost("telegram:-5")
        store.reach.lose("telegram:-5")
        store.reach.lose("telegram:-5")
        assert store.reach.lost("telegram:-5:77")
        assert not store.reach.lost("telegram:-55")
    with Store.open(tmp_path / "bot.db") as store:
        assert store.reach.lost("telegram:-5")
        assert store.reach.regain("telegram:-5")
        assert not store.reach.regain("telegram:-5")
        assert not store.reach.lost("telegram:-5:77")
    with Store.open(tmp_path / "bot.db") as store:
        assert not store.reach.lost("telegram:-5")


def test_asking_waits_for_no_writer(tmp_path: Path) -> None:
    """Whether a chat is lost can be asked on the event loop: it is told at once while others write."""
    with Store.open(tmp_path / "bot.db") as store:
        store.reach.lose("telegram:-5")
        outside = sqlite3.connect(tmp_path / "bot.db", isolation_level=None)
        outside.execute("BEGIN IMMEDIATE")
        losing = threading.Thread(target=store.reach.lose, args=("telegram:-6",))
        losing.start()
        time.sleep(0.1)
        began = time.monotonic()
        assert store.reach.lost("telegram:-5")
        assert not store.reach.lost("telegram:-6")
        assert time.monotonic() - began < 0.1
        outside.execute("ROLLBACK")
        outside.close()
        losing.join()
        assert store.reach.lost("telegram:-6")


def test_menus(tmp_path: Path) -> None:
    """What a menu was made from is kept by scope, the newest only, until the menu is taken back."""
    with Store.open(tmp_path / "bot.db") as store:
        store.reach.set_menu("private:", "1")
        store.reach.set_menu("private:", "2")
        store.reach.set_menu("chat:7:de", "3")
        store.reach.drop_menu("chat:7:de")
        store.reach.drop_menu("chat:8:")
    with Store.open(tmp_path / "bot.db") as store:
        assert store.reach.menus() == {"private:": "2"}


def test_an_older_store_is_brought_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store of an older program opens, with what it had."""
    with monkeypatch.context() as patched:
        older = {name: each for name, each in schema.MIGRATIONS.items() if name < "0008"}
        patched.setattr(schema, "MIGRATIONS", older)
        with Store.open(tmp_path / "bot.db") as store:
            store.chats.set("telegram:5", "language", "de")
    with Store.open(tmp_path / "bot.db") as store:
        assert store.chats.settings("telegram:5") == {"language": "de"}
        assert store.reach.menus() == {}
