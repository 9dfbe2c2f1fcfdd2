"""The finder's own note of one reported content, in tokens of the parse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.indirect.candidate import CueClass
from analysis.indirect.phrases import Phrase

if TYPE_CHECKING:
    from spacy.tokens import Token


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
