"""The figures that floors are kept for, in per cent, worked out over the gold cases and the two founding texts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from analysis.model import Reading, SpeakerKind
from tests.gold.details import details
from tests.gold.loading import Case
from tests.gold.marks import quoted
from tests.gold.readings import SEED_FORMS, cases, readings, seed_reading
from tests.gold.scoring import Piece, agrees, faults, matches, pieces, right_speaker, tolerated

LONG_PARAGRAPHS = 3


@dataclass(frozen=True, slots=True)
class Named:
    """Counts of quotations: answered with a name, of those right, with a name in the gold, of those found."""

    given: int
    right: int
    wanted: int
    found: int


def share(part: int, whole: int) -> float:
    """Per cent, rounded down to a tenth, so that a floor never lies above its figure."""
    return int(1000 * part / whole) / 10 if whole else 100.0


def is_named(piece: Piece) -> bool:
    """Whether an answer names its speaker."""
    return piece.said.speaker is not None and piece.said.speaker.kind is not SpeakerKind.ROLE


def named(case: Case, reading: Reading) -> Named:
    """Count the named speakers of one case.

    Unmarked speech beyond the gold is neither right nor wrong, unless the case has nothing to find.
    """
    marked = quoted(case.text)
    found = [piece for quotation in reading.quotations for piece in pieces(case.text, quotation, marked)]
    taken = matches(case, found)
    used = {id(piece) for hits in taken.values() for piece in hits}
    on_gold = [(case.quotes[index], hits[0]) for index, hits in taken.items() if is_named(hits[0])]
    right = [gold for gold, piece in on_gold if right_speaker(gold, piece.said, case)]
    beside = [piece for piece in found if id(piece) not in used and (piece.marked or not case.quotes)]
    invented = [piece for piece in beside if is_named(piece) and not tolerated(case, piece)]
    wanted = [gold for gold in case.quotes if gold.who.names and not gold.optional]
    return Named(len(on_gold) + len(invented), len(right), len(wanted), sum(gold in right for gold in wanted))


def pronouns(case: Case, reading: Reading) -> Counter[str]:
    """How many pronouns that stand for somebody were found as speakers, and how many got the right name."""
    marked = quoted(case.text)
    found = [piece for quotation in reading.quotations for piece in pieces(case.text, quotation, marked)]
    count: Counter[str] = Counter()
    for index, hits in matches(case, found).items():
        gold = case.quotes[index]
        if gold.who.kind == "pronoun" and gold.who.names:
            count["all"] += 1
            count["right"] += agrees(gold.who, hits[0].said, case)
    return count


def figures() -> dict[str, float]:
    """All figures by name, in per cent."""
    whole, read = cases(), readings()
    passed = {name: not faults(case, read[name]) for name, case in whole.items()}
    long = [name for name, case in whole.items() if len(case.text.split("\n\n")) >= LONG_PARAGRAPHS]
    counts = [named(case, read[name]) for name, case in whole.items()]
    total = {key: sum(getattr(count, key) for count in counts) for key in Named.__slots__}
    pronoun = sum((pronouns(case, read[name]) for name, case in whole.items()), Counter[str]())
    silent = [name for name, case in whole.items() if not case.quotes]
    seeds = [(gold.case, reading) for gold, reading in (seed_reading(*form) for form in SEED_FORMS)]
    seed_quotes = sum(len(case.quotes) for case, _ in seeds)
    return {
        "cases_passed": share(sum(passed.values()), len(whole)),
        "long_cases_passed": share(sum(passed[name] for name in long), len(long)),
        "silent_cases_passed": share(sum(passed[name] for name in silent), len(silent)),
        "details_passed": share(sum(not details(case, read[name]) for name, case in whole.items()), len(whole)),
        "named_speaker_precision": share(total["right"], total["given"]),
        "named_speaker_recall": share(total["found"], total["wanted"]),
        "pronouns_named": share(pronoun["right"], pronoun["all"]),
        "seed_quotations_right": share(seed_quotes - sum(len(faults(*seed)) for seed in seeds), seed_quotes),
    }
