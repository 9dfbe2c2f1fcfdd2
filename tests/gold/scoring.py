"""The judge of one case: what is wrong with a reading of it, in plain words.

An answer counts by its pieces: it is cut at line breaks and at quotation marks, and a piece is right when it covers the
gold words (intersection over union of .9 for words in marks and unmarked direct speech, .5 for indirect speech) and is
given to the right speaker. Words in marks that are nobody's speech must not come back at all, and what is told
without marks is given to somebody only where the case says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.model import Quotation, Reading, Span
from tests.gold.loading import Case, Quote, Who
from tests.gold.marks import paragraphs, quoted, trimmed

TITLES = {"mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady", "prof", "professor", "and"}
EXACT, LOOSE = 0.9, 0.5


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text that was answered as speech; ``marked`` when it stands inside marks."""

    span: Span
    marked: bool
    said: Quotation


def words(phrase: str) -> list[str]:
    """The words of a name or phrase in lower case, without possessives and marks."""
    bare = (re.sub(r"['’]s?$", "", word.strip('.,;:"“”()')) for word in phrase.split())
    return [word.lower() for word in bare if word]


def core(phrase: str) -> list[str]:
    """The words of a noun phrase without what hangs on it: 'Ann Lee, a lawyer for …' -> 'ann lee'."""
    return words(re.split(r",|\(|\s(?:who|which|whose|that|of|on|in|at|from|for|and)\s", phrase + " ")[0] or phrase)


def overlap(a: Span, b: Span) -> float:
    """Intersection over union."""
    both = max(0, min(a.end, b.end) - max(a.start, b.start))
    return both / (max(a.end, b.end) - min(a.start, b.start)) if both else 0.0


def letters(text: str, span: Span) -> int:
    """How many letters and digits a span holds."""
    return sum(map(str.isalnum, text[span.start : span.end]))


def meet(a: Span, b: Span) -> Span:
    """What two spans share; empty when nothing."""
    return Span(max(a.start, b.start), max(min(a.end, b.end), max(a.start, b.start)))


def pieces(text: str, quotation: Quotation, marked: list[Span]) -> Iterator[Piece]:
    """An answer cut at line breaks and marks; what is mostly outside marks also counts as a whole."""
    for line in paragraphs(text):
        span = meet(line, quotation.span)
        inside = [shared for region in marked if letters(text, shared := meet(span, region))]
        whole = letters(text, span)
        yield from (Piece(trimmed(text, each), True, quotation) for each in inside)
        if whole and sum(letters(text, each) for each in inside) < EXACT * whole:
            yield Piece(trimmed(text, span), False, quotation)


# ---------------------------------------------------------------- speakers
def says_head(who: Who, text: str, mention: Span | None) -> bool:
    """Whether an answered mention holds the head of the gold one and little else."""
    if mention is None:
        return False
    at = who.mention.start + text[who.mention.start : who.mention.end].find(who.head)
    inside = mention.start <= at and at + len(who.head) <= mention.end
    return inside and (who.mention.holds(mention) or overlap(mention, who.mention) >= LOOSE)


def same_phrase(who: Who, name: str) -> bool:
    """Whether an answered speaker is the printed phrase: the same head noun, not merely the one it belongs to."""
    if who.kind == "pronoun":
        return False
    return core(name)[-1:] in (words(who.head)[-1:], core(who.phrase)[-1:])


def right_name(names: tuple[str, ...], said: str, full: bool) -> bool:
    """Whether every name that should be there is there: by surname, or in full where surnames are shared."""
    given = set(words(said))
    return all(set(words(name)) <= given if full else words(name)[-1] in given for name in names)


def agrees(who: Who, answer: Quotation, case: Case) -> bool:
    """Whether the answered speaker is this one."""
    said = answer.speaker.name if answer.speaker else ""
    if len(who.names) == 1:
        return right_name(who.names, " ".join(core(said)), case.full_names)
    if who.names:
        return right_name(who.names, said, case.full_names)
    return same_phrase(who, said) if said else says_head(who, case.text, answer.mention)


def right_speaker(gold: Quote, answer: Quotation, case: Case) -> bool:
    """Whether the answer gives one of the speakers that are right for this quotation."""
    if gold.nobody and answer.speaker is None:
        return True
    return any(agrees(who, answer, case) for who in (gold.who, *gold.also))


def speaker_faults(gold: Quote, said: list[Quotation], case: Case) -> list[str]:
    """What is wrong with the speakers of all answers on one gold quotation."""
    if len(gold.who.names) > 1 and len(said) > 1:  # two answers, a name each
        given = " and ".join(answer.speaker.name for answer in said if answer.speaker)
        return [] if right_name(gold.who.names, given, case.full_names) else [f"speakers {given!r}"]
    wanted = " + ".join(gold.who.names) or gold.who.phrase
    wrong = [
        answer.speaker.name if answer.speaker else None for answer in said if not right_speaker(gold, answer, case)
    ]
    return [f"speaker {name!r} for {wanted!r}" for name in dict.fromkeys(wrong)]


# ---------------------------------------------------------------- the case
def tolerated(case: Case, piece: Piece) -> bool:
    """Whether words that are no gold quotation may come back all the same."""
    fits = [span for span in case.inner if overlap(trimmed(case.text, span), piece.span) >= EXACT]
    outer = [gold for gold in case.quotes if any(gold.span.holds(span) for span in fits)]
    if fits:
        return piece.said.speaker is None or not any(agrees(gold.who, piece.said, case) for gold in outer)
    loose = [span for span in case.unspoken if overlap(trimmed(case.text, span), piece.span) >= EXACT]
    return bool(loose) and piece.said.speaker is None


def _counts(case: Case, piece: Piece, right: set[int]) -> bool:
    """Whether an answer beside the gold is a fault: any in marks, and unmarked statements away from all gold words.

    Further parts of answers that are right (groups ``right``) are none.
    """
    if piece.marked or not case.quotes:
        return True
    stated = piece.said.speech and piece.said.speaker is not None and piece.said.group not in right
    return stated and not any(piece.span.meets(gold.span) for gold in case.quotes)


def matches(case: Case, found: list[Piece]) -> dict[int, list[Piece]]:
    """The answered pieces on each gold quotation, by its place in the case; the best fitting stretch is taken."""
    taken = {}
    for index, gold in enumerate(case.quotes):
        marked, least = gold.kind in ("direct", "mixed"), LOOSE if gold.kind == "indirect" else EXACT
        span = trimmed(case.text, gold.span)
        rated = [(overlap(span, piece.span), piece) for piece in found if piece.marked == marked]
        best = max((rate for rate, _ in rated), default=0.0)
        if best >= least:
            taken[index] = [piece for rate, piece in rated if rate == best]
    return taken


def faults(case: Case, reading: Reading) -> list[str]:
    """What is wrong with who said what in a reading of the case; nothing when it passes."""
    marked = quoted(case.text)
    found = [piece for quotation in reading.quotations for piece in pieces(case.text, quotation, marked)]
    taken = matches(case, found)
    wrong = [
        f"missed {gold.kind} {gold.span.cut(case.text)[:50]!r}"
        for index, gold in enumerate(case.quotes)
        if index not in taken and not gold.optional
    ]
    for index, answers in taken.items():
        wrong += speaker_faults(case.quotes[index], [piece.said for piece in answers], case)
    used = {id(piece) for answers in taken.values() for piece in answers}
    right = {piece.said.group for answers in taken.values() for piece in answers}
    wrong += [
        f"not a quotation {piece.span.cut(case.text)[:50]!r}"
        for piece in found
        if id(piece) not in used and _counts(case, piece, right) and not tolerated(case, piece)
    ]
    for span in case.forbid:
        if any(letters(case.text, meet(q.span, span)) >= LOOSE * letters(case.text, span) for q in reading.quotations):
            wrong.append(f"nobody is quoted as saying {span.cut(case.text)[:50]!r}")
    return wrong
