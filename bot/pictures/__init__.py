"""Pictures of answers: drawn in a process of their own, so that what drawing takes is given back at once."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys

from bot.pictures.spec import spec_of
from handlers.answer import Card, Chart

SECONDS = 20.0
"""Longest time that a picture may take."""

TOGETHER = 1
"""Pictures that are drawn at the same time; each takes about 70 MB while it is drawn."""

_places = asyncio.Semaphore(TOGETHER)


class NotDrawn(Exception):  # noqa: N818 - the answer is then given without its picture
    """A picture could not be drawn; the message is one plain sentence."""


async def draw(picture: Card | Chart) -> bytes:
    """The picture as PNG. Raises NotDrawn."""
    async with _places:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot.pictures",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            drawn, _ = await asyncio.wait_for(process.communicate(json.dumps(spec_of(picture)).encode()), SECONDS)
        except TimeoutError:
            raise NotDrawn("The picture took too long to draw.") from None
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode == UNKNOWN_CHARACTERS:
        raise NotDrawn("The picture has characters that no font here can draw.")
    if process.returncode or not drawn:
        raise NotDrawn("The picture could not be drawn.")
    return drawn


UNKNOWN_CHARACTERS = 3
"""Exit status of the drawing process where no font has all characters."""
