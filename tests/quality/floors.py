"""The floors: kept in ``floors.toml``, raised by ``python -m tests.quality --raise``, never lowered."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

FILE = Path(__file__).with_name("floors.toml")
HEAD = "# Floors in per cent. `python -m tests.quality --raise` lifts them to today's figures; nothing lowers them.\n"


def floors() -> dict[str, float]:
    """The floors as they are kept."""
    return {name: float(value) for name, value in tomllib.loads(FILE.read_text(encoding="utf-8")).items()}


def raised(kept: Mapping[str, float], measured: Mapping[str, float]) -> dict[str, float]:
    """The higher of floor and figure for each name; a figure that was never kept begins at its value."""
    return {name: max(kept.get(name, 0.0), value) for name, value in measured.items()}


def below(kept: Mapping[str, float], measured: Mapping[str, float]) -> list[str]:
    """What has fallen under its floor, or is kept but no longer measured, in plain words."""
    return [
        f"{name} is {measured.get(name, 0.0):.1f}, its floor {floor:.1f}"
        for name, floor in kept.items()
        if measured.get(name, 0.0) < floor
    ]


def written(values: Mapping[str, float]) -> str:
    """The file's text for these floors."""
    return HEAD + "".join(f"{name} = {value:.1f}\n" for name, value in values.items())
