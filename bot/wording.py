"""The few words of ours around printed passages, the same in every front."""

from __future__ import annotations

import re
import unicodedata

from analysis.model import Span
from handlers.answer import Quoted, Wording

NAME_LENGTH = 60
MOST_NAMES = 6
MOST_MARKS = 40  # stretches of one wording that differ; more are shown as one
_HARMFUL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]"
)
_QUOTATION_MARK = re.compile("[\"“”„‟‘‚‛«»‹›「」『』＂]|``|''|(?<!\\w)'\\w[^']*'(?!\\w)")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_RINGED = re.compile("[AaUuWwYy]\u030a")  # Telegram drops a ring that is a character of its own: "Å" would be "A"


def safe(text: str) -> str:
    """The text without what steers a screen: line ends are plain ones, control characters become visible marks."""
    return _HARMFUL.sub(_visible, _LINE_ENDS.sub("\n", _RINGED.sub(_composed, text)))


def _composed(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", match.group())


def _visible(match: re.Match[str]) -> str:
    code = ord(match.group())
    return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else "\ufffd"


def one_line(text: str, length: int = 10_000) -> str:
    """The text on one line, cut after a word so that it has at most ``length`` code points with its "…"."""
    flat = " ".join(safe(text[: 4 * length]).split())
    if len(flat) <= length:
        return flat
    cut = flat.rfind(" ", length // 2, length)
    return flat[: cut if cut > 0 else length - 1].rstrip(" ,;:–—-") + "…"


def marked(wording: Wording) -> tuple[str, tuple[Span, ...]]:
    """A wording made safe, without white space at its edges, and the spans of it that differ."""
    text, spans = "", list[Span]()
    start, end = len(wording.text) - len(wording.text.lstrip()), len(wording.text.rstrip())
    for span in _few(wording.marked):
        first, last = min(max(span.start, start), end), min(max(span.end, start), end)
        text += safe(wording.text[start:first])
        piece = safe(wording.text[first:last])
        spans += [Span(len(text), len(text) + len(piece))] if piece else []
        text, start = text + piece, max(last, start)
    return text + safe(wording.text[start:end]), tuple(spans)


def _few(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    return spans if len(spans) <= MOST_MARKS else (Span(spans[0].start, spans[-1].end),)


def said_by(quoted: Quoted) -> str:
    """Who said it; empty where the words are the outlet's own."""
    if quoted.speaker is not None:
        return one_line(quoted.speaker)
    return "Unattributed" if quoted.spoken else ""


def remarks(quoted: Quoted) -> list[tuple[str, str]]:
    """What stands beside the speaker, as (words of ours, words as printed)."""
    found = []
    if quoted.set_by_admin:
        found.append(("speaker set by an admin" if quoted.speaker is not None else "set by an admin", ""))
    if quoted.shortened:
        found.append(("shortened", ""))
    if quoted.indirect:
        marked = any(_QUOTATION_MARK.search(part.text) for part in quoted.parts)
        found.append(("reported" if marked else "reported without quotation marks", ""))
    if quoted.attribution is not None:
        found.append(("as printed:", one_line(quoted.attribution.text)))
    if quoted.reported_by is not None:
        found.append(("reported by", one_line(quoted.reported_by.text)))
    return found


def counted(quoted: Quoted) -> str:
    """How many of the loaded articles print the words: "2 of 2 articles"."""
    return f"{len(quoted.carriers)} of {quoted.of} {'article' if quoted.of == 1 else 'articles'}"


def names(quoted: Quoted) -> list[str]:
    """The articles that print the words, the one that they are cut from first; many are cut short."""
    found = [one_line(carrier.article.name, NAME_LENGTH) for carrier in quoted.carriers[:MOST_NAMES]]
    more = len(quoted.carriers) - len(found)
    return [*found, f"and {more} more"] if more > 0 else found
