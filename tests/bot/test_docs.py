"""Documentation that is made from the code is made again whenever the code changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import docs
from bot.settings import SETTINGS, load
from handlers import COMMANDS


@pytest.mark.parametrize("page", docs.pages(), ids=lambda page: page.name)
def test_up_to_date(page: Path) -> None:
    """The page says what the code says; `python -m bot.docs` writes it anew."""
    assert page.read_text(encoding="utf-8") == docs.pages()[page]


def test_complete() -> None:
    """Each command and each setting is there."""
    text = "".join(docs.pages().values())
    assert all(f"`{command.usage}`" in text for command in COMMANDS.values())
    assert all(f"`{setting.name}`" in text and f"\n#{setting.name}=" in text for setting in SETTINGS)
    assert all(f"python -m bot {name}" in text for name in ("run", "ask", "load", "verify", "pipe read"))


def test_example_works_as_it_is(tmp_path: Path) -> None:
    """The copied example changes nothing until a line is uncommented."""
    (tmp_path / ".env").write_text(docs.example())
    assert load({}, tmp_path / ".env") == load({}, tmp_path / "none")
