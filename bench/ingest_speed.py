"""Times the whole way of an article (clean, read, store) beside trafilatura alone, on the same pages in one run."""

from __future__ import annotations

import argparse
import json
import pickle
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import trafilatura  # noqa: E402

import ingest  # noqa: E402
from analysis.model import Reading  # noqa: E402
from bench.made import pieces  # noqa: E402
from store import Store  # noqa: E402
from store import articles as stored  # noqa: E402
from store.connections import Connections  # noqa: E402
from store.derived import Derived  # noqa: E402
from store.model import Article  # noqa: E402
from store.prepared import prepare  # noqa: E402

MENU = "".join(f'<li class="menu-item"><a href="/section/{n}">Section {n}</a></li>' for n in range(40))
TEASERS = "".join(
    f'<div class="card"><a href="/story/{n}"><img src="/{n}.jpg" alt=""><h3>Another story, number {n}</h3></a></div>'
    for n in range(30)
)
SCRIPT = "".join(f"window.setting{n}={{'key':'value {n}','list':[1,2,3]}};" for n in range(300))
LEAST_PARAGRAPHS = 12


@dataclass(slots=True)
class Seconds:
    """What each step took, one figure a round."""

    alone: list[float] = field(default_factory=list)
    clean: list[float] = field(default_factory=list)
    read: list[float] = field(default_factory=list)
    store: list[float] = field(default_factory=list)

    def ratio(self) -> float:
        """The whole way against trafilatura alone: the median of the rounds."""
        steps = zip(self.clean, self.read, self.store, self.alone, strict=True)
        return statistics.median((clean + read + store) / alone for clean, read, store, alone in steps)


def pages_of(path: Path | None, made: int) -> list[str]:
    """The pages of a JSON-lines file ("html" in each row), or ``made`` ones with sentences of the seeds."""
    if path is None:
        return list(_made(made))
    return [json.loads(line)["html"] for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _made(count: int) -> Iterator[str]:
    """Pages as outlets print them: menus, data for programs, teasers, and an article with paragraphs of a seed."""
    for _, headline, paragraphs in pieces(count, LEAST_PARAGRAPHS):
        yield _page(headline, paragraphs)


def _page(headline: str, paragraphs: Sequence[str]) -> str:
    stated = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": headline,
        "datePublished": "2024-03-05T10:00:00Z",
        "publisher": {"@type": "Organization", "name": "The Example"},
    }
    body = "".join(f'<p class="text">{escape(paragraph)}</p>' for paragraph in paragraphs)
    return f"""<!doctype html><html lang="en"><head><title>{escape(headline)} | The Example</title>
<meta property="og:title" content="{escape(headline)}"><script>{SCRIPT}</script>
<script type="application/ld+json">{json.dumps(stated)}</script></head><body><header><nav><ul>{MENU}</ul></nav></header>
<main><article><h1>{escape(headline)}</h1><time datetime="2024-03-05">5 March 2024</time>
<figure><img src="a.jpg" alt=""><figcaption>A view of the place.</figcaption></figure>{body}</article>
<aside>{TEASERS}</aside></main><footer><ul>{MENU}</ul></footer></body></html>"""


def trafilatura_alone(pages: Sequence[str]) -> None:
    """Text and the same facts about it (title, author, date, site), with the settings that find the most text."""
    for page in pages:
        trafilatura.extract(page, favor_recall=True, include_comments=False, with_metadata=True, output_format="json")


def clean(pages: Sequence[str]) -> list[Article]:
    """The articles of the pages that have one."""
    found = []
    for page in pages:
        try:
            found.append(ingest.clean_html(page))
        except ingest.IngestError:
            continue
    return found


def store_all(articles: Sequence[Article], readings: Sequence[Reading]) -> None:
    """Into a new store on disk."""
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "bench.db") as store:
        for article, reading in zip(articles, readings, strict=True):
            store.add(article, reading)


def inside_store(articles: Sequence[Article], readings: Sequence[Reading]) -> dict[str, list[float]]:
    """Seconds an article of the parts of storing, and of the way from the reading process."""
    parts = ("from the process", "rows, windows, sketches", "write", "story")
    taken: dict[str, list[float]] = {name: [] for name in parts}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        Store.open(path).close()
        store = Connections(path, 5.0)
        stories = Derived(store)
        for each in zip(articles, readings, strict=True):
            article, reading = _timed(lambda each=each: pickle.loads(pickle.dumps(each)), taken["from the process"])
            new = _timed(lambda a=article, r=reading: prepare(a, r), taken["rows, windows, sketches"])
            added = _timed(lambda new=new: stored.add(store, new), taken["write"])
            _timed(lambda added=added: stories.grown(added.story_id), taken["story"])
        store.close()
    return taken


T = TypeVar("T")


def _timed(work: Callable[[], T], taken: list[float]) -> T:
    began = time.perf_counter()
    result = work()
    taken.append(time.perf_counter() - began)
    return result


def measured(pages: Sequence[str], rounds: int) -> tuple[Seconds, int]:
    """What each step took, and how many articles there are. Each round takes all steps, so that load hits all alike."""
    seconds, articles = Seconds(), list[Article]()
    for _ in range(rounds):
        _timed(lambda: trafilatura_alone(pages), seconds.alone)
        articles = _timed(lambda: clean(pages), seconds.clean)
        readings = _timed(lambda found=articles: [ingest.read_article(each) for each in found], seconds.read)
        _timed(lambda found=articles, read=readings: store_all(found, read), seconds.store)
    return seconds, len(articles)


def show(seconds: Seconds, pages: int, articles: int) -> None:
    """The table and the ratio."""
    alone, *steps = (statistics.median(each) for each in (seconds.alone, seconds.clean, seconds.read, seconds.store))
    whole = sum(steps)
    print(f"{'trafilatura alone':<20}{pages / alone:8.1f} pages/s")
    for name, took in zip(("clean", "read", "store"), steps, strict=True):
        print(f"{name:<20}{pages / took:8.1f} pages/s {100 * took / whole:5.1f} % {took / alone:6.2f} x trafilatura")
    print(f"{'the whole way':<20}{pages / whole:8.1f} pages/s {articles / whole:7.1f} articles/s")
    print(f"ratio: the whole way takes {seconds.ratio():.2f} times what trafilatura alone takes")


def show_inside(taken: dict[str, list[float]]) -> None:
    """What storing is made of."""
    for name, each in taken.items():
        print(f"  {name:<26}{1000 * statistics.median(each):7.1f} ms an article, at most {1000 * max(each):.1f} ms")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="?", type=Path, help='a .jsonl file with "html" in each row; default made pages')
    parser.add_argument("--made", type=int, default=40, help="how many pages to make where no file is given")
    parser.add_argument("--rounds", type=int, default=3, help="how often everything is measured")
    options = parser.parse_args()
    pages = pages_of(options.pages, options.made)
    measured(pages[:2], 1)
    seconds, articles = measured(pages, options.rounds)
    show(seconds, len(pages), articles)
    found = clean(pages)
    show_inside(inside_store(found, [ingest.read_article(each) for each in found]))


if __name__ == "__main__":
    main()
