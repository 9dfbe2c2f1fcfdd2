"""What each line of a pasted news text is, so that only what reporters wrote is ever quoted.

The rules are conservative: a line is body unless its own wording, or its place beside another line, says
that it is something else. A lost paragraph costs more than a line of chrome that stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from statistics import median

from analysis import lists
from analysis.document import lines
from analysis.model import Block, BlockKind, Span

LONGEST_HEADLINE = 250
LONGEST_FULL_STOP_HEADLINE = 110
LONGEST_BYLINE = 140
NARROWEST_PAGE, WIDEST_PAGE = 40, 100

_LINE_END = re.compile("\r\n?|[\n\v\f\x85\u2028\u2029]")
_SENTENCE_END = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")
_FULL_STOP = re.compile(r"\.[\"'”’»)\]]*$")
_INNER_STOP = re.compile(r"[.!?][\"'”’»)]* +[\"'“‘«(]?[A-Z]")
_WORD = r"[^\W\d_][\w.'’-]*"
_NAME = re.compile(rf"{_WORD}(?: {_WORD}){{1,4}}")
_PARTICLES = frozenset(("al", "bin", "da", "de", "del", "der", "di", "dos", "du", "el", "la", "le", "van", "von", "y"))
_LABEL = re.compile(
    r"(?:image|photo|picture|pictured|caption|file photo|file|video|watch|graphic|illustration)s?\s*:\s", re.I
)
_PICTURE = r"(?:photo(?:graph)?|picture|image|illustration|graphic|video|cover photo|file photo)s?"
_CREDIT_LABEL = re.compile(
    rf"(?:(?:{_PICTURE}|credits?)(?: (?:credit|courtesy|by|from|of|via|credits))*\s*[:/]\s*"
    rf"|{_PICTURE} by |©\s?|\(c\) |courtesy of )",
    re.I,
)
_BYLINE = re.compile(r"(?:by|written by|reported by|story by|words by|posted by)\s*:?\s+", re.I)
_DESK = re.compile(r"\(?(?:additional )?(?:reporting|writing|editing)(?: and (?:writing|editing))? by .+\)?", re.I)
_COMMENTS = re.compile(
    r"(?:no|\d[\d,.]*k?) comments?|comments? ?\(\d*\)|leave a (?:comment|reply)|\d[\d,.]*k? (?:shares?|likes?|views?)",
    re.I,
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_DATE = (
    rf"(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})"
)
_STATED = (
    r"(?:(?:first |last )?(?:published|updated|posted|modified|created|publication date|date)(?: on| at)?\s*:?\s*)?"
)
_DATE_LINE = re.compile(
    rf"{_STATED}{_DAY}{_DATE}(?:[ ,|T–—-]*(?:at )?\d{{1,2}}[:.]\d\d.{{0,25}})?",
    re.I,
)


@cache
def words(name: str) -> frozenset[str]:
    """The entries of one list under ``analysis/rules``, folded."""
    return frozenset(map(fold, lists.lines(name)))


def fold(line: str) -> str:
    """The line for comparing: small letters, single spaces, no marks at its edges."""
    return " ".join(line.casefold().split()).strip(" .…:;,|»›>-–—•*·[]()")


def blocks_of(text: str) -> tuple[Block, ...]:
    """What each line of a raw text is. A line that prints a caption and its credit gives two blocks.

    Offsets are code points. Lines are trimmed of white space; blank ones give nothing. In a text whose lines
    were broken at a page's width, a block of the body is a whole paragraph.
    """
    spans = lines(text)
    printed = [span.cut(text) for span in spans]
    kinds: list[BlockKind | None] = [_own_kind(line) for line in printed]
    parts: dict[int, list[Block]] = {}
    _captions(printed, spans, kinds, parts)
    _headline(text, printed, spans, kinds)
    _repeats(printed, kinds)
    _tail(printed, kinds)
    found: list[Block] = []
    for at, span in enumerate(spans):
        found += parts.get(at) or [Block(kinds[at] or BlockKind.BODY, span)]
    return tuple(_paragraphs(text, list(_each_caption_once(text, found))))


def is_name(words_: str) -> bool:
    """Whether the words can be nothing but names of people or agencies ("Ana Ruiz", "Ana Ruiz/Agency")."""
    bare = words_.strip(" .()[]|-–—")
    if fold(bare) in words("agencies"):
        return True
    pieces = [p for p in re.split(r"\s*(?:/|\||,| and | & | via | for )\s*", bare) if p]
    return bool(pieces) and len(bare) <= 80 and all(_one_name(piece) for piece in pieces) and _one_full_name(pieces)


def _one_full_name(pieces: Sequence[str]) -> bool:
    return any(" " in piece or fold(piece) in words("agencies") for piece in pieces)


def _one_name(piece: str) -> bool:
    if fold(piece) in words("agencies"):
        return True
    tokens = piece.split()
    if len(tokens) > 4 or not _NAME.fullmatch(f"{piece} X") or (tokens[0][:1].islower() and len(tokens) < 2):
        return False
    return all(token[0].isupper() or token.casefold() in _PARTICLES for token in tokens) and tokens[-1][0].isupper()


def _own_kind(line: str) -> BlockKind | None:
    """What the line is by its own wording alone; None where that says nothing."""
    folded = fold(line)
    if not folded:
        return None if re.search(r"…|\.\.|[\"“”«»]", line) else BlockKind.CHROME
    if folded in words("chrome") or _COMMENTS.fullmatch(folded):
        return BlockKind.CHROME
    if _is_credit(line):
        return BlockKind.CREDIT
    if _is_byline(line):
        return BlockKind.BYLINE
    if _LABEL.match(line) and len(line) <= 400:
        return BlockKind.CAPTION
    return None


def _is_credit(line: str) -> bool:
    if len(line) > 120:
        return False
    bare = line.strip("()[] ")
    label = _CREDIT_LABEL.match(bare)
    if label:
        return is_name(bare[label.end() :])
    return ("/" in bare and is_name(bare)) or fold(bare) in words("agencies")


def _is_byline(line: str) -> bool:
    if len(line) > LONGEST_BYLINE:
        return False
    label = _BYLINE.match(line)
    if label:
        return _first_name(line[label.end() :])
    return bool(_DATE_LINE.fullmatch(line.strip(" |•"))) or (bool(_DESK.fullmatch(line)) and ". " not in line)


def _first_name(rest: str) -> bool:
    if _SENTENCE_END.search(rest) and not rest.rstrip(".").istitle():
        return False
    first = re.split(r",| and | & |\||;| in | at | for ", rest, maxsplit=1)[0].strip()
    return _one_name(first.title() if first.isupper() else first)


def _captions(
    printed: Sequence[str], spans: Sequence[Span], kinds: list[BlockKind | None], parts: dict[int, list[Block]]
) -> None:
    """Captions that the next line repeats with a credit, or that a credit follows."""
    for at, line in enumerate(printed):
        if kinds[at] is BlockKind.CAPTION or (kinds[at] is None and at not in parts):
            cut = credit_start(line)
            if cut is not None:
                parts[at] = _split(line, spans[at], cut)
    for at in range(len(printed) - 1):
        line, after = printed[at], printed[at + 1]
        if kinds[at] not in (None, BlockKind.CAPTION) or kinds[at + 1] is BlockKind.CHROME:
            continue
        dangling = re.search(r"\s+[-–—|/]+$", line)
        if dangling and is_name(after):
            parts[at] = _split(line, spans[at], dangling.start())
            kinds[at + 1] = BlockKind.CREDIT
            parts.pop(at + 1, None)
            continue
        cut = _prefix(line, after)
        if cut is not None and is_name(after[cut:]):
            kinds[at] = BlockKind.CAPTION
            parts[at + 1] = _split(after, spans[at + 1], cut)


def credit_start(line: str) -> int | None:
    """Where a credit is glued to the end of a caption, in code points; None where there is none."""
    if len(line) > 600:
        return None
    for match in re.finditer(r"(?<=[.!?\"”’»)\]])\s*(?=[(\[]?(?:[A-Z©]))", line):
        rest = line[match.end() :]
        if len(rest) <= 120 and match.end() and _is_credit(rest) and _CREDIT_LABEL.match(rest.strip("()[] ")):
            return match.start()
    return None


def _split(line: str, span: Span, cut: int) -> list[Block]:
    caption, rest = line[:cut].rstrip(), line[cut:]
    begin = span.start + cut + len(rest) - len(rest.lstrip())
    return [
        Block(BlockKind.CAPTION, Span(span.start, span.start + len(caption))),
        Block(BlockKind.CREDIT, Span(begin, span.end)),
    ]


def _prefix(line: str, longer: str) -> int | None:
    """Where ``longer`` goes on after the words of ``line``, spacing aside; None where it does not begin with it."""
    wanted, at = "".join(line.split()), 0
    if len(wanted) < 15:
        return None
    for sign in wanted:
        while at < len(longer) and longer[at].isspace():
            at += 1
        if at >= len(longer) or longer[at] != sign:
            return None
        at += 1
    return at


def _each_caption_once(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """A caption printed twice is kept where its spacing is cleanest, first of those; the others are chrome."""
    best: dict[str, Block] = {}
    for block in blocks:
        if block.kind is BlockKind.CAPTION:
            words_ = block.span.cut(text)
            key = "".join(words_.casefold().split())
            if key not in best or len(words_) < best[key].span.end - best[key].span.start:
                best[key] = block
    kept = set(best.values())
    for block in blocks:
        again = block.kind is BlockKind.CAPTION and block not in kept
        yield Block(BlockKind.CHROME, block.span) if again else block


def _headline(text: str, printed: Sequence[str], spans: Sequence[Span], kinds: list[BlockKind | None]) -> None:
    """Mark the first line that is neither chrome nor byline as headline, if it looks like one."""
    furniture = (BlockKind.CHROME, BlockKind.BYLINE)
    first = next((at for at, kind in enumerate(kinds) if kind not in furniture), None)
    if first is None or kinds[first] is not None or first + 1 >= len(printed):
        return
    line = printed[first]
    gap = _gap(text, spans[first], spans[first + 1]) > 1
    if not gap and printed[first + 1][0].islower():
        return
    if _looks_like_headline(line, gap, [len(other) for other in printed[first + 1 :]]):
        kinds[first] = BlockKind.HEADLINE


def _looks_like_headline(line: str, gap: bool, others: Sequence[int]) -> bool:
    if len(line) > LONGEST_HEADLINE or (line.endswith((":", ",")) and not gap):
        return False
    if not _FULL_STOP.search(line):
        return max(others) > 40
    short = len(line) <= LONGEST_FULL_STOP_HEADLINE and (_title_case(line) or not _INNER_STOP.search(line))
    return gap and short and len(others) >= 2 and max(others) > 2 * len(line)


def _title_case(line: str) -> bool:
    long_words = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) > 3]
    return len(long_words) > 2 and sum(word[0].isupper() for word in long_words) >= 0.7 * len(long_words)


def _repeats(printed: Sequence[str], kinds: list[BlockKind | None]) -> None:
    """A line that says the headline again is chrome, one that says a whole part of it a subheading."""
    at = next((n for n, kind in enumerate(kinds) if kind is BlockKind.HEADLINE), None)
    if at is None:
        return
    headline = " ".join(printed[at].casefold().split())
    for n in range(at + 1, len(printed)):
        line = " ".join(printed[n].casefold().split())
        if kinds[n] is not None or len(line) > len(headline) or _FULL_STOP.search(line):
            continue
        if line == headline:
            kinds[n] = BlockKind.CHROME
        elif len(line.split()) >= 4 and _is_part(line, headline):
            kinds[n] = BlockKind.SUBHEADING


def _is_part(line: str, headline: str) -> bool:
    begin = headline.find(line)
    if begin < 0:
        return False
    before, after = headline[:begin].rstrip(), headline[begin + len(line) :].lstrip()
    return (not before or not before[-1].isalnum()) and (not after or not after[0].isalnum())


def _tail(printed: Sequence[str], kinds: list[BlockKind | None]) -> None:
    """Short lines after the last paragraph are chrome once one of them is known to be."""
    for at in range(len(printed) - 1, -1, -1):
        if kinds[at] is None and (len(printed[at].split()) > 8 or _SENTENCE_END.search(printed[at])):
            break
    else:
        return
    known = [n for n in range(at + 1, len(printed)) if kinds[n] is BlockKind.CHROME]
    if known:
        for n in range(known[0], len(printed)):
            kinds[n] = kinds[n] or BlockKind.CHROME


def _paragraphs(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """Body lines that a page's width has broken are joined to one block."""
    printed = [block.span.cut(text) for block in blocks if block.kind is BlockKind.BODY]
    if not _is_wrapped(printed):
        yield from blocks
        return
    width = max(map(len, printed))
    waiting: Block | None = None
    full = False
    for block in blocks:
        line = block.span.cut(text)
        if full and waiting and waiting.kind is block.kind and _gap(text, waiting.span, block.span) == 1:
            waiting = Block(block.kind, Span(waiting.span.start, block.span.end))
        else:
            if waiting:
                yield waiting
            waiting = block
        full = block.kind is BlockKind.BODY and (len(line) > 0.8 * width or not _SENTENCE_END.search(line))
    if waiting:
        yield waiting


def _is_wrapped(printed: Sequence[str]) -> bool:
    """Whether lines end where a page ends: nearly all are as long as the longest, and most stop in mid-sentence."""
    if len(printed) < 4:
        return False
    widths = [len(line) for line in printed]
    if not NARROWEST_PAGE <= max(widths) <= WIDEST_PAGE or median(widths) < 0.75 * max(widths):
        return False
    return sum(not _SENTENCE_END.search(line) for line in printed) > 0.5 * len(printed)


def _gap(text: str, before: Span, after: Span) -> int:
    """How many line ends stand between two spans."""
    return len(_LINE_END.findall(text, before.end, after.start))
