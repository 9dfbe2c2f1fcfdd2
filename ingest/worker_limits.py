"""What the reading process gives up at its start, so that a hostile source cannot spread from it."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from pathlib import Path

MEMORY_BYTES = 8 << 30

NICENESS = 10
"""Added to the process's own: answers come before reading where both want the processor."""


def apply() -> int:
    """Leave Ctrl-C to the parent, print nothing, cap memory, be the first to go when it runs out.

    Returns a descriptor that swallows what is written to it. The cap is on address space: spaCy has 2 to 3 GB.
    """
    end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sink = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(sink, stream)
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, resource.getrlimit(resource.RLIMIT_AS)[1]))
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("900")
    return sink


def give_way() -> None:
    """Let others go first. Not before the parser is loaded: on a busy machine that would take ever so much longer."""
    with contextlib.suppress(OSError):
        os.nice(NICENESS)


def end_with_parent() -> None:
    """End this process as soon as the one that started it is gone, also where that was killed and could not say so."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait, name="end with parent", daemon=True).start()
