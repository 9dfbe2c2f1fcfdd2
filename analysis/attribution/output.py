"""Makes the quotation of a finished draft, with the attribution as printed and a confidence."""

from __future__ import annotations

import re

from analysis.attribution.draft import Draft
from analysis.attribution.local import Rule
from analysis.model import Quotation, QuoteKind

RELIABLE: dict[Rule, float] = {
    Rule.AFTER: 0.97,
    Rule.BEFORE: 0.95,
    Rule.GOVERNS: 0.9,
    Rule.SPLIT: 0.97,
    Rule.SAME: 0.95,
    Rule.AHEAD: 0.9,
    Rule.NARRATED: 0.8,
    Rule.INTRODUCED: 0.85,
    Rule.RUN_ON: 0.95,
    Rule.FLOATING: 0.75,
    Rule.LABEL: 0.9,
    Rule.SAME_WORDS: 0.95,
    Rule.REPORTED: 0.85,
}
"""The share of right speakers by rule."""


def quotation(text: str, draft: Draft) -> Quotation:
    """The quotation as the rest of the project knows it."""
    found = draft.resolved
    rule = RELIABLE.get(draft.rule, 0.5) if draft.rule else 0.0
    return Quotation(
        draft.stretch.span,
        QuoteKind.DIRECT if draft.speech else QuoteKind.MIXED,
        draft.group,
        found.speaker if found else None,
        draft.phrase.span if draft.phrase and found else None,
        draft.cue,
        draft.attribution,
        draft.reported_by,
        round(rule * found.confidence, 3) if found else 0.0,
    )


def trimmed(words: str) -> str:
    """Without punctuation at the edges."""
    return re.sub(r"^[\s,;:.–—-]+|[\s,;:.–—-]+$", "", words)
