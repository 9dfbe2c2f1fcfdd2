"""Counts how often a speaker is right by the rule that found it and by the confidence that is kept, on annotated news.

The data are JSON lines, plain or gzipped: {"text": …, "gold": [{"start", "end", "type": "direct" | "mixed" | …,
"speaker_start", "speaker_end", "speaker_text", "speaker_resolved"}]}, with offsets in code points. They are given
by path and stay where they are. A speaker is right when the mention is the annotated one or its name has the same
last word.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import analysis.attribution as attribution  # noqa: E402
from analysis import read_many  # noqa: E402
from analysis.attribution.draft import Draft  # noqa: E402
from analysis.model import Quotation, Span  # noqa: E402

Counts = dict[tuple[str, str], list[int]]
LEAST = 0.5  # share that two spans must have in common


def rows(path: Path) -> list[dict[str, Any]]:
    """The rows of one file."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in content.decode("utf-8").splitlines() if line.strip()]


def overlap(one: Span, other: Span) -> float:
    """Intersection over union."""
    both = min(one.end, other.end) - max(one.start, other.start)
    return max(0, both) / (max(one.end, other.end) - min(one.start, other.start))


def gold_of(span: Span, golds: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The annotated attribution whose words a quotation shares: it covers them, or they cover it, by half."""
    fitting = [
        gold
        for gold in golds
        if gold["type"] in ("direct", "mixed")
        and gold.get("speaker_text")
        and (overlap(span, Span(gold["start"], gold["end"])) >= LEAST or gold["start"] <= span.start < gold["end"])
    ]
    return max(fitting, key=lambda gold: overlap(span, Span(gold["start"], gold["end"])), default=None)


def last_word(name: str) -> str:
    """The last word of a name without possessive and marks."""
    words = name.replace("’s", "").replace("'s", "").split()
    return words[-1].strip('.,;:"“”()').lower() if words else ""


def is_right(said: Quotation, gold: Mapping[str, Any]) -> bool:
    """Whether the mention is the annotated one, or the name ends alike."""
    if said.mention and gold.get("speaker_start") is not None:
        mention = Span(gold["speaker_start"], gold["speaker_end"])
        if overlap(said.mention, mention) >= LEAST or mention.holds(said.mention):
            return True
    name = last_word(said.speaker.name) if said.speaker else ""
    return name in {last_word(gold["speaker_text"]), last_word(gold.get("speaker_resolved") or "")} - {""}


def tenth(confidence: float) -> str:
    """The tenth that a confidence lies in: ".9"."""
    return f".{min(9, int(confidence * 10))}"


def counted(data: Sequence[Mapping[str, Any]]) -> Counts:
    """How many quotations were given a speaker and how many of those are right, by (table, row)."""
    rules: dict[Span, str] = {}
    plain = attribution.quotation

    def noted(text: str, draft: Draft) -> Quotation:
        rules[draft.stretch.span] = str(draft.rule) if draft.rule else "none"
        return plain(text, draft)

    attribution.quotation = noted
    found: Counts = defaultdict(lambda: [0, 0])
    for row, reading in zip(data, read_many((row["text"], None) for row in data), strict=True):
        for said in reading.quotations:
            gold = gold_of(said.span, row["gold"]) if said.speaker and said.span in rules else None
            if gold is not None:
                _count(found, said, rules[said.span], is_right(said, gold))
        rules.clear()
    attribution.quotation = plain
    return found


def _count(found: Counts, said: Quotation, rule: str, right: bool) -> None:
    for key in ((f"{said.kind} by rule", rule), ("confidence", tenth(said.confidence))):
        found[key][0] += 1
        found[key][1] += right


def table(found: Counts) -> Iterator[str]:
    """The lines of the tables, the most frequent row first."""
    for heading in sorted({heading for heading, _ in found}):
        yield f"\n| {heading} | quotations | right |\n|---|---|---|"
        inside = [(row, *counts) for (one, row), counts in found.items() if one == heading]
        for row, given, right in sorted(inside, key=lambda each: each[0] if heading == "confidence" else -each[1]):
            yield f"| {row} | {given} | {100 * right / given:.1f} |"


def main() -> None:
    """Read the files and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, help="annotated articles, .jsonl or .jsonl.gz")
    options = parser.parse_args()
    print("\n".join(table(counted([row for path in options.files for row in rows(path)]))))


if __name__ == "__main__":
    main()
