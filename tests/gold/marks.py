"""Where quotation marks stand in a text, so that an answer can be cut into the pieces that are inside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.model import Span

CLOSES = {"“": "”", "„": "“”", "«": "»", "»": "«", '"': '"', "``": "''"}
DOUBLE = re.compile(r"``|''|[\"“”„«»]")
SINGLE = re.compile(r"(?<![\w’'])[‘'‚](?=[\w“\"])(.{3,}?[\w.,!?…”\"])[’'](?![\w’'])")
EDGE = " \t\r\n\xa0\"“”„«»‘’'‚`.,;:!?—–-…()[]"


def trimmed(text: str, span: Span) -> Span:
    """The span without the marks, punctuation and white space at its edges."""
    start, end = span
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE:
        end -= 1
    return Span(start, end)


def paragraphs(text: str) -> Iterator[Span]:
    """Every line that holds something."""
    return (Span(*m.span()) for m in re.finditer(r"[^\n]+", text))


def doubles(text: str, line: Span) -> list[Span]:
    """The stretches in double or angle marks; one that never closes runs to the end of its line."""
    found, start, closing = [], -1, ""
    for m in DOUBLE.finditer(text, *line):
        mark = m.group()
        if start < 0 and opens(text, line, m):
            start, closing = m.start(), CLOSES[mark] + '"”'
        elif start >= 0 and mark in closing:
            found.append(Span(start, m.end()))
            start = -1
    return [*found, Span(start, line.end)] if start >= 0 else found


def opens(text: str, line: Span, mark: re.Match[str]) -> bool:
    """Whether a mark can open speech: it is of an opening kind, and no inch sign or stray closing mark."""
    before = text[mark.start() - 1] if mark.start() > line.start else " "
    after = text[mark.end()] if mark.end() < line.end else " "
    if mark.group() == '"':
        return not after.isspace() and not before.isalnum()
    if mark.group() == "»":
        return not before.isalnum() and before not in ".,!?…" and after.isalnum()
    return mark.group() in CLOSES


def singles(text: str, line: Span, taken: list[Span]) -> Iterator[Span]:
    """Stretches of two words or more in single marks that are not inside double ones."""
    for m in SINGLE.finditer(text, *line):
        span = Span(m.start(), closing(text, m, line.end))
        across = [other for other in taken if other.meets(span)]
        if " " in m.group(1) and (not across or (m.group()[0] != "'" and all(span.holds(o) for o in across))):
            yield span


def closing(text: str, found: re.Match[str], end: int) -> int:
    """Where a stretch in single marks ends: not at the apostrophe of "the drivers’ union", if a real end follows."""
    at = found.end()
    while text[at - 2] == "s" and re.match(r" [a-z]", text[at : at + 2]):
        rest = re.compile(r"[^‘]*?[\w.,!?…”\"][’'](?![\w’'])").match(text, at, end)
        if rest is None or not re.search(
            r"[.,!?…][’'](?!\w)", text[at : text.find("‘", at, end) if "‘" in text[at:end] else end]
        ):
            break
        at = rest.end()
    return at


def quoted(text: str) -> list[Span]:
    """All stretches in marks, outermost only, none longer than its paragraph."""
    found: list[Span] = []
    for line in paragraphs(text):
        twice = doubles(text, line)
        once = list(singles(text, line, twice))
        found += once + [span for span in twice if not any(one.holds(span) for one in once)]
    return sorted(found)
