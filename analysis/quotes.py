"""Finds the stretches of a paragraph that stand inside quotation marks, whatever marks an outlet uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from analysis.lists import genders
from analysis.model import Span
from analysis.verbs import FORMS

MARK = re.compile(r"``|''|‘‘|’’|\ufffd\?|[\"“”„‟«»「」『』]")
OPENING = "“„‟«「『``‘‘"
BEFORE_OPENING = "([{—–-/'‘’:;,.*…"
DASH = re.compile(r"[—–]\s?(?=[^\W\d_a-z]|[“\"¿¡])|-- ?(?=[A-Z])|- (?=[A-Z])")
SINGLE_OPENING = re.compile(
    r"(?<![\w’'‘])[‘'‚](?=[\"“\w$£€¡¿(\[…])(?!(?:\d0s|em|tis|twas|til|cause|n|bout)\b)", re.IGNORECASE
)
SINGLE_CLOSING = re.compile(r"(?<=[\w.,!?…;:)\]”\"—–-])[’'](?![\w’'])")


ELIDED = re.compile(r"s$|in$")  # "the drivers’ union", "drinkin’ tea"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words inside one pair of marks. ``span`` takes in the marks, ``inner`` does not; both in code points.

    ``closed`` is false where the closing mark is missing and the stretch was ended by rule.
    """

    span: Span
    inner: Span
    closed: bool = True
    single: bool = False
    dash: bool = False  # speech without marks, after a dash

    def moved(self, by: int) -> Stretch:
        """The same stretch, ``by`` code points further on."""
        return replace(self, span=self.span.moved(by), inner=self.inner.moved(by))


def stretches(text: str) -> list[Stretch]:
    """The outermost quoted stretches of one paragraph, in order and without overlaps."""
    if spoken := list(_after_dash(text)):
        return spoken
    doubles = list(_doubles(text))
    singles = list(_singles(text, doubles))
    kept = [one for one in doubles if not any(other.span.holds(one.span) for other in singles)]
    return sorted((one for one in kept + singles if _worded(text, one.inner)), key=lambda one: one.span)


def _after_dash(text: str) -> Iterator[Stretch]:
    """Speech that a dash opens: to its reporting clause, and on after the clause where another dash takes it up."""
    opened = DASH.match(text)
    clause = reporting().search(text, opened.end()) if opened else None
    closing = re.search(r"\s[—–-]\s?(?=[\w’']+(?: [A-Z]\w+)* )", text[opened.end() :]) if opened else None
    if opened is None or clause is None:
        return
    end = clause.start()
    if closing and opened.end() + closing.start() < end:
        end = opened.end() + closing.start()
    yield Stretch(Span(opened.end(), end), Span(opened.end(), end), dash=True)
    again = re.compile(r"(?<=[.,]) [—–] ?(?=\w)").search(text, clause.end())
    if again:
        yield Stretch(Span(again.end(), len(text)), Span(again.end(), len(text)), dash=True)


def _worded(text: str, span: Span) -> bool:
    return any(character.isalnum() for character in span.cut(text))


def _doubles(text: str) -> Iterator[Stretch]:
    marks = [match for match in MARK.finditer(text) if not _inch(text, match)]
    opened: re.Match[str] | None = None
    depth = 0
    nests = _balanced(marks)
    for mark in marks:
        opens = _opens(text, mark, opened is not None)
        if opened is None:
            opened, depth = (mark, 1) if opens else (None, 0)
        elif opens and nests:
            depth += 1
        elif opens:
            yield _unclosed(text, opened, mark.start())
            opened, depth = mark, 1
        elif depth > 1:
            depth -= 1
        else:
            yield Stretch(Span(opened.start(), mark.end()), Span(opened.end(), mark.start()))
            opened, depth = None, 0
    if opened is not None:
        yield _unclosed(text, opened, len(text))


def _unclosed(text: str, opened: re.Match[str], end: int) -> Stretch:
    """A stretch whose closing mark is missing: it ends before its reporting clause, or else at ``end``."""
    clause = reporting().search(text, opened.end(), end)
    end = clause.start() if clause else end
    end = opened.end() + len(text[opened.end() : end].rstrip())
    return Stretch(Span(opened.start(), end), Span(opened.end(), end), closed=False)


@cache
def reporting() -> re.Pattern[str]:
    """A reporting clause right after the comma, question mark or dash that ends somebody's words."""
    return re.compile(rf"(?:(?<=[,?!…])\s+|(?<=[—–])\s*)(?={_clause(strong=True)})")


@cache
def clause_follows() -> re.Pattern[str]:
    """A reporting clause at the beginning of a text, with any verb that may report."""
    return re.compile(_clause(strong=False))


def _clause(*, strong: bool) -> str:
    verbs = {form for form, verb in FORMS.items() if (verb.strong or not strong) and PAST.search(form)}
    said = "|".join(sorted(verbs))
    name = r"(?:[A-Z][\w’'.-]*)(?: (?:de |del |van |von |bin |al-)?[A-Z][\w’'.-]*){0,3}"
    some = r"(?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Aa]n?) (?:[\w’'-]+ ){0,2}[\w’'-]+"
    role = "|".join(sorted(word for word in genders("role_nouns") if word.isalpha()))
    subject = rf"(?:(?:(?:[a-z-]+ ){{0,2}}?(?:{role}) )?{name}(?:, [^,“”\".]{{3,60}},)?|[Hh]e|[Ss]he|[Tt]hey|{some})"
    return rf"(?:{subject} (?:\w+ly |also |later |then )?(?:{said})|(?:{said}) {subject})\b"


PAST = re.compile(r"(?:ed|said|told|wrote|says|tells|writes)$")


def _balanced(marks: list[re.Match[str]]) -> bool:
    curly = [mark.group() for mark in marks if mark.group() in "“”"]
    return bool(curly) and curly.count("“") == curly.count("”")


def _inch(text: str, mark: re.Match[str]) -> bool:
    """Whether a straight mark stands for inches: after a digit, with no partner to close."""
    start, end = mark.span()
    if mark.group() != '"' or not start or not text[start - 1].isdigit():
        return False
    after = text[end : end + 2]
    follows = bool(re.match(r"[ -]?[a-z]|[ -]x|[x×]", after))
    return follows and text[end:].count('"') % 2 == 0 and text[:start].count('"') % 2 == 0


def _opens(text: str, mark: re.Match[str], inside: bool) -> bool:
    kind, start, end = mark.group(), mark.start(), mark.end()
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if kind in ('"', "''") or (kind == "”" and "“" not in text):
        return _toggles(text, start, before, after, inside)
    if kind == "“" and inside and (after.isspace() or not before.isspace()):
        return not (after.isspace() or not after.isalnum() or "„" in text[:start])
    if kind in "»«" and text.find("»") < (text.find("«") if "«" in text else len(text)):
        return kind == "»"
    return kind in OPENING


def _toggles(text: str, start: int, before: str, after: str, inside: bool) -> bool:
    """Whether a mark that opens and closes alike opens here."""
    if inside:
        return before.isspace() and not after.isspace() and start > 1 and text[start - 2] not in "“\"'"
    return not after.isspace() and (before.isspace() or before in BEFORE_OPENING or not before.isalnum())


def _singles(text: str, doubles: list[Stretch]) -> Iterator[Stretch]:
    at = 0
    while opening := SINGLE_OPENING.search(text, at):
        at = opening.end()
        if any(one.span.start < opening.start() < one.span.end for one in doubles):
            continue
        closing = _single_end(text, opening, doubles)
        if closing is None:
            continue
        inner = Span(opening.end(), closing.start())
        crossed = [one for one in doubles if one.span.meets(inner) and not inner.holds(one.span)]
        if " " in inner.cut(text).strip() and not crossed:
            yield Stretch(Span(opening.start(), closing.end()), inner, single=True)
            at = closing.end()


def _single_end(text: str, opening: re.Match[str], doubles: list[Stretch]) -> re.Match[str] | None:
    """The mark that closes: not a plural possessive when a mark after punctuation comes later in the sentence."""
    for closing in SINGLE_CLOSING.finditer(text, opening.end()):
        if any(one.inner.holds(Span(*closing.span())) for one in doubles):
            continue
        possessive = ELIDED.search(text, closing.start() - 2, closing.start()) and re.match(
            r" [a-z]", text[closing.end() : closing.end() + 2]
        )
        later = SINGLE_OPENING.search(text, closing.end())
        rest = text[closing.end() : later.start() if later else len(text)]
        if possessive and re.search(r"[.,!?][’'](?!\w)", rest):
            continue
        return closing
    return None
