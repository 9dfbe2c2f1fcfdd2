"""Steps for the batch command that count, sleep, fail and die on demand, to be run in real worker processes."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence

from bot import pipe, pipe_lines


def obey(texts: Sequence[str]) -> Iterator[bytes]:
    """Answer with the length of each text, and do what the text says first."""
    for text in texts:
        if text == "die":
            os._exit(3)
        if text == "fail":
            raise ValueError("as told")
        if text.startswith("sleep "):
            time.sleep(float(text.removeprefix("sleep ")))
        if text == "print":
            print("noise")
        yield pipe_lines.dump({"length": len(text)})


def stillborn(texts: Sequence[str]) -> Iterator[bytes]:
    """A step whose process cannot even start."""
    raise ImportError("no model")


if __name__ == "__main__":
    sys.exit(pipe.main(sys.argv[1], step={"obey": obey, "stillborn": stillborn}[sys.argv[2]]))
