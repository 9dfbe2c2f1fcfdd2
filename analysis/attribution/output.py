"""Makes the quotation of a finished draft, with the attribution as printed and a confidence."""

from __future__ import annotations

import re

from analysis.attribution.draft import Draft
from analysis.attribution.local import Rule
from analysis.model import Quotation, QuoteKind

RELIABLE: dict[Rule, float] = {
    Rule.AFTER: 0.97,
    Rule.BEFORE: 0.94,
    Rule.GOVERNS: 0.91,
    Rule.SPLIT: 0.97,
    Rule.SAME: 0.97,
    Rule.AHEAD: 0.9,
    Rule.NARRATED: 0.86,
    Rule.INTRODUCED: 0.9,
    Rule.RUN_ON: 0.9,
    Rule.FLOATING: 0.85,
    Rule.LABEL: 0.92,
    Rule.SAME_WORDS: 0.95,
    Rule.REPORTED: 0.85,
}
"""The share of right speakers by rule, on annotated news (docs/quality.md tells how it was counted)."""


FRAGMENTS: dict[Rule, float] = {Rule.AFTER: 0.91, Rule.BEFORE: 0.72, Rule.LABEL: 0.6}
"""The same for parts of sentences in marks, whose speaker is harder to tell."""


CRIED = re.compile(r"\b(?:read|shout|yell|scream|cr[yi])(?:s|es|ed|ing)? $")  # a placard reading “Clean water now”


def _kind(text: str, draft: Draft) -> QuoteKind:
    """Direct where the words are a whole utterance, also after "shouting" or "reading" with a capital."""
    if draft.unmarked:
        return QuoteKind.INDIRECT
    words = draft.stretch.inner.cut(text).split()
    start = draft.stretch.span.start
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
