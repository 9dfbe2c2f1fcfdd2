"""The finder's own note of one reported content, in tokens of the parse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.attribution.speakers import can_speak
from analysis.attribution.unsaid import DENYING, unsaid
from analysis.indirect.candidate import CueClass
from analysis.indirect.phrases import Phrase

if TYPE_CHECKING:
    from spacy.tokens import Token

SPOKEN = frozenset({CueClass.SPEECH, CueClass.INSERTED, CueClass.FINDING})
MODIFIERS = frozenset({"neg", "aux", "mark", "advmod"})
NEGATIVE = frozenset({"not", "n't", "n’t", "never", "hardly"})
SUPPOSED = frozenset({"if", "unless", "might", "may", "could", "should", "would", "can"})
NOBODY = frozenset({"nobody", "none", "neither", "anybody", "anyone"})


@dataclass(frozen=True, slots=True)
class Report:
    """``form`` names the pattern for the table of confidences; the rest is as in ``Candidate``."""

    cue: Token
    cue_class: CueClass
    form: str
    parts: tuple[Phrase, ...]
    source: Token | None
    clause: Phrase
    reported_by: Token | None = None


REVEALS = frozenset({"reveal", "reveals", "revealed"})


def _cannot(report: Report) -> bool:
    """Whether a thing that cannot speak only shows something: "The last step revealed the boy on a box"."""
    head = report.source
    thing = head is not None and head.tag_ in ("NN", "NNS") and not can_speak(head)
    return thing and (report.form == "object" or report.cue.lower_ in REVEALS)


def is_said(report: Report) -> bool:
    """Whether it is reported as said at all: not denied of the source, nor only supposed, nor given to nobody."""
    words = {one.lower_ for one in report.cue.lefts if one.dep_ in MODIFIERS}
    if (
        report.cue.dep_ == "xcomp"
        and report.cue.head.lower_ in DENYING
        and report.cue_class in SPOKEN
        and unsaid(report.cue)
    ):
        return False  # "declined to say whether …"
    if report.source is None and report.cue_class is CueClass.INTENT:
        return False  # "is expected to": nobody says so
    if report.form == "object" and report.cue.dep_ == "xcomp" and report.cue.tag_ == "VB":
        return False  # "is expected to announce a plan"
    if report.source is not None and (report.source.lower_ in NOBODY or _cannot(report)):
        return False
    return words.isdisjoint(NEGATIVE) and (report.cue_class not in SPOKEN or words.isdisjoint(SUPPOSED))
