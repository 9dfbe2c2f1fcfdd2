"""Makes articles of one story for benches: each with some paragraphs of a seed, always the same ones."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import ingest
from store.model import Article

SEEDS = Path(__file__).resolve().parent.parent / "seeds"


def pieces(count: int, fewest: int) -> Iterator[tuple[Article, str, list[str]]]:
    """A seed, the headline of an article that is made of it, and its paragraphs, ``fewest`` or up to 7 more."""
    seeds = [ingest.clean_file(path.name, path.read_bytes()) for path in sorted(SEEDS.glob("*.txt"))]
    chance = random.Random(7)
    for number in range(count):
        seed = seeds[number % len(seeds)]
        paragraphs = seed.body.split("\n\n")
        chosen = sorted(chance.sample(range(len(paragraphs)), min(len(paragraphs), fewest + number % 8)))
        yield seed, f"{seed.headline} ({number})", [paragraphs[at] for at in chosen]
