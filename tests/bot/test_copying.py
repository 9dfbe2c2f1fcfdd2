"""Backups and unloading from the command line and in the terminal's chat."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.__main__ import app, plainly
from bot.settings import Settings, SettingsError, load
from store import Store
from tests.bot.test_terminal_front import Talk, talk

__all__ = ["talk"]


def run(*arguments: str) -> int:
    """The exit status of a command line."""
    return plainly(lambda: app(list(arguments), prog_name="bot"))


def test_backup(seeded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It makes a store that holds the same, and says so in one line; a file that is there is left alone."""
    target = tmp_path / "new" / "copy.db"
    assert run("--store", str(seeded), "backup", str(target)) == 0
    assert "2 articles" in capsys.readouterr().out
    with Store.open(target, create=False) as copy:
        assert copy.verify() == []
        assert copy.stats()["articles"] == 2
    assert run("--store", str(seeded), "backup", str(target)) == 2
    assert capsys.readouterr().err == f"error: {target} exists already; a backup is a new file.\n"


def test_backup_of_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A mistyped store is an error, and no file is made."""
    assert run("--store", str(tmp_path / "x.db"), "backup", str(tmp_path / "y.db")) == 2
    assert "There is no store" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_unload(seeded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is only told what would go until --yes is said; several that fit are listed and stay."""
    assert run("--store", str(seeded), "unload", "Putin") == 1
    assert capsys.readouterr().out.count("\n") == 2
    assert run("--store", str(seeded), "unload", "real", "motive") == 1
    assert "--yes" in capsys.readouterr().out
    with Store.open(seeded) as store:
        assert store.stats()["articles"] == 2
    assert run("--store", str(seeded), "unload", "--yes", "real", "motive") == 0
    assert run("--store", str(seeded), "unload", "--yes", "real", "motive") == 1
    assert "No loaded article fits." in capsys.readouterr().out
    with Store.open(seeded) as store:
        assert store.stats()["articles"] == 1
        assert store.verify() == []


@pytest.mark.parametrize("words", ["1", "zebra", "https://[", "=99", "@1:body:5:4"])
def test_unload_of_nothing(seeded: Path, words: str) -> None:
    """A number of no story, and words that fit nothing, forget nothing."""
    assert run("--store", str(seeded), "unload", "--yes", words) == 1
    with Store.open(seeded) as store:
        assert store.stats()["articles"] == 2


def test_in_the_terminal(talk: Talk, seeded: Path) -> None:
    """Whoever sits at the machine is told where the backup is, and names admins and allowed ones by number."""
    told = talk.say("/backup")
    (kept,) = (seeded.parent / "backups").iterdir()
    assert str(kept) in told.replace(" ", "")
    assert "77 is an admin of this bot now." in talk.say("/admins add 77")
    assert "gets answers now" in talk.say("/allow -100123")
    assert "no number here" in talk.say("/id")
    assert "Forget this article?" in talk.say("/unload 1")
    assert "The article is forgotten." in talk.say("y")


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("BOT_ACCESS", "Listed", {"access": "listed"}),
        ("BOT_UPLOAD_MB", "2000", {"upload_mb": 2000}),
        ("BOT_ADMINS", "4503599627370495", {"admins": frozenset({2**52 - 1})}),
    ],
)
def test_good_settings(tmp_path: Path, name: str, value: str, wanted: dict[str, object]) -> None:
    """What may be set arrives."""
    assert load({name: value}, tmp_path / ".env") == Settings(**wanted)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_ACCESS", "closed"),
        ("BOT_UPLOAD_MB", "0"),
        ("BOT_UPLOAD_MB", "2001"),
        ("BOT_UPLOAD_MB", "-5"),
        ("BOT_UPLOAD_MB", "٥"),
        ("BOT_ADMINS", "0"),
        ("BOT_ADMINS", "-100123"),
        ("BOT_ADMINS", "4503599627370496"),
        ("BOT_ADMINS", "1, 1087968824"),
        ("BOT_ADMINS", "777000"),
        ("BOT_ADMINS", "136817688"),
        ("BOT_ADMINS", "@ann"),
        ("BOT_ADMINS", "٣"),
    ],
)
def test_bad_settings(tmp_path: Path, name: str, value: str) -> None:
    """What makes no sense, or would make strangers admins, ends the start with one plain sentence."""
    with pytest.raises(SettingsError, match=f"^{name} .*\\.$"):
        load({name: value}, tmp_path / ".env")
