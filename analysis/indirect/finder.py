"""Puts the finders together: from one parsed paragraph to candidates in offsets of the article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from analysis.dependencies import SUBJECTS
from analysis.indirect import according, clauses, headlines, inserted, lists, noun_cues, pointing
from analysis.indirect.candidate import Candidate, CueClass
from analysis.indirect.carriers import carried
from analysis.indirect.confidence import FLOOR, confidence
from analysis.indirect.phrases import Phrase, child, is_verb, trimmed
from analysis.indirect.report import Report, is_said
from analysis.indirect.sources import mention
from analysis.marks import no_quotation
from analysis.model import QuoteKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

    from analysis.parsing import Parsed

SPOKEN = frozenset({CueClass.SPEECH, CueClass.INSERTED, CueClass.ACCORDING})  # reported even inside what is reported
MOSTLY = 0.5  # above this one it is about what stands in marks
MARKED = 0.9  # above this share of its letters inside marks a content is the marked quotation itself


def find(parsed: Parsed) -> list[Candidate]:
    """The reported contents of one parsed paragraph, in order of their cues. Never raises on odd input."""
    reports = carried(list(found(parsed)))
    said = [report for report in reports if is_said(report)]
    kept = [report for report in said if not any(_swallows(other, report) for other in said)]
    made = [_candidate(parsed, report, _outer(report, kept)) for report in kept]
    made.append(headlines.candidate(parsed))
    return sorted((one for one in made if one is not None), key=lambda one: one.cue or one.attribution)


def _outer(report: Report, others: Sequence[Report]) -> Report | None:
    """The report whose content holds this one's cue."""
    return next(
        (other for other in others if other is not report and any(part.has(report.cue.i) for part in other.parts)), None
    )


def _swallows(outer: Report, inner: Report) -> bool:
    """Whether a content is only a part of another one: "she said he hopes", "he declined to say"."""
    if outer is inner or not any(part.has(inner.cue.i) for part in outer.parts):
        return False
    return inner.cue_class not in SPOKEN or inner.source == outer.source


def found(parsed: Parsed) -> Iterator[Report]:
    """The same in tokens, before anything is left out."""
    for sentence, cues in _sentences(parsed):
        for token in cues:
            yield from clauses.reports(token)
            yield from noun_cues.reports(token)
        yield from inserted.reports(sentence, cues)
        yield from according.reports(sentence, cues)
        yield from pointing.reports(sentence, cues)


def _sentences(parsed: Parsed) -> Iterator[tuple[Sentence, list[Token]]]:
    """The sentences that have cue words outside of marks, with those words."""
    doc, known = parsed.doc, lists.cue_ids()
    places = [at for at, word in enumerate(doc.to_array("LOWER").tolist()) if word in known]
    cues = [doc[at] for at in places if parsed.stretch_of(at) < 0]
    if cues:
        for sentence in doc.sents:
            inside = [token for token in cues if sentence.start <= token.i < sentence.end]
            if inside:
                yield sentence, inside


def _candidate(parsed: Parsed, report: Report, outer: Report | None) -> Candidate | None:
    if parsed.stretch_of(report.cue.i) >= 0 or (report.source is not None and parsed.stretch_of(report.source.i) >= 0):
        return None
    if _holds_speech(parsed, report) or _is_source(report):
        return None
    cut = [trimmed(parsed.doc, _before_speech(parsed, part)) for part in report.parts]
    spans = tuple(_span(parsed, part) for part in cut if part is not None)
    share = _marked(parsed, spans)
    least = 0.1 if report.cue_class is CueClass.LABEL else MOSTLY
    if not spans or share >= MARKED or (share >= least and _is_named(parsed, spans[0])):
        return None
    words = sum(len(span.cut(parsed.paragraph.text).split()) for span in spans)
    trust = confidence(report.form, words, nested=outer is not None)
    if trust < FLOOR:
        return None
    return Candidate(
        spans,
        QuoteKind.MIXED if share else QuoteKind.INDIRECT,
        _mention(parsed, report.source),
        parsed.span(report.cue.i, report.cue.i),
        _attribution(parsed, report.clause),
        report.cue_class,
        trust,
        _mention(parsed, report.reported_by),
        _mention(parsed, outer.source) if outer is not None and outer.cue_class in SPOKEN else None,
    )


def _is_source(report: Report) -> bool:
    """Whether an object is whoever says it: "“…”, admitted [the coach, Paul Renard]"."""
    return (
        report.form == "object"
        and report.source is not None
        and any(part.has(report.source.i) for part in report.parts)
    )


def _holds_speech(parsed: Parsed, report: Report) -> bool:
    """Whether a content takes in whole marked speech that has a speaker of its own, with the narration around it.

    A clause put into marked speech reports that speech alone; any other content may hold speech, but not open with it.
    """
    around = report.form in ("inserted", "according")
    if not around and any(_opens_with_clause(parsed, part) for part in report.parts):
        return True
    return any(
        any(parsed.is_mask(at) for at in range(part.first, part.last + 1 if around else part.first + 1))
        for part in report.parts
    )


def _opens_with_clause(parsed: Parsed, part: Phrase) -> bool:
    """Whether a content opens with a whole clause in marks: narration follows ("says ‘it holds’ as he goes")."""
    stretch, last = parsed.stretch_of(part.first), parsed.stretch_of(part.last)
    if stretch < 0 or last == stretch:
        return False
    head = parsed.doc[part.first : part.last + 1].root
    subject = child(head, *SUBJECTS) if is_verb(head) else None
    return subject is not None and parsed.stretch_of(head.i) == parsed.stretch_of(subject.i) == stretch


def _before_speech(parsed: Parsed, part: Phrase) -> Phrase:
    """The part up to a colon that opens a marked quotation: that one has a speaker of its own."""
    for at in range(part.first, part.last):
        if parsed.doc[at].text == ":" and parsed.stretch_of(at + 1) >= 0:
            return Phrase(part.first, at)
    return part


def _is_named(parsed: Parsed, span: Span) -> bool:
    """Whether a content is mostly the name of a thing: "the council defends its ‘cash for cones’ scheme"."""
    text, inside = parsed.paragraph.text, (one for one in parsed.paragraph.stretches if one.span.meets(span))
    return any(no_quotation(text, one.span, one.inner, linked=True) for one in inside)


def _mention(parsed: Parsed, source: Token | None) -> Span | None:
    phrase = mention(source)
    return parsed.span(*phrase) if phrase is not None else None


def _attribution(parsed: Parsed, clause: Phrase) -> Span:
    return parsed.span(*(trimmed(parsed.doc, clause) or clause))


def _span(parsed: Parsed, part: Phrase) -> Span:
    """Where a part stands; a marked quotation at its edge is taken in whole, with its marks."""
    start, end = parsed.span(*part)
    text = parsed.paragraph.text
    for one in parsed.paragraph.stretches:
        if one.inner.start <= start < one.inner.end:
            start = one.span.start
        if one.inner.start < end <= one.inner.end and _letters(text, one.inner.start, end):
            end = one.span.end
    return Span(start, end)


def _marked(parsed: Parsed, spans: Sequence[Span]) -> float:
    """The share of the letters of some spans that stands inside marks."""
    text = parsed.paragraph.text
    letters = sum(_letters(text, span.start, span.end) for span in spans)
    inside = sum(
        _letters(text, max(span.start, one.span.start), min(span.end, one.span.end))
        for span in spans
        for one in parsed.paragraph.stretches
        if span.meets(one.span)
    )
    return inside / letters if letters else 1.0


def _letters(text: str, start: int, end: int) -> int:
    return sum(character.isalnum() for character in text[start:end])
