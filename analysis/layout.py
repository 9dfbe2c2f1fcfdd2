"""What each line of a pasted news text is, so that only what reporters wrote is ever quoted.

The rules are conservative: a line is body unless its own wording, or its place beside other lines, says that
it is something else. A lost paragraph costs more than a line of chrome that stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.document import lines
from analysis.line_kinds import (
    CLOSING,
    LONGEST_CAPTION,
    SENTENCE_END,
    credit_start,
    dated_outlet,
    fold,
    is_credit,
    is_name,
    own_kind,
)
from analysis.model import Block, BlockKind, Span
from analysis.page_frame import count_words, frame_of
from analysis.wrapping import goes_on, line_ends, paragraphs

LONGEST_HEADLINE = 250
LONGEST_FULL_STOP_HEADLINE = 110
LEAST_HEADLINE_WORDS = 4  # of one that stands above a byline
HEADING_LINES = 5  # of a headline, its standfirst and what is printed over it
HEADLINE_WITHIN = 15  # lines above the first paragraph of a whole page
LEAST_CAPTION_WORDS, MOST_CAPTION_WORDS = 9, 35
LEAST_REPEATED_WORDS = 8

_FULL_STOP = re.compile(rf"[.。।]{CLOSING}*$")
_INNER_STOP = re.compile(r"[.!?][\"'”’»)]* +[\"'“‘«(]?[A-Z]")
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]{1,60}[)\]]$")
_DANGLING = re.compile(r"\s+[-–—|/]+$")
_NO_CAPTION = re.compile(r"\s*(?:[-–—•*·+>]|\d+[.)]|[A-Z][\w. ]{0,30}:)|.*[\"“”«»]")
_FURNITURE = (BlockKind.CHROME, BlockKind.BYLINE)


@dataclass(slots=True)
class _Page:
    """The lines of a text while it is being made out; ``parts`` are lines that hold a caption and its credit."""

    text: str
    spans: Sequence[Span]
    printed: list[str]
    kinds: list[BlockKind | None]
    parts: dict[int, list[Block]]

    def split(self, at: int, cut: int) -> None:
        """Make a caption of the line up to ``cut`` and a credit of the rest."""
        line, span = self.printed[at], self.spans[at]
        caption, rest = line[:cut].rstrip(), line[cut:]
        begin = span.start + cut + len(rest) - len(rest.lstrip())
        self.parts[at] = [
            Block(BlockKind.CAPTION, Span(span.start, span.start + len(caption))),
            Block(BlockKind.CREDIT, Span(begin, span.end)),
        ]
        self.kinds[at] = BlockKind.CAPTION

    def gap(self, at: int) -> int:
        """How many line ends stand after a line."""
        return line_ends(self.text, self.spans[at], self.spans[at + 1])


def blocks_of(text: str, *, framed: bool = True) -> tuple[Block, ...]:
    """What each line of a raw text is. A line that prints a caption and its credit gives two blocks.

    Offsets are code points. Lines are trimmed of white space; blank ones give nothing. In a text whose lines
    were broken at a page's width, a block of the body is a whole paragraph. ``framed`` false says that menus
    and footers of a page cannot be in the text.
    """
    spans = lines(text)
    printed = [span.cut(text) for span in spans]
    page = _Page(text, spans, printed, [own_kind(line) for line in printed], {})
    _credited_captions(page)
    _dated_outlet(page)
    if framed and not goes_on(printed):  # a page broken at its width was not copied from a web site
        _frame(page)
    _headline(page)
    _repeats(page)
    _tail(page)
    _bare_captions(page)
    found: list[Block] = []
    for at, span in enumerate(spans):
        found += page.parts.get(at) or [Block(page.kinds[at] or BlockKind.BODY, span)]
    return tuple(paragraphs(text, list(_each_caption_once(text, found))))


def _dated_outlet(page: _Page) -> None:
    """The outlet and the date over an article. Where several outlets are named so, each is of what stands under it."""
    if len({fold(outlet) for line in page.printed if (outlet := dated_outlet(line))}) != 1:
        return
    for at, line in enumerate(page.printed[:HEADING_LINES]):
        if page.kinds[at] is None and dated_outlet(line):
            page.kinds[at] = BlockKind.BYLINE
        elif page.kinds[at] is None and _INNER_STOP.search(line):
            return


def _credited_captions(page: _Page) -> None:
    """Captions that a credit ends or follows, or that the next line repeats with its credit."""
    for at, line in enumerate(page.printed):
        if page.kinds[at] in (None, BlockKind.CAPTION) and (cut := credit_start(line)) is not None:
            page.split(at, cut)
    for at in range(len(page.printed) - 1):
        if page.kinds[at] in (None, BlockKind.CAPTION) and page.kinds[at + 1] is not BlockKind.CHROME:
            _with_next(page, at)


def _with_next(page: _Page, at: int) -> None:
    line, after = page.printed[at], page.printed[at + 1]
    dangling = _DANGLING.search(line)
    if dangling and is_name(after):
        page.split(at, dangling.start())
        page.kinds[at + 1] = BlockKind.CREDIT
        page.parts.pop(at + 1, None)
    elif (cut := _prefix(line, after)) is not None and (
        _again(page, at) if cut == len(after) else is_name(after[cut:])
    ):
        page.kinds[at] = BlockKind.CAPTION
        if cut < len(after):
            page.split(at + 1, cut)
        else:
            page.kinds[at + 1] = BlockKind.CAPTION
    elif at > 0 and len(line) <= LONGEST_CAPTION and page.gap(at) == 1 and is_credit(after):
        page.kinds[at] = BlockKind.CAPTION


def _again(page: _Page, at: int) -> bool:
    """Whether a line and the same line right below it are a caption; a paragraph pasted twice, or speech, is none."""
    return page.gap(at) == 1 and not any(mark in page.printed[at] for mark in '"“”«»')


def _prefix(line: str, longer: str) -> int | None:
    """Where ``longer`` goes on after the words of ``line``, spacing aside; None where it does not begin with it."""
    wanted, at = "".join(line.split()), 0
    if not 15 <= len(wanted) <= LONGEST_CAPTION:
        return None
    for sign in wanted:
        while at < len(longer) and longer[at].isspace():
            at += 1
        if at >= len(longer) or longer[at] != sign:
            return None
        at += 1
    return at


def _frame(page: _Page) -> None:
    """In a whole page that was pasted, what stands around the article is chrome; its headline is kept."""
    found = frame_of(page.printed, page.kinds)
    if found is None:
        return
    inside, chrome = found
    heading = _heading_above(page, inside.start)
    for at in range(len(page.printed)):
        if at == heading:
            page.kinds[at] = BlockKind.HEADLINE
        elif (at not in inside or at in chrome) and page.kinds[at] is not BlockKind.CREDIT:
            near = heading is not None and heading - 4 <= at < inside.start
            keep = near and page.kinds[at] is BlockKind.BYLINE
            page.kinds[at] = BlockKind.BYLINE if keep else BlockKind.CHROME
            page.parts.pop(at, None)


def _heading_above(page: _Page, first: int) -> int | None:
    """The line that heads the article: near its first paragraph, no sentence, best one that the page prints again."""
    around = range(max(0, first - HEADLINE_WITHIN), min(first + 2, len(page.printed)))
    lines_ = {at: page.printed[at] for at in around if page.kinds[at] is None}
    found = {at: line for at, line in lines_.items() if 3 <= count_words(line) <= 30 and not _FULL_STOP.search(line)}
    if not found:
        return None
    dated = next((at for at in sorted(around) if page.kinds[at] is BlockKind.BYLINE and at > min(found)), first)
    above = {at: line for at, line in found.items() if at < dated and count_words(line) >= LEAST_HEADLINE_WORDS}
    found = above or found
    again = [fold(line) for line in page.printed]
    return max(found, key=lambda at: (again.count(fold(found[at])) > 1, min(count_words(found[at]), 6), at))


def _headline(page: _Page) -> None:
    """Mark the first line that is neither chrome nor byline as headline, if it looks like one."""
    if BlockKind.HEADLINE in page.kinds:
        return
    first = next((at for at, kind in enumerate(page.kinds) if kind not in _FURNITURE), None)
    if first is None or page.kinds[first] is not None or first + 1 >= len(page.printed):
        return
    gap = page.gap(first) > 1
    if not gap and page.printed[first + 1][0].islower():
        return
    if _looks_like_headline(page.printed[first], gap, [len(other) for other in page.printed[first + 1 :]]):
        page.kinds[first] = BlockKind.HEADLINE


def _looks_like_headline(line: str, gap: bool, others: Sequence[int]) -> bool:
    if len(line) > LONGEST_HEADLINE or (line.endswith((":", ",")) and not (gap and len(line.split()) > 2)):
        return False
    if not _FULL_STOP.search(line):
        return max(others) > 40
    short = len(line) <= LONGEST_FULL_STOP_HEADLINE and (_title_case(line) or not _INNER_STOP.search(line))
    return gap and short and len(others) >= 2 and max(others) > 2 * len(line)


def _title_case(line: str) -> bool:
    long_words = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) > 3]
    return len(long_words) > 2 and sum(word[0].isupper() for word in long_words) >= 0.7 * len(long_words)


def _repeats(page: _Page) -> None:
    """Lines that say the headline again are chrome, and long lines printed twice; a part of it is a subheading."""
    at = next((n for n, kind in enumerate(page.kinds) if kind is BlockKind.HEADLINE), None)
    headline = _key(page.printed[at]) if at is not None else ""
    seen: set[str] = set()
    for n, line in enumerate(map(_key, page.printed)):
        if page.kinds[n] is not None:
            continue
        if line in seen and len(line.split()) >= LEAST_REPEATED_WORDS:
            page.kinds[n] = BlockKind.CHROME
        seen.add(line)
        if at is None or n <= at or len(line) > len(headline) or _FULL_STOP.search(line):
            continue
        if line == headline:
            page.kinds[n] = BlockKind.CHROME
        elif len(line.split()) >= 4 and _is_part(line, headline):
            page.kinds[n] = BlockKind.SUBHEADING


def _key(line: str) -> str:
    return " ".join(line.casefold().split())


def _is_part(line: str, headline: str) -> bool:
    begin = headline.find(line)
    if begin < 0:
        return False
    before, after = headline[:begin].rstrip(), headline[begin + len(line) :].lstrip()
    return (not before or not before[-1].isalnum()) and (not after or not after[0].isalnum())


def _tail(page: _Page) -> None:
    """Short lines after the last paragraph are chrome once one of them is known to be."""
    printed, kinds = page.printed, page.kinds
    for at in range(len(printed) - 1, -1, -1):
        if kinds[at] is None and (len(printed[at].split()) > 8 or SENTENCE_END.search(printed[at])):
            break
    else:
        return
    known = [n for n in range(at + 1, len(printed)) if kinds[n] is BlockKind.CHROME]
    if known:
        for n in range(known[0], len(printed)):
            kinds[n] = kinds[n] or BlockKind.CHROME


def _bare_captions(page: _Page) -> None:
    """A long line that is no sentence, between two paragraphs that are, is the caption of a picture that is gone."""
    prose = [
        kind is None and bool(_FULL_STOP.search(line)) for line, kind in zip(page.printed, page.kinds, strict=True)
    ]
    if sum(prose) < 5:
        return
    for at in range(1, len(page.printed) - 1):
        line = page.printed[at]
        fits = LEAST_CAPTION_WORDS <= len(line.split()) <= MOST_CAPTION_WORDS
        if (
            page.kinds[at] is None
            and fits
            and not SENTENCE_END.search(_ASIDE.sub("", line))
            and not _NO_CAPTION.match(line)
        ):
            alone = page.gap(at - 1) == page.gap(at)
            if alone and _is_prose(page, at - 1, prose) and _is_prose(page, at + 1, prose):
                page.kinds[at] = BlockKind.CAPTION


def _is_prose(page: _Page, at: int, prose: Sequence[bool]) -> bool:
    return prose[at] and len(page.printed[at].split()) >= LEAST_CAPTION_WORDS


def _each_caption_once(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """A caption printed twice is kept where its spacing is cleanest, first of those; the others are chrome."""
    best: dict[str, Block] = {}
    for block in blocks:
        if block.kind is BlockKind.CAPTION:
            words = block.span.cut(text)
            key = "".join(words.casefold().split())
            if key not in best or len(words) < best[key].span.end - best[key].span.start:
                best[key] = block
    kept = set(best.values())
    for block in blocks:
        again = block.kind is BlockKind.CAPTION and block not in kept
        yield Block(BlockKind.CHROME, block.span) if again else block
