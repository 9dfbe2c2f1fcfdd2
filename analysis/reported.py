"""Puts speech without marks beside the marked quotations, each with its resolved speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.attribution.phrases import Phrase, phrase
from analysis.attribution.unsaid import DENYING, REJECTING
from analysis.coreference import Resolver
from analysis.indirect import STATEMENTS, Candidate, find
from analysis.model import Quotation, Span
from analysis.parsing import Parsed

LEAST = 0.0  # candidates below this confidence are left out


def with_reported(parsed: Sequence[Parsed], marked: Sequence[Quotation], resolver: Resolver) -> list[Quotation]:
    """The marked quotations, first, and then what is reported without marks."""
    found = list(marked)
    orphans = [number for number, one in enumerate(found) if one.speaker is None]
    group = max((one.group for one in found), default=0)
    for paragraph in parsed:
        for candidate in find(paragraph):
            if candidate.confidence < LEAST or _corrected(paragraph, candidate):
                continue
            entries = list(_entries(paragraph, candidate, group + 1, resolver))
            if any(_anothers(paragraph, entry, marked) for entry in entries):
                continue
            group += 1
            for number in orphans if entries else ():
                found[number] = _lent(found[number], entries[0], candidate)
            found += entries
    return found


def _anothers(parsed: Parsed, entry: Quotation, marked: Sequence[Quotation]) -> bool:
    """Whether a content holds marked words that are not its speaker's: another's, or words that were disowned."""
    if entry.speaker is None:
        return False
    cue = entry.cue.cut(parsed.paragraph.text).lower() if entry.cue else ""
    for stretch in parsed.paragraph.stretches:
        if not entry.span.meets(stretch.inner):
            continue
        given = next((one for one in marked if one.span.meets(stretch.inner)), None)
        if given is not None and given.speaker is not None and given.speaker.name != entry.speaker.name:
            return True
        before = parsed.paragraph.text[entry.span.start : max(entry.span.start, stretch.span.start)]
        if given is None and (cue in REJECTING or cue in DENYING or NEGATED.search(before)):
            return True
    return _leads_in(parsed, entry, marked)


def _leads_in(parsed: Parsed, entry: Quotation, marked: Sequence[Quotation]) -> bool:
    """Whether a content is only another's reporting clause, with the words right after it: "said he told her: “…”"."""
    after = LEADS.match(parsed.paragraph.text, entry.span.end)
    if after is None:
        return False
    opened = (one for one in marked if 0 <= one.span.start - after.end() + 1 < 3)
    return any(one.cue is not None and entry.span.holds(one.cue) and one.speaker != entry.speaker for one in opened)


LEADS = re.compile(r"(?:, | (?:that )?|: ?)?[:,]? ?[“\"‘'«„]")
NEGATED = re.compile(r"\b(?:not|never|nobody|no one|none)\b|n[’']t\b", re.I)


CORRECTED = re.compile(
    r"(?:[Tt]his (?:article|story|report|post) (?:has been|was) (?:updated|corrected|amended|changed)"
    r"|(?:version|edition|draft) of (?:this|our|the) (?:article|story|report|post|headline|page|piece))\b"
)


def _corrected(parsed: Parsed, candidate: Candidate) -> bool:
    """Whether a note takes back what the article itself once said: "An earlier version of this article said …"."""
    block, said = parsed.paragraph.block.span, candidate.mention
    return said is not None and bool(
        CORRECTED.search(parsed.paragraph.text[max(block.start, said.start) : said.end + 40])
    )


def _entries(parsed: Parsed, candidate: Candidate, group: int, resolver: Resolver) -> Iterator[Quotation]:
    said = phrase_at(parsed, candidate.mention) if candidate.mention else None
    resolved = resolver.resolve(said) if said else None
    outer = phrase_at(parsed, candidate.within) if candidate.within and resolved else None
    teller = resolver.other(outer, resolved) if outer and resolved else None
    for span in candidate.spans:
        yield Quotation(
            span,
            candidate.kind,
            group,
            resolved.speaker if resolved else None,
            candidate.mention,
            candidate.cue,
            candidate.attribution,
            candidate.reported_by or teller,
            round(candidate.confidence * resolved.confidence, 3) if resolved else 0.0,
            speech=candidate.cue_class in STATEMENTS and candidate.mention is not None,
        )


def _lent(one: Quotation, entry: Quotation, candidate: Candidate) -> Quotation:
    """A marked quotation that lies in reported speech and has no speaker takes that of the report."""
    if one.speaker is not None or entry.speaker is None:
        return one
    if not any(span.holds(one.span) for span in candidate.spans):
        return one
    return replace(one, speaker=entry.speaker, mention=entry.mention, cue=entry.cue, confidence=entry.confidence)


def phrase_at(parsed: Parsed, span: Span) -> Phrase | None:
    """The noun phrase that stands at a place of a parsed paragraph."""
    inside = [at for at, place in enumerate(parsed.places) if span.start <= place < span.end and not parsed.is_mask(at)]
    if not inside:
        return None
    return phrase(parsed, parsed.doc[inside[0] : inside[-1] + 1].root)
