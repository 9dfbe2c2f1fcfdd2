"""Measures /check: known edits of printed quotations, and words of articles that are not loaded, by kind."""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import statistics
import sys
import tempfile
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import ingest  # noqa: E402
from analysis import read  # noqa: E402
from analysis.difference import is_negation  # noqa: E402
from analysis.model import QuoteKind  # noqa: E402
from analysis.word_costs import telling  # noqa: E402
from analysis.words import key, tokens  # noqa: E402
from handlers import judging  # noqa: E402
from handlers.altered import differences  # noqa: E402
from handlers.checking import Verdict  # noqa: E402
from handlers.credited import Judged, other_speaker  # noqa: E402
from handlers.question import Question  # noqa: E402
from handlers.speech import said_in  # noqa: E402
from store import Store  # noqa: E402
from store.model import StoredQuotation, Story  # noqa: E402

LEAST = 8  # words of a quotation that is edited: fewer are too few to tell once some are gone
INSIDE = re.compile("[\n\"“”„«»]|'(?!\\w)|(?<!\\w)['‘’]")  # marks in a quotation end it where it is quoted again
NUMBER = re.compile(r"\b\d{1,3}\b")
AUXILIARY = re.compile(r"\b(is|are|was|were|will|would|can|could|should|has|have|had|does|did|must)\b")
VERDICTS = {
    Verdict.EXACT: "exact",
    Verdict.CUT: "cut",
    Verdict.OLDER: "older",
    Verdict.ALTERED: "altered",
    Verdict.STITCHED: "put together",
    Verdict.ABSENT: "absent",
    Verdict.SHORT: "too short",
}
PARAPHRASES = (
    "The president explained that the two of them went over how their countries had got along so far",
    "They swapped opinions about ways to make things look up in the future, he added",
    "Kim told reporters that a peaceful way out of the nuclear question had been talked over at length",
    "One analyst believes that the journey shows Washington there are other partners to be had",
    "Trump made the whole affair with Kim about himself, and America went along with it, the professor thinks",
    "Kim is these days glad to speak with whoever wants to, Kelly believes",
    "America is bound to keep a close eye on what comes out of it",
    "It could be in Moscow's interest to make sanctions all over the world look less effective",
    "The Russian leader let it be known that nothing was being hidden and that he would tell Trump about it",
    "He hopes that the meeting makes clear what has to be done on the peninsula",
    "The neighbours have a short border in common, and Moscow wants a pipeline and a railway across it",
    "For Pyongyang it may mean that the Americans no longer protect Seoul and Tokyo with their arms",
    "Most specialists call that an illusion, since Kim would lose what he has worked on for forty years",
    "The February meeting with Trump came to nothing, and nobody has got any further since",
    "Who rules North Korea fears above all for the power of his own family, in the eyes of experts",
)


@dataclass(frozen=True, slots=True)
class Case:
    """Words to check, what is to come out, and, where that is one place, the key of what is printed there."""

    kind: str
    words: str
    expected: frozenset[Verdict]
    printed: str = ""
    other_speaker: bool | None = None
    negation: bool = False
    number: bool = False


@dataclass(slots=True)
class Score:
    """What came out for one kind."""

    cases: int = 0
    right: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def texts_of(path: Path | None) -> list[str]:
    """The texts of a JSON-lines file ("text", or "articles" with such, in each row), or our own cases of news."""
    if path is None:
        cases = ROOT / "tests" / "gold" / "cases"
        found = [each for file in sorted(cases.glob("*.toml")) for each in tomllib.loads(file.read_text()).values()]
        return [each["text"].strip() for each in found if isinstance(each, dict) and len(each["text"].split()) > 60]
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    loaded = [json.loads(row) for row in content.decode().splitlines()]
    flat = [each for row in loaded for each in row.get("articles", [row])]
    return ["\n\n".join(filter(None, [each.get("title"), each["text"]])) for each in flat]


def stored(texts: Sequence[str], store: Store) -> None:
    """Load the founding articles and the texts."""
    seeds = [ingest.clean_file(path.name, path.read_bytes()) for path in sorted((ROOT / "seeds").glob("*.txt"))]
    for article in (*seeds, *(ingest.clean_text(text, source="bench") for text in texts)):
        store.add(article, ingest.read_article(article))


def quotations(store: Store) -> Iterator[tuple[StoredQuotation, str, Story]]:
    """What is long enough to be edited: one part in marks, with its words."""
    for story in store.stories():
        for said in said_in(story.id, store):
            words = re.sub(r"^\W+|\W+$", "", max((part.text for part in said.parts), key=len))
            if said.kind is not QuoteKind.INDIRECT and len(tokens(words)) >= LEAST and not INSIDE.search(words):
                yield said, words, story


def edits(said: StoredQuotation, words: str, story: Story, store: Store, chance: random.Random) -> Iterator[Case]:
    """All edits of one quotation that make sense for it."""
    every, printed = words.split(), key(words)
    exact, altered = frozenset({Verdict.EXACT}), frozenset({Verdict.ALTERED})
    yield Case("exact", f"“{words}”", exact, printed)
    yield Case("typography", f'"{_retyped(words)}"', exact, printed)
    middle = len(every) // 2
    yield Case("truncated", f"“{' '.join(every[: max(5, 2 * len(every) // 3)])}”", exact, printed)
    if len(every) >= 14:
        yield Case("ellipsis", f"“{' '.join(every[:5])} … {' '.join(every[-5:])}”", frozenset({Verdict.CUT}), printed)
        yield Case("words left out", f"“{' '.join(every[:middle])} {' '.join(every[middle + 3 :])}”", altered, printed)
    yield from _replaced(every, printed, chance)
    yield from _negated(words, printed)
    if found := NUMBER.search(words):
        other = words.replace(found[0], str(int(found[0]) + 7), 1)
        yield Case("number changed", f"“{other}”", altered, printed, number=True)
    yield from _spoken(said, words, story, store, chance)


def _retyped(words: str) -> str:
    straight = words.translate(str.maketrans("’‘“”–—", "''\"\"--")).replace('"', "'")
    return f"{straight[:1].swapcase()}{straight[1:]}".replace(", ", ",  ").upper() if len(words) % 2 else straight


def _replaced(every: Sequence[str], printed: str, chance: random.Random) -> Iterator[Case]:
    places = [at for at, word in enumerate(every) if word.isalpha() and telling(word.lower()) and len(word) > 3]
    for kind, amount in (("one word replaced", 1), ("two words replaced", 2)):
        if len(places) > amount + 2:
            chosen = chance.sample(places, amount)
            made = [chance.choice(("violet", "hammer", "slowly")) if at in chosen else w for at, w in enumerate(every)]
            yield Case(kind, f"“{' '.join(made)}”", frozenset({Verdict.ALTERED}), printed)


def _negated(words: str, printed: str) -> Iterator[Case]:
    altered = frozenset({Verdict.ALTERED})
    if " not " in words:
        yield Case("negation dropped", f"“{re.sub(' not ', ' ', words, count=1)}”", altered, printed, negation=True)
    elif (found := AUXILIARY.search(words)) and not any(map(is_negation, key(words).split())):
        made = f"{words[: found.end()]} not{words[found.end() :]}"
        yield Case("negation added", f"“{made}”", altered, printed, negation=True)


def _spoken(said: StoredQuotation, words: str, story: Story, store: Store, chance: random.Random) -> Iterator[Case]:
    """With its own speaker, and with another one of the story."""
    exact, printed = frozenset({Verdict.EXACT}), key(words)
    if not said.people:
        return
    cast = store.cast(story.id)
    own = next(member for member in cast if member.id in said.people)
    yield Case("own speaker", f"{own.name} said “{words}”", exact, printed, other_speaker=False)
    yield Case("own surname", f"“{words},” {own.name.split()[-1]} said.", exact, printed, other_speaker=False)
    others = [member for member in cast if member.id not in said.people and len(member.name.split()) > 1]
    others = [member for member in others if not set(key(member.name).split()) & set(key(own.name).split())]
    if others:
        other = chance.choice(others).name
        yield Case("another speaker", f"{other} said “{words}”", exact, printed, other_speaker=True)
    yield Case("an unknown speaker", f"“{words},” said Zebulon Quist.", exact, printed, other_speaker=True)


def put_together(every: Sequence[tuple[StoredQuotation, str, Story]]) -> Iterator[Case]:
    """The beginning of one quotation with the end of another one of the same story."""
    by_story = defaultdict(list)
    for said, words, story in every:
        by_story[story.id].append((said, words))
    for found in by_story.values():
        for (one, first), (other, second) in pairwise(found):
            if one.people != other.people and key(first) != key(second):
                made = f"{' '.join(first.split()[:7])} {' '.join(second.split()[-7:])}"
                yield Case("put together", f"“{made}”", frozenset({Verdict.STITCHED}))


def foreign(texts: Sequence[str], loaded: str) -> Iterator[Case]:
    """Quotations and sentences of texts that are not loaded, and sentences put into another order."""
    absent = frozenset({Verdict.ABSENT})
    for text in texts:
        reading = read(text)
        for said in reading.quotations:
            words = re.sub(r"^\W+|\W+$", "", said.span.cut(text))
            if said.kind is not QuoteKind.INDIRECT and len(tokens(words)) >= LEAST and key(words) not in loaded:
                yield Case("foreign quotation", f"“{words}”", absent)
        for span in reading.sentences[1:8:2]:
            words = span.cut(text)
            if len(tokens(words)) >= LEAST and key(words) not in loaded and "“" not in words and '"' not in words:
                yield Case("foreign sentence", words, absent)


def shuffled(every: Sequence[tuple[StoredQuotation, str, Story]], chance: random.Random) -> Iterator[Case]:
    """The same words in an order that says nothing."""
    for _, words, _ in every:
        mixed = words.split()
        chance.shuffle(mixed)
        yield Case("words in another order", f"“{' '.join(mixed)}”", frozenset({Verdict.ABSENT}))


def is_right(case: Case, judged: Judged, store: Store) -> bool:
    """Whether the judgement is the expected one, at the right place, with the change and the speaker told."""
    found = judged.found
    if found.verdict not in case.expected:
        return False
    if case.printed and not _is_there(case, judged):
        return False
    if case.other_speaker is not None and other_speaker(judged, store) is not case.other_speaker:
        return False
    if found.alignment is not None and (case.negation or case.number):
        differs = differences(found)
        return bool(differs.negation) if case.negation else bool(differs.numbers)
    return True


def _is_there(case: Case, judged: Judged) -> bool:
    """Whether the place is that of the printed words, or one that prints the same ones."""
    found = judged.found
    words = found.said.words if found.said is not None else key(found.passage.text) if found.passage else ""
    return f" {case.printed} " in f" {words} " or bool(set(case.printed.split()) & set(words.split()) and found.said)


def measured(cases: Sequence[Case], story: int, store: Store) -> tuple[dict[str, Score], list[float], Counter[Verdict]]:
    """What comes out for each kind, how long each took in seconds, and how often each verdict was wrong."""
    scores: dict[str, Score] = defaultdict(Score)
    took, wrong = [], Counter[Verdict]()
    for case in cases:
        began = time.perf_counter()
        judged = judging.judge(case.words, Question(command="check", story=story), store)
        took.append(time.perf_counter() - began)
        best = judged[0]
        score = scores[case.kind]
        score.cases += 1
        score.verdicts[VERDICTS[best.found.verdict]] += 1
        if is_right(case, best, store):
            score.right += 1
        else:
            wrong[best.found.verdict] += 1
            score.wrong.append(f"{VERDICTS[best.found.verdict]}: {case.words}")
    return scores, took, wrong


def show(scores: dict[str, Score], took: Sequence[float], wrong: Counter[Verdict], errors: int) -> None:
    """The tables."""
    print(f"{'kind':<24}{'cases':>6}{'right':>8}   verdicts")
    for kind, score in scores.items():
        verdicts = ", ".join(f"{name} {n}" for name, n in score.verdicts.most_common())
        print(f"{kind:<24}{score.cases:>6}{100 * score.right / score.cases:>7.1f}%   {verdicts}")
        for each in score.wrong[:errors]:
            print(f"      {each[:230]}")
    print(f"\n{'verdict':<24}{'given':>6}{'precision':>11}")
    given = Counter(name for score in scores.values() for name, n in score.verdicts.items() for _ in range(n))
    for verdict, name in VERDICTS.items():
        if given[name]:
            print(f"{name:<24}{given[name]:>6}{100 * (1 - wrong[verdict] / given[name]):>10.1f}%")
    ordered = sorted(took)
    print(
        f"\n{len(took)} checks, median {1000 * statistics.median(ordered):.0f} ms, 99 % under "
        f"{1000 * ordered[int(0.99 * (len(ordered) - 1))]:.0f} ms"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", nargs="?", type=Path, help="a .jsonl or .jsonl.gz file; default our own cases")
    parser.add_argument("--most", type=int, default=400, help="most articles that are read")
    parser.add_argument("--quotations", type=int, default=150, help="most quotations that are edited")
    parser.add_argument("--errors", type=int, default=0, help="how many wrong ones of each kind are shown")
    options = parser.parse_args()
    chance = random.Random(5)
    texts = texts_of(options.articles)[: options.most]
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "bench.db") as store:
        stored(texts[::2], store)
        every = list(quotations(store))
        chosen = chance.sample(every, min(len(every), options.quotations))
        cases = [case for said, words, story in chosen for case in edits(said, words, story, store, chance)]
        cases += put_together(every)
        cases += [Case("paraphrase", words, frozenset({Verdict.ABSENT})) for words in PARAPHRASES]
        cases += shuffled(chosen, chance)
        cases += foreign(texts[1::2], key("\n".join(texts[::2])))
        print(f"{len(texts[::2]) + 2} articles, {len(every)} quotations, {len(cases)} checks")
        show(*measured(cases, store.stories()[0].id, store), options.errors)


if __name__ == "__main__":
    main()
