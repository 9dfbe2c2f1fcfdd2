"""Kills the real `load` command at random moments, again and again, until all is loaded; tells what is there then."""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from store import Store  # noqa: E402
from tests.analysis.copied import News  # noqa: E402


def made(folder: Path, articles: int, *, lines: bool) -> tuple[Path, list[str]]:
    """A file of JSON lines, or a folder of files, and the headlines in it."""
    news = News(41)
    texts = [(f"Report {at} from {news.place()}", news.paragraph(2, 4)) for at in range(articles)]
    if lines:
        rows = (
            json.dumps({"title": title, "text": text, "url": f"https://post.example/{at}"})
            for at, (title, text) in enumerate(texts)
        )
        path = folder / "news.jsonl"
        path.write_text("\n".join(rows))
    else:
        path = folder / "news"
        path.mkdir()
        for at, (title, text) in enumerate(texts):
            (path / f"{at:05}.txt").write_text(f"{title}\n\n{text}\n")
    return path, [title for title, _ in texts]


def load(store: Path, *given: Path) -> subprocess.Popen[bytes]:
    """The command as somebody types it; without a path it only goes on with what is open."""
    command = [
        sys.executable,
        "-m",
        "bot",
        "--store",
        str(store),
        *(["load", *map(str, given)] if given else ["ask", "/stories"]),
    ]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def run(articles: int, kills: int, *, lines: bool) -> bool:
    """One load with so many kills; whether all was sound each time and complete at the end."""
    with tempfile.TemporaryDirectory() as name:
        folder, chance, sound = Path(name), random.Random(), True
        given, titles = made(folder, articles, lines=lines)
        path, taken = folder / "news.db", []
        for turn in range(kills):
            process = load(path, *([given] if not turn else []))
            time.sleep(chance.uniform(8, 25))
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            with Store.open(path) as store:
                differences = store.verify()
                sound = sound and not differences
                taken.append(store.stats()["articles"])
        began = time.perf_counter()
        load(path).wait()
        with Store.open(path) as store:
            differences = store.verify()
            found = [row.headline for row in store.newest()]
            complete = found == titles and store.stats()["versions"] == articles and not store.open_jobs()
        kind = "JSON lines" if lines else "folder"
        print(f"{kind}: articles after each kill {taken}; the rest took {time.perf_counter() - began:.0f} s; ", end="")
        print(f"sound {sound and not differences}, each article once and in order {complete}", flush=True)
        return sound and complete and not differences


def main() -> None:
    """Run both; the exit status is 1 where anything was lost, doubled or damaged."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=6)
    options = parser.parse_args()
    sys.exit(sum(not run(options.articles, options.kills, lines=lines) for lines in (True, False)))


if __name__ == "__main__":
    main()
