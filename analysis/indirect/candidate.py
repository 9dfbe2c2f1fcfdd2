"""What the finder of speech without marks hands over, so that the reading can name the source and keep the passage."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from analysis.model import QuoteKind, Span


class CueClass(StrEnum):
    """By what kind of words something is reported; the confidence goes with the class."""

    SPEECH = "speech"  # said that
    BELIEF = "belief"  # believes that
    FINDING = "finding"  # the poll found that
    INTENT = "intent"  # vowed to, wants to, refused to
    OBJECT = "object"  # denied the report, announced a plan
    TOPIC = "topic"  # warned of, called for
    LABEL = "label"  # called it a mistake
    INSERTED = "inserted"  # "..., she said"
    ACCORDING = "according"  # according to
    NOUN = "noun"  # the claim that


STATEMENTS = frozenset([CueClass.SPEECH, CueClass.BELIEF, CueClass.FINDING, CueClass.INSERTED, CueClass.ACCORDING])
"""Classes that report what was said or thought; the others only tell what somebody wants or speaks of."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reported content, with all offsets in code points of the article.

    ``spans`` are the parts of the content in order (two where the reporting clause stands inside it), without
    "that" and outer punctuation. ``kind`` is MIXED where a marked quotation lies in the content, else INDIRECT.
    ``mention`` is the source as printed, the antecedent where the subject is "who"; None where nobody is printed
    ("it is believed"). ``cue`` is the word of saying (None in "Strike to end – minister"), ``attribution`` the whole
    reporting phrase, ``reported_by`` the outlet that is said to have reported the statement. ``confidence`` (0 to 1)
    is the share of this class of cues that annotators of news took for reported speech, belief or intent with this
    content. ``within`` is the source of another content that this one is a part of ("Lee says Lind told her …").
    """

    spans: tuple[Span, ...]
    kind: QuoteKind
    mention: Span | None
    cue: Span | None
    attribution: Span
    cue_class: CueClass
    confidence: float
    reported_by: Span | None = None
    within: Span | None = None
