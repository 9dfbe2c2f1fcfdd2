"""`verify` on the command line: whether every passage is still cut from what was printed."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.wording import one_line
from store import Store


def run(path: Path) -> bool:
    """Cut everything in a store again and tell what differs. Whether anything does. Raises StoreError."""
    with Store.open(path, create=False) as store:
        differences = store.verify(_progress)
        if sys.stderr.isatty():
            sys.stderr.write("\r\x1b[K")
        for each in differences:
            print(f"{each.where}: stored {one_line(each.stored, 200)!r}, found {one_line(each.found, 200)!r}")
        counted = ", ".join(f"{name.replace('_', ' ')}: {number:,}" for name, number in store.stats().items())
    print(f"Differences: {len(differences):,}; {counted}." if differences else f"All as stored; {counted}.")
    return bool(differences)


def _progress(done: int, of: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{done:,} of {of:,}")
        sys.stderr.flush()
