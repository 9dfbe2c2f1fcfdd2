"""Prints the figures beside their floors; ``--raise`` lifts the floors to them, and never lowers one."""

from __future__ import annotations

import sys

from tests.quality.floors import FILE, below, floors, raised, written
from tests.quality.measuring import figures


def main(arguments: list[str]) -> int:
    """Print, raise if asked, and return 1 when a figure lies under its floor."""
    measured, kept = figures(), floors()
    for name, value in measured.items():
        print(f"{name:26}{value:7.1f}   floor {kept.get(name, 0.0):5.1f}")
    if "--raise" in arguments:
        FILE.write_text(written(raised(kept, measured)), encoding="utf-8")
    return 1 if below(kept, measured) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
