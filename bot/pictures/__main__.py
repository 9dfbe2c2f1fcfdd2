"""The drawing process: a description as JSON comes in, a PNG goes out."""

from __future__ import annotations

import json
import sys

from bot.pictures import UNKNOWN_CHARACTERS
from bot.pictures.fonts import UnknownCharacters


def main() -> int:
    """Draw what stands on the input; the exit status."""
    spec = json.load(sys.stdin)
    try:
        if spec["kind"] == "card":
            from bot.pictures import card

            drawn = card.draw(spec)
        else:
            from bot.pictures import chart

            drawn = chart.draw(spec)
    except UnknownCharacters:
        return UNKNOWN_CHARACTERS
    sys.stdout.buffer.write(drawn)
    return 0


if __name__ == "__main__":
    sys.exit(main())
