"""The checks of the founding texts: each says in plain words what is wrong with a reading."""

from __future__ import annotations

from collections.abc import Callable

from analysis.model import Quotation, Reading, Span
from tests.gold.details import answers, called, group_faults, people_faults
from tests.gold.scoring import faults
from tests.gold.seeds import Seed


def said(gold: Seed, reading: Reading) -> list[str]:
    """Every quotation, marked or not, has its speaker, and nothing else is quoted."""
    return faults(gold.case, reading)


def never(gold: Seed, reading: Reading) -> list[str]:
    """Mike Pompeo, whose replacement was demanded, says nothing."""
    return [
        f"Pompeo is quoted: {quotation.span.cut(gold.case.text)[:40]!r}"
        for quotation in reading.quotations
        if quotation.speaker and "Pompeo" in quotation.speaker.name
    ]


def printed(gold: Seed, reading: Reading) -> list[str]:
    """Mention, cue, the whole reporting phrase and the agency stand where the table says."""
    return [fault for i, answer in answers(gold.case, reading).items() for fault in as_printed(gold, i, answer)]


def as_printed(gold: Seed, index: int, answer: Quotation) -> list[str]:
    """What is wrong with the places of one answer's mention, cue, reporting phrase and reporter."""
    text, wanted, quote = gold.case.text, gold.printed[index], gold.case.quotes[index]
    wrong: list[tuple[str, Span | None, Span | None]] = []
    if not quote.nobody and not (answer.mention and answer.mention.meets(wanted.mention)):
        wrong.append(("mention", answer.mention, wanted.mention))
    if wanted.cue and not (answer.cue and answer.cue.meets(wanted.cue)):
        wrong.append(("cue", answer.cue, wanted.cue))
    phrase = answer.attribution.cut(text).strip(" ,.") if answer.attribution else None
    if wanted.attribution and phrase != wanted.attribution.cut(text):
        wrong.append(("attribution", answer.attribution, wanted.attribution))
    by = (answer.reported_by, wanted.reported_by)
    if any(by) and not (by[0] and by[1] and by[0].meets(by[1])):
        wrong.append(("reported by", *by))
    what = quote.span.cut(text)[:40]
    return [f"{key} {a and a.cut(text)!r}, not {b and b.cut(text)!r}: {what!r}" for key, a, b in wrong]


def parts(gold: Seed, reading: Reading) -> list[str]:
    """Words in marks are direct or mixed, the rest indirect; split quotations keep together."""
    given = answers(gold.case, reading)
    wrong = group_faults(gold.case, given)
    for index, answer in given.items():
        kind = gold.case.quotes[index].kind
        if answer.kind != kind and index not in gold.headlines:
            wrong.append(f"kind {answer.kind}, not {kind}: {gold.case.quotes[index].span.cut(gold.case.text)[:40]!r}")
    return wrong


def people(gold: Seed, reading: Reading) -> list[str]:
    """Everybody has one entry with all names and roles, and photographers, places and drinks have none."""
    return people_faults(gold.case, reading)


def stand_ins(gold: Seed, reading: Reading) -> list[str]:
    """Whoever is called a dictator or a ruler instead of his name is known to be the same man."""
    wrong = []
    for who, phrase in gold.stand_ins:
        entry = next(iter(called(who, reading.people)), None)
        spans = [*(mention.span for mention in entry.mentions), *entry.roles] if entry else []
        cuts = [span.cut(gold.case.text) for span in spans]
        if not any(" " in cut and (phrase in cut or cut in phrase) for cut in cuts):
            wrong.append(f"{phrase!r} is {who}, and the reading does not say so")
    return wrong


CHECKS: dict[str, Callable[[Seed, Reading], list[str]]] = {
    check.__name__: check for check in (said, never, printed, parts, people, stand_ins)
}
