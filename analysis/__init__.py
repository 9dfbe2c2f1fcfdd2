"""Text in, a Reading out: what each line is, its sentences, who said what, and who the people are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, zip_longest

from analysis.attribution import attribute, spoken_lines
from analysis.cast import note_roles, people_of
from analysis.coreference import Resolver
from analysis.layout import blocks_of
from analysis.masking import only_reporting, paragraph_of
from analysis.model import Block, BlockKind, Reading, Span
from analysis.names import names_in
from analysis.parsing import Paragraph, Parsed, parse
from analysis.people import entities_of
from analysis.quotes import stretches
from analysis.reported import with_reported
from analysis.sentences import split

ANALYSIS_VERSION = 3
READ = frozenset({BlockKind.HEADLINE, BlockKind.BODY, BlockKind.CAPTION, BlockKind.SUBHEADING})
LONGEST_BLOCK = 3_000  # code points that the parser takes at a time
LONGEST_QUOTATION = 20_000  # code points that are kept together; the parser is shown a quotation as one word
MOST_READ = 200_000  # code points of a text that are searched for speech and people
TOO_LONG = f"Only the first {MOST_READ:,} characters were searched for quotations and people."

Input = tuple[str, Sequence[Block] | None]


def read(text: str, blocks: Sequence[Block] | None = None, model: str | None = None) -> Reading:
    """Read one text; never raises on any text. ``blocks`` says what each line is where that is known.

    ``model`` names an installed spaCy model to use instead of the built-in one.
    """
    return next(read_many([(text, blocks)], model=model))


def read_many(texts: Iterable[Input], batch: int = 16, model: str | None = None) -> Iterator[Reading]:
    """Read texts in order, ``batch`` of them at a time, so that the parser works on many paragraphs at once."""
    waiting = iter(texts)
    while group := list(islice(waiting, batch)):
        drafts = [(text, tuple(blocks_of(text) if blocks is None else blocks)) for text, blocks in group]
        wanted = [_paragraphs(text, blocks) for text, blocks in drafts]
        parsed = parse((paragraph for each in wanted for paragraph in each), model)
        for (text, blocks), paragraphs in zip(drafts, wanted, strict=True):
            yield _safely(text, blocks, list(islice(parsed, len(paragraphs))))


def _paragraphs(text: str, blocks: Sequence[Block]) -> list[Paragraph]:
    read_blocks = [part for block in blocks if block.kind in READ for part in _cut(text, block)]
    spoken = spoken_lines(text, read_blocks)
    found = [
        paragraph_of(text, block, spoken[block].words(block) if block in spoken else None) for block in read_blocks
    ]
    return [
        replace(one, worth=True)
        if after is not None and after.opens_with_speech and not one.spoken
        else only_reporting(one)
        for one, after in zip_longest(found, found[1:])
    ]


def _cut(text: str, block: Block) -> Iterator[Block]:
    """A block in parts that the parser can take: cut after sentences; nothing beyond MOST_READ is taken."""
    end = min(block.span.end, MOST_READ)
    if end - block.span.start <= LONGEST_BLOCK:
        if block.span.start < end:
            yield Block(block.kind, Span(block.span.start, end))
        return
    start = last = block.span.start
    for place in (*_places_to_cut(text, Span(start, end)), end):
        while place - start > LONGEST_BLOCK:
            stop = last if last > start else _forced(text, start, place)
            yield Block(block.kind, Span(start, stop))
            start = last = stop
        last = place
    if start < end:
        yield Block(block.kind, Span(start, end))


def _places_to_cut(text: str, span: Span) -> Iterator[int]:
    """Where sentences begin, but not between the marks of a quotation."""
    inside = [one.moved(span.start).span for one in stretches(span.cut(text))]
    inside = [one for one in inside if one.end - one.start <= LONGEST_QUOTATION]
    at = 0
    for sentence in split(text, span):
        while at < len(inside) and inside[at].end <= sentence.start:
            at += 1
        if sentence.start > span.start and (at == len(inside) or sentence.start <= inside[at].start):
            yield sentence.start


def _forced(text: str, start: int, place: int) -> int:
    """Where to cut a stretch that has no better place: after the quotation that is in the way, else anywhere."""
    usual = start + LONGEST_BLOCK
    looked_at = text[start : min(place, usual + LONGEST_QUOTATION)]
    spans = (one.moved(start).span for one in stretches(looked_at))
    ends = [one.end for one in spans if one.start < usual < one.end and one.end - one.start <= LONGEST_QUOTATION]
    if not ends:
        return usual
    return place if place - ends[0] <= LONGEST_BLOCK else ends[0]


def _safely(text: str, blocks: tuple[Block, ...], parsed: list[Parsed]) -> Reading:
    """A reading in any case: a text that trips a rule is kept with its lines and a remark."""
    try:
        return _reading(text, blocks, parsed)
    except Exception as error:  # one odd text must not stop a load
        return Reading(blocks, remarks=(f"This text could not be searched for quotations ({type(error).__name__}).",))


def _reading(text: str, blocks: tuple[Block, ...], parsed: list[Parsed]) -> Reading:
    read_spans = [one.paragraph.block.span for one in parsed]
    quoted = [stretch.span for one in parsed for stretch in one.paragraph.stretches]
    resolver = Resolver(text, entities_of(text, names_in(text, [one.paragraph.block for one in parsed], quoted)))
    quotations = with_reported(parsed, attribute(text, parsed, resolver), resolver)
    note_roles(resolver, read_spans)
    people, quotations = people_of(resolver, quotations)
    sentences = tuple(sentence for block in blocks if block.kind in READ for sentence in split(text, block.span))
    remarks = (TOO_LONG,) if blocks and blocks[-1].span.end > MOST_READ else ()
    return Reading(blocks, sentences, tuple(quotations), tuple(people), remarks)
