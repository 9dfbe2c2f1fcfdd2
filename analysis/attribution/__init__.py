"""Says who speaks each quoted stretch, from the reporting clauses of its paragraph and of the ones around it."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.attribution.draft import Draft, drafts_of
from analysis.attribution.flow import Flow
from analysis.attribution.labels import spoken_lines
from analysis.attribution.local import Rule
from analysis.attribution.output import quotation
from analysis.coreference import Resolver
from analysis.model import Quotation
from analysis.parsing import Parsed
from analysis.words import key

__all__ = ["attribute", "spoken_lines"]


def attribute(text: str, parsed: Sequence[Parsed], resolver: Resolver) -> list[Quotation]:
    """The marked quotations of a text with their speakers, in order."""
    drafts: list[list[Draft]] = [drafts_of(text, number, one) for number, one in enumerate(parsed)]
    Flow(text, parsed, drafts, resolver).run()
    kept = [draft for each in drafts for draft in each if draft.kept]
    _same_words(text, kept)
    return [quotation(text, draft) for draft in kept]


def _same_words(text: str, drafts: Sequence[Draft]) -> None:
    """Words that are printed twice have one speaker: "one expert said" at the top, his name further down."""
    named: dict[str, Draft] = {}
    for draft in drafts:
        if draft.resolved and any(entity.person for entity in draft.resolved.entities):
            named.setdefault(key(draft.stretch.inner.cut(text)), draft)
    for draft in drafts:
        words = key(draft.stretch.inner.cut(text))
        few = FEWEST if draft.stretch.span.start < FIRST_LINE else FEW
        if len(words.split()) < few or words not in named or (draft.resolved and draft.resolved.entities):
            continue
        draft.resolved, draft.rule = named[words].resolved, Rule.SAME_WORDS
        if draft.phrase is not None and draft.resolved is not None:
            kind = draft.phrase.kind
            for entity in draft.resolved.entities:
                entity.referred.append((draft.phrase.span, kind))


FEW = 6  # words below which the same words may be two people's
FEWEST = 3  # the same for words in the headline, which are taken from the text
FIRST_LINE = 120  # code points
