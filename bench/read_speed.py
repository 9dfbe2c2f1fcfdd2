"""Times analysis.read beside the full spaCy pipeline, on the same texts in the same run, and prints the ratio."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import analysis  # noqa: E402
from analysis.parsing import MODEL  # noqa: E402

ROUNDS = 3


def texts_of(path: Path | None, copies: int) -> list[str]:
    """The texts of a JSON-lines file ("text" in each row), or the seeds, ``copies`` times over."""
    if path is None:
        return [seed.read_text(encoding="utf-8") for seed in sorted((ROOT / "seeds").glob("*.txt"))] * copies
    return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def ours(texts: Sequence[str]) -> None:
    """Everything that a reading holds."""
    for _ in analysis.read_many((text, None) for text in texts):
        pass


def full_pipeline(texts: Sequence[str]) -> None:
    """Tagger, parser, lemmas and names of the same model, by paragraphs in batches, as its makers advise."""
    nlp = _full()
    for _ in nlp.pipe((line for text in texts for line in text.splitlines() if line.strip()), batch_size=128):
        pass


_LOADED: list = []


def _full():  # noqa: ANN202
    if not _LOADED:
        _LOADED.append(__import__(MODEL).load())
    return _LOADED[0]


def seconds(works: Sequence[Callable[[Sequence[str]], None]], texts: Sequence[str]) -> list[float]:
    """The median seconds of processor time that each work takes, in turns, as others may use the machine as well."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, took in zip(works, taken, strict=True):
            began = time.process_time()
            work(texts)
            took.append(time.process_time() - began)
    return [statistics.median(each) for each in taken]


def with_workers(texts: Sequence[str], workers: int) -> float:
    """The seconds that several processes take together, once they are loaded."""
    parts = [texts[number::workers] for number in range(workers)]
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        pool.map(ours, [["A word."]] * workers)
        began = time.perf_counter()
        pool.map(ours, parts)
        return time.perf_counter() - began


def show(name: str, texts: Sequence[str], took: float) -> None:
    """One line of the table."""
    words = sum(len(text.split()) for text in texts)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:<28}{len(texts) / took:10.1f} articles/s{words / took:10.0f} words/s{memory:8.0f} MB peak so far")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", nargs="?", type=Path, help='a .jsonl file with "text" in each row; default the seeds')
    parser.add_argument("--copies", type=int, default=20, help="how often the seeds are repeated")
    parser.add_argument("--workers", type=int, default=0, help="also time this many processes")
    options = parser.parse_args()
    texts = texts_of(options.texts, options.copies)
    ours(texts[:2])
    full_pipeline(texts[:2])
    mine, base = seconds((ours, full_pipeline), texts)
    show("analysis.read, one process", texts, mine)
    show("full spaCy pipeline", texts, base)
    print(f"ratio: {base / mine:.2f} times as fast as the full pipeline")
    if options.workers:
        show(f"analysis.read, {options.workers} processes", texts, with_workers(texts, options.workers))


if __name__ == "__main__":
    main()
