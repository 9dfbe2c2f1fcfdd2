"""Reads speakers from nouns of saying: "Gemma Faulk’s verdict: “…”", "in the words of the foreman, “…”"."""

from __future__ import annotations

import re
from functools import cache

from analysis.attribution.name_patterns import SHORT_NAME as NAME
from analysis.lists import words
from analysis.model import Span
from analysis.verbs import FORMS

OWNER = rf"({NAME}|(?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Oo]ur|[Aa]n?) (?:[\w-]+ ){{0,3}}?[\w-]+?)"
WORDS_OF = re.compile(
    rf"\b(?:[Ii]n|to use|quot(?:ing|ed|es)|borrow(?:ing|ed)|recall(?:ing|ed|s)|remember(?:ing|ed|s)|repeat(?:ing|ed|s)"
    rf"|echo(?:ing|ed|es)|invok(?:ing|ed|es)|cit(?:ing|ed|es)) (?:the|an?) (?:[\w-]+ )?"
    rf"(words|motto|advice|warning|line|maxim|saying|rule|question|answer|promise|prayer|lesson) of "
    rf"(?:(?:the|an?|his|her|their) [\w\s’'-]{{3,40}}, )?({NAME}|the [\w-]+)[,:]? $"
)
IN_VIEW = re.compile(
    rf"\b[Ii]n the (view|opinion|judge?ment|eyes|telling|words|estimation|assessment) of "
    rf"(?:(?:the|an?|his|her) [\w\s’'-]{{3,40}}, )?({NAME}),[^“”\"]{{0,120}} $"
)
SENT = re.compile(
    rf"({NAME}) (?:\w+ly )?(?:sent|left|texted|emailed|mailed|handed) [^.:“”\"]{{0,50}}?"
    rf"\b(text|text message|message|e-?mail|note|voicemail|postcard|letter|telegram|fax)(?: [^.:“”\"]{{0,40}})?: $"
)
AS_PUT = re.compile(
    rf"\b[Aa]s ((?:(?:the|an?|his|her|their|our|one|[A-Z][\w]+[’']s?) )?(?:[a-z-]+ ){{0,4}}?(?:{NAME}|[a-z-]+)) "
    r"(?:(?:once|later|has|memorably|famously|himself|herself|also|then|so \w+) ){0,2}"
    r"(put|puts|phrased|phrases|expressed|expresses|described|describes|called|calls|framed|saw|sees|told) "
    r"(?:it|them|this|that)(?: [^“”\",:]{0,40})?[,:]? $"
)
SENTENCE_END = re.compile(
    r"(?<!\bM[rs])(?<!\bMrs)(?<!\b[DS][rt])(?<!\bSen)(?<!\bGov)(?<!\bRep)(?<!\b[A-Z])[.?!](?= )|[”\"](?= )"
)
MADE_BY = re.compile(
    rf"\b(threads?|posts?|tweets?|letter|note|message|e-?mail|statement|memo|comment|column|essay|editorial|op-ed) "
    rf"(?:from|by) (?:(?:the|an?|his|her|their) (?:[\w’'-]+ ){{1,5}}?)?({NAME})(?: (?:of|at|from) [^:;.“”\"]{{2,60}})?"
    rf"(?:, [^:;.“”\"]{{2,80}})?: $"
)
FOR_WHOM = re.compile(rf"^\s*(For|To) ({NAME})(?:, [^“”\"]{{3,80}})?, [^“”\"]{{3,60}}\b(?:is|was|are|were|remains) $")

FROM = re.compile(
    r"(?:^ ?|[-–—] |[.!?] )((?:[Mm]ore )?[Ff]rom|[Pp]er) ((?:the|an?|his|her|their) (?:[\w’'-]+ ){0,3}?([\w-]+)): $"
)
READ_FROM = re.compile(
    r"\b(read(?:s|ing)?)(?: aloud| out)? from ((?:the|an?|his|her|their) (?:[\w’'-]+ ){0,3}?([\w-]+))[,:] $"
)
ABOUT = re.compile(r"[\"“‘'«]+(?:is|are|was|were|has|have|had|do|does|did|will|would|could|should|can|may|might)\b")
TALKED_OF = frozenset({"comments", "remarks", "statements", "tweets", "words", "claims", "views"})
PLURAL = re.compile(r"[a-z]{3,}[a-rt-z]s $")
IS = re.compile(r"\b(?:are|were) $")
ABOUT_BEFORE = re.compile(r"\b(?:as|for being|of being|to be) (?:an? |the )?$")
"""What is said of the words rather than with them: "his comments “are offensive”", "her remarks as “silly”"."""


@cache
def _owned() -> re.Pattern[str]:
    nouns = "|".join(sorted(words("nouns_of_saying")))
    middle = r"(?:, [^,“”\"]{2,40},)?(?: (?:was|is|came|read|ran|remains|has been))?(?: [\w-]+){0,2}?"
    return re.compile(
        rf"{OWNER}[’']s? (?:[\w-]+ ){{0,2}}?({nouns})(?: (?:to|on|of|about|after) [\w’' -]{{3,40}}?)?"
        rf"(?: \([^()]{{2,60}}\))?{middle}[:,]? $"
    )


def _judged(before: str, after: str) -> bool:
    """Whether somebody else says it of the words: "ruled that Poe's claim was “true”", "called his remarks “silly”"."""
    words_before = before.split()
    label = any(word in FORMS and FORMS[word].label for word in words_before[-3:])
    return label or (words_before[-1:] == ["that"] and re.search(r"\b(?:is|was) $", after) is not None)


def owner(text: str, quoted: Span, floor: int) -> tuple[Span, Span] | None:
    """Whose words a noun right before a quotation says they are, and that noun; None where there is none."""
    start = max(floor, quoted.start - 160)
    before = text[start : quoted.start]
    cut = max((found.end() for found in SENTENCE_END.finditer(before)), default=0)
    start, before = start + cut, before[cut:]
    if found := WORDS_OF.search(before) or IN_VIEW.search(before) or FOR_WHOM.search(before) or MADE_BY.search(before):
        return Span(start + found.start(2), start + found.end(2)), Span(start + found.start(1), start + found.end(1))
    for pattern in (FROM, READ_FROM):
        if (found := pattern.search(before)) and found.group(3).lower() in words("speaking_nouns"):
            places = found.span(2), found.span(1)
            return Span(*places[0]).moved(start), Span(*places[1]).moved(start)
    if found := AS_PUT.search(before):
        named = re.search(rf"{NAME}$", found.group(1))
        opens = start + found.start(1) + (named.start() if named else 0)
        return Span(opens, start + found.end(1)), Span(start + found.start(2), start + found.end(2))
    if found := SENT.search(before):
        return Span(start + found.start(1), start + found.end(1)), Span(start + found.start(2), start + found.end(2))
    matches = list(_owned().finditer(before))
    if not matches:
        return None
    found = matches[-1]
    between = before[found.end(1) : found.start(2)]
    if PLURAL.search(between) and before.endswith(found.group(2) + " ") and found.group(2).lower() in FORMS:
        return None  # "the company’s adverts promise “…”": a verb
    if found.group(2).lower() in TALKED_OF and IS.search(before):
        return None
    if _judged(before[: found.start(1)], before[found.end(2) :]):
        return None
    if ABOUT.match(text[quoted.start : quoted.start + 20]) or ABOUT_BEFORE.search(before):
        return None
    if any(word in FORMS for word in found.group(1).split()[:-1]):
        return None
    return Span(start + found.start(1), start + found.end(1)), Span(start + found.start(2), start + found.end(2))
