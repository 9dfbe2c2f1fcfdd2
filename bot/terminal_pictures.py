"""A terminal shows no pictures: they are saved beside the store, and where is told."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from pathlib import Path

from bot import pictures
from handlers.answer import Answer, Block, Card, Entry, Note

FOLDER = "pictures"


def saved(answer: Answer, store: Path) -> Answer:
    """The answer with a line that tells where its picture is, or why there is none; as it is without a picture."""
    if answer.picture is None:
        return answer
    try:
        drawn = asyncio.run(pictures.draw(answer.picture))
        kind = "card" if isinstance(answer.picture, Card) else "chart"
        told: Block = Entry("Picture", link=str(_write(drawn, store.parent / FOLDER, kind)))
    except pictures.NotDrawn as why:
        told = Note(str(why))
    except OSError as error:
        told = Note(f"The picture could not be saved: {error.strerror or error}.")
    return replace(answer, blocks=(*answer.blocks, told), picture=None)


def _write(drawn: bytes, folder: Path, kind: str) -> Path:
    """The file; the same picture is the same file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{kind}-{hashlib.sha256(drawn).hexdigest()[:12]}.png"
    path.write_bytes(drawn)
    return path
