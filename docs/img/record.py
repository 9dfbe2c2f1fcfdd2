"""Records a chat in the terminal as the picture that the README shows: ``python docs/img/record.py``."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

ROOT = Path(__file__).resolve().parents[2]
WIDTH = 92
ASKED = ("/quotes plnt", "who won the world cup?")
FRAME = """<svg viewBox="0 0 {terminal_width} {terminal_height}" xmlns="http://www.w3.org/2000/svg">
<style>.{unique_id}-matrix {{ font-family: monospace; font-size: {char_height}px; line-height: {line_height}px }}
{styles}</style>
<defs><clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>{lines}</defs>
<rect width="{terminal_width}" height="{terminal_height}" rx="8" fill="#1d1f21"/>
<g transform="translate(12, 12)" clip-path="url(#{unique_id}-clip-terminal)">{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g></g></svg>"""


def answer(words: str, store: Path) -> str:
    """What `python -m bot ask` prints on a terminal, colours and all."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "BOT_STORE": str(store), "COLUMNS": str(WIDTH - 2), "TERM": "xterm-256color"}
    command = [sys.executable, "-m", "bot", "ask", words]
    with subprocess.Popen(command, stdout=theirs, stderr=subprocess.DEVNULL, cwd=ROOT, env=environment):
        os.close(theirs)
        printed = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:
                return printed.decode().replace("\r", "")
            printed += piece


def main() -> None:
    """Ask, and draw what was answered into answer.svg beside this file."""
    with tempfile.TemporaryDirectory() as folder, Path(os.devnull).open("w") as nowhere:
        store = Path(folder) / "bot.db"
        answer("/stories", store)
        console = Console(record=True, width=WIDTH, file=nowhere, force_terminal=True)
        for words in ASKED:
            console.print(Text.from_ansi(f"\x1b[1;32m›\x1b[0m {words}\n\n{answer(words, store).strip()}\n"))
        console.save_svg(str(ROOT / "docs/img/answer.svg"), theme=MONOKAI, code_format=FRAME, unique_id="chat")


if __name__ == "__main__":
    main()
