"""The finer judge of a case: kinds, parts, cues, full names, who reported it, and the people."""

from __future__ import annotations

import re
from itertools import pairwise, permutations

from analysis.model import Person, Quotation, Reading
from tests.gold.loading import Case, Character, Quote
from tests.gold.marks import quoted
from tests.gold.scoring import TITLES, matches, pieces, words

KIND = {"bare": "direct"}


def answers(case: Case, reading: Reading) -> dict[int, Quotation]:
    """What was answered for each gold quotation, by its place in the case; those that were not found are left out."""
    marked = quoted(case.text)
    found = [piece for quotation in reading.quotations for piece in pieces(case.text, quotation, marked)]
    return {index: hits[0].said for index, hits in matches(case, found).items()}


def details(case: Case, reading: Reading) -> list[str]:
    """What is wrong beyond who said what."""
    given = answers(case, reading)
    wrong = [fault for index, said in given.items() for fault in quotation_faults(case, case.quotes[index], said)]
    return wrong + group_faults(case, given) + people_faults(case, reading)


def quotation_faults(case: Case, gold: Quote, said: Quotation) -> list[str]:
    """Kind, cue, reporter and full name of one quotation."""
    wrong = []
    what = repr(gold.span.cut(case.text)[:40])
    if said.kind != KIND.get(gold.kind, gold.kind) and not either_kind(case, gold):
        wrong.append(f"kind {said.kind} of {what}, a {gold.kind} one")
    if gold.cue and not same_cue(gold.cue, said.cue.cut(case.text) if said.cue else ""):
        wrong.append(f"cue {said.cue and said.cue.cut(case.text)!r} of {what}, which has {gold.cue!r}")
    by = said.reported_by and said.reported_by.cut(case.text)
    if bool(gold.by) != bool(by) or (gold.by and gold.by not in (by or "")):
        wrong.append(f"reported by {by!r}, not {gold.by!r}: {what}")
    return wrong + name_faults(gold, said)


def either_kind(case: Case, gold: Quote) -> bool:
    """Whether words could be called direct or mixed: a whole clause that runs on from its reporting clause."""
    first = next(char for char in gold.span.cut(case.text) if char.isalpha())
    further = any(other.group == gold.group and other.span < gold.span for other in case.quotes)
    return gold.kind == "direct" and first.islower() and not further


def same_cue(wanted: str, given: str) -> bool:
    """Whether a cue is one of those wanted ("quoted/saying"), or a part of one."""
    return bool(given) and any(
        a in b for one in wanted.split("/") for a, b in permutations((one.lower(), given.lower()))
    )


def name_faults(gold: Quote, said: Quotation) -> list[str]:
    """Whether a named speaker has the full name and nothing but the name."""
    if not said.speaker or not gold.who.names or gold.also:
        return []
    plain = re.sub(r"[“\"‘'(][^”\"’')]+[”\"’')] ", "", said.speaker.name)  # without a nickname
    given, wanted = words(plain), [word for name in gold.who.names for word in words(name)]
    return [] if set(given) - TITLES == set(wanted) - TITLES else [f"name {said.speaker.name!r} for {wanted}"]


def group_faults(case: Case, given: dict[int, Quotation]) -> list[str]:
    """Parts of one quotation have one group, and two speakers never share one."""
    wrong = []
    for (i, a), (j, b) in pairwise(given.items()):
        one, other = case.quotes[i], case.quotes[j]
        together = a.group == b.group
        if one.group == other.group and not together:
            wrong.append(f"parts of one quotation came apart: {other.span.cut(case.text)[:40]!r}")
        if together and one.who.names != other.who.names:
            wrong.append(f"two speakers in one quotation: {other.span.cut(case.text)[:40]!r}")
    return wrong


# ---------------------------------------------------------------- people
def called(name: str, people: tuple[Person, ...]) -> list[Person]:
    """The entries that bear a name, by their main name."""
    return [person for person in people if set(words(person.name)) - TITLES == set(words(name)) - TITLES]


def people_faults(case: Case, reading: Reading) -> list[str]:
    """People who are missing, doubled or incomplete, and strangers who were taken for people."""
    wrong = [fault for gold in case.people for fault in person_faults(case, gold, called(gold.name, reading.people))]
    for name in case.strangers:
        taken = [p.name for p in reading.people if name in (p.name, *p.aliases)]
        wrong += [f"{name!r} is nobody in the story, but is in the entry {entry!r}" for entry in taken]
    return wrong


def person_faults(case: Case, gold: Character, entries: list[Person]) -> list[str]:
    """What one person's entry lacks."""
    if len(entries) != 1:
        return [f"{len(entries)} entries for {gold.name!r}"]
    entry = entries[0]
    printed = {mention.span.cut(case.text) for mention in entry.mentions} | set(entry.aliases)
    roles = " / ".join(role.cut(case.text) for role in entry.roles)
    wrong = [f"{gold.name!r} lacks the alias {alias!r}" for alias in gold.aliases if alias not in printed]
    return wrong + [f"{gold.name!r} lacks the role {role!r}" for role in gold.roles if role not in roles]
