"""Cuts a text into sentences: passages are shown whole, so a wrong boundary would show half of what was said.

A candidate is every full stop, question or exclamation mark or ellipsis, with the closing marks after it. Rules
on the word before and the word after decide; nothing is learned. Line breaks always end a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from analysis.document import lines as lines_of
from analysis.lists import lines, words
from analysis.model import Span

_CLOSERS = "\"'”’»›)\\]}*_"
_OPENERS = "\"'“‘„‚«‹(\\[{*_¿¡"
_CREDIT = r"(?<=[^\W_.])[)\"”]?(?=\s+(?:Image|Photo|Picture|Photograph|Credit): ?[A-Z])"
_CREDIT_NEXT = re.compile(r"(?:Image|Photo|Picture|Photograph|Credit): ?[A-Z]")
_END = re.compile(
    rf"(?P<credit>{_CREDIT})|(?<![.!?…])(?<!\. )(?P<stops>\.(?: ?\.)++|[.!?…‼⁇⁈⁉]+(?:\s+[.…]{{2,}})?)"
    rf"(?P<closers>[{_CLOSERS}]*(?:\[(?:\d{{1,3}}|citation needed)\])*(?:\s+[”»](?=\s|$))?)(?P<apart>\s+\"(?=\s|$))?"
    rf"(?:(?P<gap>\s+)(?P<open>[{_OPENERS}–—-]*\s*)|(?P<glued>(?=[{_OPENERS}]?[^\W\d_])))"
)
_LOOK_BACK = 40  # code points: the longest word that may be an abbreviation, with room
_MARKS_BEFORE = re.compile(r".*[\"'“”‘’«»()\[\]{}—–/]")
_WORD_AFTER = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]|Ph\.D|[MB]\.Sc|[MD]\.Phil|W\.Va", re.IGNORECASE)


def split(text: str, within: Span | None = None) -> list[Span]:
    """The sentences of a text (or of a part of it), in order, without the white space between them."""
    start, end = within or (0, len(text))
    return [
        span.moved(start + line.start)
        for line in lines_of(text[start:end])
        for span in _of_line(line.cut(text[start:end]))
    ]


def _of_line(line: str) -> list[Span]:
    """The sentences of one line; a piece without a letter or digit stays with the one before it."""
    found: list[Span] = []
    start = 0
    for end in _ends(line):
        piece = line[start:end]
        if found and not any(c.isalnum() for c in piece):
            found[-1] = Span(found[-1].start, start + len(piece.rstrip()))
        elif piece.strip():
            found.append(Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
        start = end
    return found


def _ends(line: str) -> Iterator[int]:
    """Where sentences of one line end, the end of the line included."""
    start, marks, counted = 0, 0, 0
    woven = _woven(line)
    inside = next(woven, None)
    for found in _END.finditer(line):
        marks, counted = marks + line.count('"', counted, found.start()), found.start()
        end = _end_of(found, quoted=marks % 2 == 1)
        while inside and inside.end <= found.start():
            inside = next(woven, None)
        if inside and inside.start < found.start() and end < inside.end:
            continue
        if found["stops"] is None or _is_end(line, start, found):
            start = end
            yield start
    yield len(line)


def _end_of(found: re.Match[str], *, quoted: bool) -> int:
    """The end of the sentence with its closing marks; one that stands apart closes only what was opened."""
    if found["stops"] is None:
        return found.end()
    return found.end("apart") if found["apart"] and quoted else found.end("closers")


_PAIR = re.compile('"[^"]*"|“[^“”]*”|«[^«»]*»|\\([^()]{0,300}\\)')


def _woven(line: str) -> Iterator[Span]:
    """Brackets and quotations that continue the clause they stand in, however many sentences they hold.

    Such a quotation follows "that", or opens with an ellipsis: He wrote that "Nobody left. Nobody ever will."
    """
    for pair in _PAIR.finditer(line):
        before = line[max(0, pair.start() - _LOOK_BACK) : pair.start()]
        if _MIDDLE.search(before) and (pair[0][0] == "(" or _OMITS.match(pair[0]) or _THAT.search(before)):
            yield Span(*pair.span())


_MIDDLE = re.compile(r"[^\s.!?…][\s(]*$")
_OMITS = re.compile(r".[\s\[(]*(?:\.\.|…)")
_THAT = re.compile(r"\bthat[,\s]*$")
_SIGNED = re.compile(r"[–—-]+ ?[A-Z][\w.’'-]*(?:,? [A-Z][\w.’'-]*){0,5}")


def _is_end(line: str, start: int, found: re.Match[str]) -> bool:
    word = _word_before(line[max(start, found.start() - _LOOK_BACK) : found.start()])
    after = _WORD_AFTER.match(line, found.end())
    following = after[0] if after else ""
    if found["gap"] is None:
        return _is_glued_end(word, found, line)
    if len(line) - found.end() < 2 * _LOOK_BACK and _SIGNED.fullmatch(line, found.end("gap")):
        return False
    if found["open"][:1] in ("-", "–", "—") and (_kind(word) or _DOTTED.fullmatch(word)):
        return False
    if _is_list_number(line, start, found) or _continues_list(line, start, found):
        return False
    if following[:1].islower() or found.end() == len(line):
        return _lower_case_follows(word, found)
    if found["stops"] == ".":
        return _full_stop(word, found, following, line, start)
    if (found["apart"] or found["closers"].strip("*_")) and found["stops"].strip(".…"):
        return not _is_reporting_clause(line[found.end("gap") : found.end("gap") + 5 * _LOOK_BACK])
    return True


def _word_before(before: str) -> str:
    """The word that the stop stands after, without marks and brackets before it."""
    if not before or before[-1].isspace():
        return ""
    return _MARKS_BEFORE.sub("", before.rsplit(None, 1)[-1])


def _is_glued_end(word: str, found: re.Match[str], line: str) -> bool:
    """A missing space: "… in town.He said". Not in "Amazon.com", "J.Crew", an address or a file name."""
    rest = line[found.end() : found.end() + 40]
    if found["stops"] == "." and not re.match(r"[\"'“‘(]?[A-Z](?:[a-z]+['’]?[a-z]*[\s,?!]|\s)", rest):
        return False
    if "@" in word or "/" in word or not re.search(r"[a-z]{2,}$|\d$", word) or not re.match(r"[\"'“‘(]?[A-Z]", rest):
        return False
    return _kind(word) == "" and not word.startswith("www.")


def _is_list_number(line: str, start: int, found: re.Match[str]) -> bool:
    """The number of a list's item: "2. Wash your hands.", "b. Dry them."."""
    return (
        found["stops"] == "." and re.fullmatch(r"\s*\(?(?:\d{1,2}|[a-zA-Z])", line[start : found.start()]) is not None
    )


def _continues_list(line: str, start: int, found: re.Match[str]) -> bool:
    """The next item of a list that opened in this sentence: "three sins: a) Sloth. b) Pride."."""
    item = re.match(r"\(?([b-z2-9])\) ", line[found.end("gap") : found.end("gap") + 5])
    return (
        item is not None and re.search(rf"(?<!\w){chr(ord(item[1]) - 1)}\) ", line[start : found.start()]) is not None
    )


def _lower_case_follows(word: str, found: re.Match[str]) -> bool:
    """A sentence seldom opens in lower case: only after a full stop that ends an ordinary word."""
    if found["stops"] != "." or found["closers"]:
        return False
    return len(word) > 2 and word.isalpha() and _kind(word) == ""


def _full_stop(word: str, found: re.Match[str], following: str, line: str, start: int) -> bool:
    starts = _starts(following)
    if found["closers"].strip("*_)]"):
        return True
    if _CREDIT_NEXT.match(line, found.end()):
        return True
    if _DOTTED.fullmatch(word):
        return starts or (found["open"].strip() != "" and not following[:1].isdigit())
    if len(word) == 1 and word.isalpha() and word.isupper():
        return starts or (
            word == "I" and re.search(r"\b[a-z]+ I$", line[max(start, found.start() - 20) : found.start()]) is not None
        )
    kind = _kind(word)
    if kind == "number":
        return not following[:1].isdigit()
    if kind == "may":
        return starts or (word.lower() == "etc" and not following[:1].isdigit())
    return kind == ""


def _starts(following: str) -> bool:
    return following.lower().replace("’", "'") in words("sentence_starters")


_REPORTING = re.compile(
    r"(?:(?:the|a|an|one|his|her|[A-Z][\w.'’-]*)\s+)(?:[\w.'’-]+\s+){0,4}?"
    r"(?:said|says|asked|asks|wrote|writes|added|adds|told|tweeted|replied|shouted|cried|wondered|exclaimed)\b"
)


def _is_reporting_clause(rest: str) -> bool:
    """Whether the words after a question in marks tell who asked it: "…?" Kelly asked."""
    return _REPORTING.match(rest) is not None


@cache
def _kinds() -> dict[str, str]:
    return dict(line.split() for line in lines("abbreviations"))


def _kind(word: str) -> str:
    """What the list of abbreviations says of a word; "" for an ordinary one."""
    return "" if len(word) > 1 and word.isupper() else _kinds().get(word.lower(), "")
