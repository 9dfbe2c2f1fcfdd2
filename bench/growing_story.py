"""Measures what an article costs the store as the story it joins grows, and what the first question then costs."""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import ingest  # noqa: E402
from bench.made import pieces  # noqa: E402
from store import Store  # noqa: E402
from store.model import Article  # noqa: E402

SHOWN = (10, 100, 300, 1000, 3000)
LAST = 10  # articles, of which the median is shown
FEWEST = 8  # paragraphs


def made(count: int) -> Iterator[Article]:
    """Articles of one story, each with some paragraphs of a seed."""
    for number, (seed, headline, paragraphs) in enumerate(pieces(count, FEWEST)):
        body, link = "\n\n".join(paragraphs), f"https://news.example/{number}"
        yield replace(seed, headline=headline, body=body, captions=(), subheadings=(), url=link)


def main() -> None:
    """Measure and print. CPU time of the adding thread, so that other work on the machine counts little."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", nargs="?", type=int, default=300, help="how many articles the story gets")
    wanted, taken = parser.parse_args().articles, list[float]()
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "bench.db") as store:
        for article in made(wanted):
            reading = ingest.read_article(article)
            began = time.thread_time()
            store.add(article, reading)
            taken.append(1000 * (time.thread_time() - began))
            if len(taken) in SHOWN or len(taken) == wanted:
                last, mean = statistics.median(taken[-LAST:]), statistics.mean(taken)
                print(f"{len(taken):>6} articles: {last:7.1f} ms for one of the last {LAST}, {mean:7.1f} ms on average")
        began = time.thread_time()
        stories = store.stories()
        print(f"{len(stories)} story; the first question about it takes {1000 * (time.thread_time() - began):.0f} ms")


if __name__ == "__main__":
    main()
