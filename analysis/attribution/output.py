"""Makes the quotation of a finished draft, with the attribution as printed and a confidence."""

from __future__ import annotations

import re

from analysis.attribution.draft import Draft
from analysis.attribution.local import Rule
from analysis.model import Quotation, QuoteKind
from analysis.verbs import FORMS

RELIABLE: dict[Rule, float] = {
    Rule.AFTER: 0.97,
    Rule.BEFORE: 0.96,
    Rule.GOVERNS: 0.92,
    Rule.SPLIT: 0.97,
    Rule.SAME: 0.97,
    Rule.AHEAD: 0.9,
    Rule.NARRATED: 0.92,
    Rule.INTRODUCED: 0.93,
    Rule.RUN_ON: 0.9,
    Rule.FLOATING: 0.9,
    Rule.LABEL: 0.92,
    Rule.SAME_WORDS: 0.95,
    Rule.REPORTED: 0.85,
}
"""The share of right speakers by rule, on annotated news (docs/quality.md tells how it was counted)."""


FRAGMENTS: dict[Rule, float] = {Rule.AFTER: 0.95, Rule.BEFORE: 0.75, Rule.LABEL: 0.65}
"""The same for parts of sentences in marks, whose speaker is harder to tell."""


CRIED = re.compile(
    r"\b(?:(?:read|shout|yell|scream|cr[yi])(?:s|es|ed|ing)?|that (?:said|says)|signs? saying) $"
)  # a placard reading “Clean water now”


ABBREVIATED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|Sen|Rep|Gov|Gen|Col|Prof|Rev|Jr|Sr|vs|No|[A-Z])\.")


def _runs_on(before: str, words: str) -> bool:
    """Whether words in small letters are a part of the sentence around them: "Her owner, Innes, “loved her,” …"."""
    if not words[:1].islower() or re.search(r"[.?!] [A-Z]", ABBREVIATED.sub("", words)):
        return False
    sentence = re.split(r"[.?!\n][\"”’']?(?: |$)", before)[-1].rstrip()
    if sentence[-1:].isalpha():
        return not re.search(r"[\"“”„«»‘]", sentence)
    if sentence[-1:] != ",":
        return False
    last = re.findall(r"[\w’'-]+", sentence)[-1:]
    return not re.search(r"[\"“”„«»‘]", sentence) and not any(word.lower() in FORMS for word in last)


def _kind(text: str, draft: Draft) -> QuoteKind:
    """Direct where the words are a whole utterance, also after "shouting" or "reading" with a capital."""
    if draft.unmarked:
        return QuoteKind.INDIRECT
    words = draft.stretch.inner.cut(text).split()
    start = draft.stretch.span.start
    if draft.speech and not draft.stretch.dash and _runs_on(text[max(0, start - 300) : start], " ".join(words)):
        return QuoteKind.MIXED
    cried = len(words) > 1 and words[0][0].isupper() and CRIED.search(text[max(0, start - 12) : start])
    return QuoteKind.DIRECT if draft.speech or cried else QuoteKind.MIXED


def quotation(text: str, draft: Draft) -> Quotation:
    """The quotation as the rest of the project knows it."""
    found = draft.resolved
    table = RELIABLE if draft.speech else RELIABLE | FRAGMENTS
    rule = table.get(draft.rule, 0.5) if draft.rule else 0.0
    return Quotation(
        draft.stretch.span,
        _kind(text, draft),
        draft.group,
        found.speaker if found else None,
        draft.phrase.span if draft.phrase and found else None,
        draft.cue,
        draft.attribution,
        draft.reported_by,
        round(rule * found.confidence, 3) if found else 0.0,
    )
