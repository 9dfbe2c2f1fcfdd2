"""Prints what fails, case by case and by kind; ``--shrink`` takes cases that pass off ``not_yet.txt``."""

from __future__ import annotations

import re
import sys
from collections import Counter

from tests.gold.details import details
from tests.gold.expected import NOT_YET
from tests.gold.readings import SEED_FORMS, cases, readings, seed_reading
from tests.gold.scoring import faults
from tests.gold.seed_checks import CHECKS


def failures() -> dict[str, list[str]]:
    """What is wrong with each check that fails, by the name it has in ``not_yet.txt``."""
    seeds = [(f"{name}-{form}", seed_reading(name, form)) for name, form in SEED_FORMS]
    found = {f"{name}:{check}": CHECKS[check](*seed) for name, seed in seeds for check in CHECKS}
    for name, case in cases().items():
        found[name] = faults(case, readings()[name])
        found[f"{name}:details"] = details(case, readings()[name])
    return {name: wrong for name, wrong in found.items() if wrong}


def kind(fault: str) -> str:
    """The kind of a fault, for the table."""
    for words in (
        "the reading does not say so",
        "is nobody in the story",
        "entries for",
        "lacks the alias",
        "lacks the role",
    ):
        if words in fault:
            return words
    if fault.startswith("speaker "):
        return "speaker: none" if fault.startswith("speaker None") else "speaker: wrong"
    return re.split(r"[:'\"“‘]| None| of ", fault)[0].strip()


def main(arguments: list[str]) -> None:
    """Print the failures, then how many there are of each kind."""
    failed = failures()
    for name, wrong in failed.items():
        print(f"{name}: " + "; ".join(wrong))
    for what, count in Counter(kind(fault) for wrong in failed.values() for fault in wrong).most_common():
        print(f"{count:5} {what}")
    if "--shrink" in arguments:
        kept = NOT_YET.read_text(encoding="utf-8").splitlines(keepends=True)
        still = [line for line in kept if line.startswith("#") or line.split(" ")[0] in failed]
        NOT_YET.write_text("".join(still), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
