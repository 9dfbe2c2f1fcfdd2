"""Tells a source from the outlet that carries it: in "Putin said ..., Reuters reported" Putin speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from analysis.indirect import lists
from analysis.indirect.phrases import Phrase
from analysis.indirect.report import Report

if TYPE_CHECKING:
    from spacy.tokens import Token

AROUND = frozenset({"inserted", "according"})
SLACK = 3  # tokens before the subject or between the content and the carrier: a conjunction, a comma


def carried(reports: Sequence[Report]) -> list[Report]:
    """The reports, where a whole reported sentence is carried by somebody only the inner one, with its carrier."""
    kept = []
    for report in reports:
        carriers = [one for one in reports if one != report and _carries(one, report)]
        if carriers:
            kept.append(_cut(report, carriers[0]))
        elif not any(_carries(report, one) for one in reports if one != report):
            kept.append(report)
    return kept


def _carries(outer: Report, inner: Report) -> bool:
    """Whether the outer content is the inner source's reporting clause with the inner content up to its end."""
    if outer.form not in AROUND or inner.form in AROUND or len(outer.parts) != 1 or outer.clause.first < inner.cue.i:
        return False
    content = outer.parts[0]
    begins = content.first <= inner.cue.i and inner.clause.first - content.first <= SLACK
    return begins and inner.parts[-1].last >= content.last - SLACK


def _cut(inner: Report, outer: Report) -> Report:
    parts = [Phrase(part.first, min(part.last, outer.clause.first - 1)) for part in inner.parts]
    kept = tuple(part for part in parts if part.first <= part.last)
    return replace(inner, parts=kept, reported_by=outer.source if _is_outlet(outer.source) else None)


def _is_outlet(source: Token | None) -> bool:
    """Whether a carrier can be an outlet: it has a name or is called one ("the agency"); documents are none."""
    return source is not None and (source.tag_.startswith("NNP") or source.lower_ in lists.outlets())
