"""Pictures of answers: drawn in a process of their own, so that what drawing takes is given back at once."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from subprocess import DEVNULL, PIPE

from bot.pictures.spec import spec_of
from handlers.answer import Card, Chart

SECONDS = 20.0
"""Longest time that a picture may take."""

TOGETHER = 1
"""Pictures that are drawn at the same time; each takes about 70 MB while it is drawn."""

COMMAND = (sys.executable, "-m", "bot.pictures")

_threads = ThreadPoolExecutor(TOGETHER, thread_name_prefix="picture")
_places = asyncio.Semaphore(TOGETHER)


class NotDrawn(Exception):  # noqa: N818 - the answer is then given without its picture
    """A picture could not be drawn; the message is one plain sentence."""


async def draw(picture: Card | Chart) -> bytes:
    """The picture as PNG. Raises NotDrawn.

    The process is started by Python itself, not by the event loop: uvloop forks, and runs what Python does after a fork
    in the child, where the locks of other threads stay taken for ever; Python goes from fork to exec without a stop.
    """
    words, loop = json.dumps(spec_of(picture)).encode(), asyncio.get_running_loop()
    async with _places:
        process = _started()
        try:
            drawn, _ = await loop.run_in_executor(_threads, process.communicate, words, SECONDS)
        except subprocess.TimeoutExpired:
            raise NotDrawn("The picture took too long to draw.") from None
        finally:
            process.kill()
            process.wait()
    if process.returncode == UNKNOWN_CHARACTERS:
        raise NotDrawn("The picture has characters that no font here can draw.")
    if process.returncode or not drawn:
        raise NotDrawn("The picture could not be drawn.")
    return drawn


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(COMMAND, stdin=PIPE, stdout=PIPE, stderr=DEVNULL)  # noqa: S603 - our own module


UNKNOWN_CHARACTERS = 3
"""Exit status of the drawing process where no font has all characters."""
