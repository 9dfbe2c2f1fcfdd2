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
from analysis.reported import with_reported
from analysis.sentences import split

ANALYSIS_VERSION = 2
READ = frozenset({BlockKind.HEADLINE, BlockKind.BODY, BlockKind.CAPTION, BlockKind.SUBHEADING})
LONGEST_BLOCK = 3_000  # code points that the parser takes at a time
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
    start = block.span.start
    for sentence in split(text, Span(block.span.start, end)):
        while sentence.end - start > LONGEST_BLOCK:
            stop = (
                max(sentence.start, start + 1) if sentence.start - start > LONGEST_BLOCK // 2 else start + LONGEST_BLOCK
            )
            yield Block(block.kind, Span(start, stop))
            start = stop
    if start < end:
        yield Block(block.kind, Span(start, end))


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
