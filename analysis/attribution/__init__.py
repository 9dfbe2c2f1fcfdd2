"""Says who speaks each quoted stretch, from the reporting clauses of its paragraph and of the ones around it."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.attribution.draft import Draft, drafts_of
from analysis.attribution.flow import Flow
from analysis.attribution.labels import spoken_lines
from analysis.attribution.output import quotation
from analysis.coreference import Resolver
from analysis.model import Quotation
from analysis.parsing import Parsed

__all__ = ["attribute", "spoken_lines"]


def attribute(text: str, parsed: Sequence[Parsed], resolver: Resolver) -> list[Quotation]:
    """The marked quotations of a text with their speakers, in order."""
    drafts: list[list[Draft]] = [drafts_of(text, number, one) for number, one in enumerate(parsed)]
    Flow(text, parsed, drafts, resolver).run()
    return [quotation(text, draft) for each in drafts for draft in each if draft.kept]
