"""Tells what something costs in the processor's own time, which other programs on the machine do not take from it."""

from __future__ import annotations

import time
from collections.abc import Callable


def seconds(work: Callable[[], object], tries: int = 1) -> float:
    """The processor time of this thread, of the quickest of so many tries."""
    return min(_once(work) for _ in range(tries))


def _once(work: Callable[[], object]) -> float:
    began = time.thread_time()
    work()
    return time.thread_time() - began
