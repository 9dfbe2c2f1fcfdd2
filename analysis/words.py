"""Decides when two passages print the same words, and finds where an article prints given words.

The comparison key of a word is NFKC, case-folded. Aside are punctuation, brackets, ellipses, the kind of marks,
spacing, soft hyphens and characters of no width. Hyphens, dashes and slashes separate words ("Jae-in" is
"Jae in"), and so does a change between letters and digits ("5pm" is "5 p.m.", "F-16" is "F16").
Kept, because another word stands there without it:

- an apostrophe inside a word: "it's" is not "its"; curly or straight does not matter;
- full stops inside a number, and commas, colons or slashes that group no thousands: "1.5" is not "15", "9/11" is
  not "911"; but "1,000" is "1000";
- the minus, plus, per cent, degree or currency sign of a number: "5%" is "5 %", and not "5";
- "&", and a plus after a word ("AA+").

Single letters with full stops are one word: "U.S." is "US" (and, letter case aside, "us"); "U. S." is two.
Spelling counts: "signaling" is not "signalling", and an accent is a letter's own.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple
from unicodedata import category, normalize

from analysis.model import Span

_NO_WIDTH = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_MONEY = "$\u00a2-\u00a5\u20a0-\u20cf"
_APOSTROPHE = "'\u2019\u02bc\u2018\uff07`\u00b4"
_GAP = r"[^\S\r\n]"
_MINUS = "-\u2010\u2011\u2012\u2013\u2212"


class Token(NamedTuple):
    """One word: its comparison key, and where it stands in code points."""

    key: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words of a text, in order."""
    return [Token(_key(found[0]), *found.span()) for found in _word().finditer(text)]


def key(text: str) -> str:
    """The words of a text as one string, each separated by a space: equal keys, same words."""
    return " ".join(_key(found) for found in _word().findall(text))


def find(needle: Sequence[Token], haystack: Sequence[Token]) -> Iterator[Span]:
    """Each place where the same words stand in the same order, from the first word's start to the last one's end.

    Places may overlap. No words are found nowhere. Knuth, Morris and Pratt's search: linear in both lengths.
    """
    wanted = [token.key for token in needle]
    if not wanted or len(wanted) > len(haystack):
        return
    back, matched = _borders(wanted), 0
    for at, token in enumerate(haystack):
        while matched and (matched == len(wanted) or wanted[matched] != token.key):
            matched = back[matched - 1]
        matched += wanted[matched] == token.key
        if matched == len(wanted):
            yield Span(haystack[at - matched + 1].start, token.end)


def _borders(words: Sequence[str]) -> list[int]:
    """For each beginning of the words, the length of its longest proper prefix that is also its suffix."""
    borders = [0] * len(words)
    length = 0
    for at in range(1, len(words)):
        while length and words[at] != words[length]:
            length = borders[length - 1]
        length += words[at] == words[length]
        borders[at] = length
    return borders


_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u2019\u02bc\u2018\uff07`\u00b4", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"),
        "\u2044": "/",
    }
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


@cache
def _aside() -> re.Pattern[str]:
    return re.compile(f"[\\s{_NO_WIDTH}\ufe00-\ufe0f]+")


def _key(word: str) -> str:
    if word.isascii() and word.isalpha():
        return word.lower()
    bare = normalize("NFKC", normalize("NFKC", _aside().sub("", word)).casefold()).translate(_PLAIN)
    if any(letter.isdigit() for letter in bare):
        return _grouped(bare)
    return bare.replace(".", "")


def _grouped(number: str) -> str:
    """The number without the commas between its thousands."""
    return _THOUSANDS.sub("", number) if re.match(r"\D*\d{1,3}(,\d{3})+(?!\d|,)", number) else number


@cache
def _word() -> re.Pattern[str]:
    """The pattern of one word: single letters with full stops, a word, a number, a small number (½), or "&"."""
    small = _ranges("No")
    letter = f"[^\\W\\d_{small}]"
    inside = f"[{_ranges('Mn', 'Mc', 'Me')}{_NO_WIDTH}]"
    sign = f"(?:(?<![\\w)\\]])(?<!\\d )[{_MINUS}+](?=[.{_MONEY}]?\\d))?"
    money = f"(?:[{_MONEY}]{_GAP}?(?=[.\\d]))?"
    unit = f"(?:{_GAP}?[%‰٪％]|°|[{_MONEY}](?![.\\d])|{_GAP}[{_MONEY}](?!{_GAP}?[.\\d]))?"
    kinds = (
        f"(?<!\\w){letter}(?:\\.{letter})+(?![^\\W_])(?:\\.?[{_APOSTROPHE}]{letter}+|\\.)?",
        f"{letter}(?:{letter}+|{inside}|[{_APOSTROPHE}](?={letter}))*\\+?",
        f"{sign}{money}(?:(?<![\\w.])\\.)?\\d+(?:[.,:/⁄]\\d+)*{unit}\\+?",
        f"[{small}]",
        "&",
    )
    return re.compile("|".join(kinds))


def _ranges(*categories: str) -> str:
    """The characters of some Unicode categories, as ranges for a pattern's class."""
    wanted = (code for code in range(0x80, min(sys.maxunicode, 0x1FFFF)) if category(chr(code)) in categories)
    runs = groupby(enumerate(wanted), lambda pair: pair[1] - pair[0])
    return "".join(f"{chr(run[0][1])}-{chr(run[-1][1])}" for run in (list(group) for _, group in runs))
