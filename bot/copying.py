"""`backup` and `unload` on the command line, and files where nothing can be sent: it is told where they are."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from bot.wording import one_line
from handlers import unload
from handlers.answer import Answer, Entry
from handlers.typed import count, size
from store import Store
from store.errors import StoreError


def backup(store: Path, target: Path) -> None:
    """Copy a store to a new file while it may be in use. Raises StoreError."""
    with Store.open(store, create=False) as opened:
        made = opened.upkeep.backups.make(target.expanduser().absolute())
    sys.stdout.write(f"{made.path}: {count(made.articles, 'article')}, {size(made.size)}.\n")


def forget(store: Path, words: str, *, sure: bool) -> bool:
    """Forget the one article that a link or words of its headline mean; whether it was. Raises StoreError."""
    with Store.open(store, create=False) as opened:
        found = unload.meant(words, opened)
        if len(found) != 1:
            _list([f"={row.id} {row.headline}" for row in found] or ["No loaded article fits."])
            return False
        goes = opened.upkeep.goes_with(found[0].id)
        if goes is None:
            raise StoreError("That article is not loaded any more.")
        _list([found[0].headline, unload.with_it(goes)])
        if not sure:
            _list(["Say --yes to forget it."])
            return False
        opened.unload(found[0].id)
        _list(["It is forgotten."])
    return True


def told(answer: Answer) -> Answer:
    """The answer with the places of its files in words."""
    places = tuple(Entry(file.note, str(file.path)) for file in answer.files)
    return replace(answer, blocks=(*answer.blocks, *places), files=())


def _list(lines: list[str]) -> None:
    sys.stdout.write("".join(f"{one_line(line)}\n" for line in lines))
