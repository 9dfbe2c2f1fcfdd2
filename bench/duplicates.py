"""Finds copied paragraphs among 100,000 made ones, in a store on disk: what is found, in what time, memory and size."""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from analysis.model import Reading, Span  # noqa: E402
from analysis.sketches import is_copy, minima, sketches  # noqa: E402
from analysis.words import tokens  # noqa: E402
from store import Store, schema  # noqa: E402
from store import sketches as kept  # noqa: E402
from store.connections import Connections  # noqa: E402
from store.model import Article  # noqa: E402
from tests.analysis.copied import News, copies, look_alikes  # noqa: E402

AN_ARTICLE = 20  # paragraphs
ADDED = 20  # articles whose time is taken


@dataclass(slots=True)
class Made:
    """Paragraphs in no order, and which of them are copies of each other, by what was done to them."""

    texts: list[str]
    edits: dict[tuple[int, int], str] = field(default_factory=dict)


def made(count: int) -> Made:
    """Three in ten originals, as many copies, two in ten look-alikes, the rest news of their own."""
    pairs = list(copies(1, count * 3 // 10))
    texts = [text for each in pairs for text in (each.original, each.copy)]
    texts += list(look_alikes(2, count // 5))
    news = News(3)
    texts += [news.paragraph() for _ in range(count - len(texts))]
    order = list(range(count))
    random.Random(4).shuffle(order)
    places = {old: new for new, old in enumerate(order)}
    edits = {_pair(places[2 * at], places[2 * at + 1]): each.edit for at, each in enumerate(pairs)}
    return Made([texts[old] for old in order], edits)


def _pair(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)


def filled(path: Path, texts: Sequence[str]) -> tuple[Connections, float]:
    """A store with the paragraphs, 20 an article, and the processor's seconds that sketching and keeping them took."""
    Store.open(path).close()
    store = Connections(path, 5.0)
    began = time.process_time()
    for at in range(0, len(texts), AN_ARTICLE):
        with store.writing() as db:
            kept.learn(db, _version(db, at), sketches("\n\n".join(texts[at : at + AN_ARTICLE])))
    return store, time.process_time() - began


def _version(db: schema.Connection, at: int) -> int:
    """The least row that sketches can hang on."""
    article = db.execute("INSERT INTO articles (loaded_at) VALUES ('') RETURNING id").fetchone()["id"]
    names = "headline body captions subheadings authors source loaded_at remarks fingerprint words_hash text_hash"
    columns = [*names.split(), "reading_hash"]
    values = dict.fromkeys(columns, "") | {"words_hash": f"w{at}", "text_hash": f"t{at}", "article": article}
    asked = f"""INSERT INTO versions (article_id, number, newest, reading_version, {", ".join(columns)})
        VALUES (:article, 1, 1, 0, {", ".join(f":{name}" for name in columns)}) RETURNING id"""
    return int(db.execute(asked, values).fetchone()["id"])


def found(store: Connections, texts: Sequence[str]) -> tuple[set[tuple[int, int]], int]:
    """All pairs that are called copies, and how many were compared: each paragraph with those kept before it."""
    pairs, compared = set[tuple[int, int]](), 0
    with store.reading() as db:
        rows = db.execute("SELECT id, version_id, number FROM paragraphs")
        places = {row["id"]: (row["version_id"] - 1) * AN_ARTICLE + row["number"] for row in rows}
        for at, text in enumerate(texts):
            for row in kept.candidates(db, minima(tokens(text))):
                other = places[row["id"]]
                if other == at or _pair(at, other) in pairs:
                    continue
                compared += 1
                if is_copy(text, texts[other]):
                    pairs.add(_pair(at, other))
    return pairs, compared


def adding(path: Path) -> Iterator[float]:
    """Seconds for adding an article of 20 paragraphs to the store as it now is."""
    news = News(5)
    with Store.open(path) as store:
        for number in range(ADDED):
            body = "\n\n".join(news.paragraph() for _ in range(AN_ARTICLE))
            sentences = tuple(Span(at, at + 50) for at in range(0, len(body) - 50, 100))
            article = Article(headline=f"News {number}", body=body, url=f"https://post.example/{number}")
            began = time.perf_counter()
            store.add(article, Reading(sentences=sentences))
            yield time.perf_counter() - began


def looking_up(store: Connections, texts: Sequence[str]) -> float:
    """The median seconds for finding the copies of one paragraph."""
    taken = []
    with store.reading() as db:
        for text in texts:
            began = time.perf_counter()
            for row in kept.candidates(db, minima(tokens(text))):
                db.execute("SELECT body FROM versions WHERE id = :id", {"id": row["version_id"]}).fetchone()
            taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def main() -> None:
    """Measure and print; the exit status is 1 where a floor does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--paragraphs", type=int, default=100_000)
    options = parser.parse_args()
    given = made(options.paragraphs)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        store, keeping = filled(path, given.texts)
        began = time.process_time()
        pairs, compared = found(store, given.texts)
        comparing = time.process_time() - began
        one = looking_up(store, given.texts[:500])
        store.close()
        size = path.stat().st_size
        added = list(adding(path))
    missed = Counter(edit for pair, edit in given.edits.items() if pair not in pairs)
    same = {pair for pair in pairs if given.texts[pair[0]] == given.texts[pair[1]]}
    wrong = pairs - given.edits.keys() - same
    recall, precision = 1 - missed.total() / len(given.edits), 1 - len(wrong) / len(pairs)
    each = Counter(given.edits.values())
    print(f"{len(given.texts):,} paragraphs, {len(given.edits):,} copies")
    print(f"recall     {recall:.4f}   missed: {', '.join(f'{edit} {n} of {each[edit]}' for edit, n in missed.items())}")
    print(f"precision  {precision:.4f}   {len(wrong)} of {len(pairs):,} pairs are wrong")
    print(f"sketching and keeping {keeping:.1f} s, finding all copies {comparing:.1f} s of the processor", end=" ")
    print(f"({compared:,} compared)")
    print(f"one paragraph {1000 * one:.2f} ms; adding an article of {AN_ARTICLE} paragraphs", end=" ")
    print(f"{1000 * statistics.median(added):.1f} ms, at most {1000 * max(added):.1f} ms")
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"file {size / 1e6:.1f} MB, {size / len(given.texts):.0f} bytes a paragraph", end=", ")
    print(f"memory +{(after - before) / 1e3:.0f} MB")
    for one_, other in sorted(wrong)[:5]:
        print(f"wrong: {given.texts[one_]}\n       {given.texts[other]}")
    sys.exit(recall < 0.987 or bool(wrong))


if __name__ == "__main__":
    main()
