"""Says who speaks each quoted stretch, from the reporting clauses of its paragraph and of the ones around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.attribution.clauses import clauses
from analysis.attribution.local import Link, Rule, links, no_quotation
from analysis.attribution.phrases import Phrase, phrase
from analysis.coreference import Resolved, Resolver
from analysis.masking import speech_like
from analysis.model import MentionKind, Quotation, QuoteKind, Span
from analysis.parsing import Parsed
from analysis.people import Entity
from analysis.quotes import Stretch


@dataclass(slots=True)
class Draft:
    """A stretch on its way to a quotation."""

    stretch: Stretch
    paragraph: int
    speech: bool
    link: Link | None
    phrase: Phrase | None = None
    cue: Span | None = None
    attribution: Span | None = None
    rule: Rule | None = None
    resolved: Resolved | None = None
    group: int = 0


def attribute(text: str, parsed: Sequence[Parsed], entities: Sequence[Entity]) -> Iterator[Quotation]:
    """The quotations of a text with their speakers, in order."""
    resolver = Resolver(text, entities)
    drafts = [draft for number, one in enumerate(parsed) for draft in _drafts(text, number, one)]
    _within(text, drafts)
    last: Draft | None = None
    group = 0
    for draft in drafts:
        if draft.phrase is not None and draft.rule not in (Rule.SAME, Rule.AHEAD):
            draft.resolved = resolver.resolve(draft.phrase)
            group += 1
        elif draft.phrase is not None and last is not None and last.phrase == draft.phrase:
            draft.resolved = last.resolved
        elif draft.phrase is not None:
            draft.resolved = resolver.resolve(draft.phrase)
            group += 1
        else:
            group += 1
            if last is not None and draft.paragraph - last.paragraph <= 1 and draft.speech:
                draft.resolved, draft.phrase, draft.rule = last.resolved, last.phrase, Rule.FLOATING
        draft.group = group
        if draft.resolved:
            resolver.spoke(draft.stretch.span.end, draft.resolved)
            last = draft
        if draft.speech or draft.link:
            yield _quotation(draft)


def _drafts(text: str, number: int, one: Parsed) -> Iterator[Draft]:
    found = clauses(one)
    for stretch, link in zip(one.paragraph.stretches, links(one, found), strict=True):
        speech = speech_like(text, stretch, one.paragraph.block)
        if no_quotation(text, stretch.span, stretch.inner, link is not None):
            continue
        draft = Draft(stretch, number, speech, link)
        if link:
            draft.phrase = phrase(one, one.doc[link.clause.subject])
            draft.cue = one.span(link.clause.verb, link.clause.verb)
            draft.rule = link.rule
        yield draft


def _within(text: str, drafts: Sequence[Draft]) -> None:
    """Other sentences of a quotation in the same paragraph take the speaker of the one before, else of the next."""
    for before, draft in zip(drafts, drafts[1:], strict=False):
        if draft.phrase is None and before.phrase and before.paragraph == draft.paragraph and draft.speech:
            draft.phrase, draft.cue, draft.rule = before.phrase, before.cue, Rule.SAME
    for draft, after in zip(reversed(drafts[:-1]), reversed(drafts[1:]), strict=True):
        if draft.phrase is None and after.phrase and after.paragraph == draft.paragraph and draft.speech:
            draft.phrase, draft.cue, draft.rule = after.phrase, after.cue, Rule.AHEAD


def _quotation(draft: Draft) -> Quotation:
    kind = QuoteKind.DIRECT if draft.speech else QuoteKind.MIXED
    found = draft.resolved
    return Quotation(
        draft.stretch.span,
        kind,
        draft.group,
        found.speaker if found else None,
        (draft.phrase.span if draft.phrase.kind != MentionKind.NAME else draft.phrase.span) if draft.phrase else None,
        draft.cue,
        draft.attribution,
        None,
        found.confidence if found else 0.0,
    )
