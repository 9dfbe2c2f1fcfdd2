"""Says who speaks each quoted stretch, from the reporting clauses of its paragraph and of the ones around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.attribution.clauses import Clause, clauses
from analysis.masking import speech_like
from analysis.model import Quotation, QuoteKind, Span, Speaker, SpeakerKind
from analysis.parsing import Parsed
from analysis.people import Entity


def attribute(text: str, parsed: Sequence[Parsed], entities: Sequence[Entity]) -> Iterator[Quotation]:
    """The quotations of a text with their speakers, in order."""
    group = 0
    for one in parsed:
        found = clauses(one)
        for stretch in one.paragraph.stretches:
            clause = _nearest(one, stretch.span, found)
            speech = speech_like(text, stretch, one.paragraph.block)
            if clause is None and not speech:
                continue
            kind = QuoteKind.DIRECT if speech else QuoteKind.MIXED
            group += 1
            if clause is None:
                continue
            head = one.doc[clause.subject]
            start = min([head.i, *(t.i for t in head.lefts if t.dep_ in ("compound", "det", "amod", "poss"))])
            mention = one.span(start, head.i)
            name = mention.cut(text)
            speaker = Speaker(name, SpeakerKind.ROLE)
            for number, entity in enumerate(entities):
                if any(m.span.meets(mention) for m in entity.mentions):
                    speaker = Speaker(entity.name, entity.kind, (number,))
            yield Quotation(stretch.span, kind, group, speaker, mention, one.span(clause.verb, clause.verb))


def _nearest(one: Parsed, span: Span, found: Sequence[Clause]) -> Clause | None:
    def far(clause: Clause) -> int:
        verb = one.span(clause.verb, clause.verb)
        return min(abs(verb.start - span.end), abs(span.start - verb.end))

    near = [clause for clause in found if far(clause) < 200]
    return min(near, key=far, default=None)
