"""A pasted text becomes an article: the lines that are story are kept as printed, the rest is told apart or dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.layout import blocks_of
from analysis.model import Block, BlockKind
from ingest.encoding import tidy
from ingest.errors import IngestError
from ingest.stated import date_in, link_in, names_in, outlet_in
from store.model import Article

LONGEST_HEADLINE = 200
LONGEST_OPENING = 100
MOST_WORDS_BEFORE_A_STOP = 12  # of a headline that ends as a sentence does
_FIRST_SENTENCE = re.compile(r"[^\n]{20,110}?[.!?…][\"'”’»)]*(?=\s|\Z)")
_FULL_STOP = re.compile(r"\.[\"'”’»)\]]*$")
_BROKEN_WORD = re.compile(r"([^\W\d_]+)-\n([^\W\d_]+)")


def clean(text: str, *, source: str = "", url: str | None = None, headline: str = "", framed: bool = True) -> Article:
    """The article in a pasted text. Raises IngestError where there is none.

    Outlet, authors and date are only what a line of the text states. ``headline`` is given where the source
    marks it; ``framed`` false says that the text has no menus and footers of a page around it. Without a
    headline line, a first paragraph of one short line is the headline; otherwise the article goes by its
    opening words, which stay in the body. Lines broken at a page's width are set on one line again.
    """
    above = f"{' '.join(tidy(headline).split())}\n\n" if headline.strip() else ""
    raw = above + tidy(text)
    blocks = blocks_of(raw, framed=framed)
    if above:
        blocks = (Block(BlockKind.HEADLINE, blocks[0].span), *(b for b in blocks if b.span.start >= len(above)))
    kept = {kind: [block.span.cut(raw) for block in blocks if block.kind is kind] for kind in BlockKind}
    paragraphs = kept[BlockKind.BODY]
    found = above.strip() or next(iter(kept[BlockKind.HEADLINE]), "") or _first(paragraphs)
    if not paragraphs and (above or not found):
        raise IngestError("There is no article text in it.")
    bylines = kept[BlockKind.BYLINE]
    body = "\n\n".join(_on_one_line(paragraph, raw) for paragraph in paragraphs)
    return Article(
        headline=found or opening(body),
        body=body,
        captions=tuple(dict.fromkeys(kept[BlockKind.CAPTION])),
        subheadings=tuple(dict.fromkeys(kept[BlockKind.SUBHEADING])),
        authors=tuple(dict.fromkeys(name for line in bylines for name in names_in(line))),
        published=next((day for line in bylines if (day := date_in(line))), None),
        outlet=next(filter(None, map(outlet_in, bylines)), None),
        url=url or _link(raw, bylines),
        source=source,
    )


def _first(paragraphs: list[str]) -> str:
    """Takes the first paragraph out as the headline where it is one short line with more to follow."""
    if len(paragraphs) > 1 and _may_head(paragraphs[0]):
        return paragraphs.pop(0)
    return ""


def _may_head(line: str) -> bool:
    """Whether a line may be a headline: neither a label ("UPDATE:") nor a sentence as long as those of a body."""
    if "\n" in line or len(line) > LONGEST_HEADLINE or line.endswith(":"):
        return False
    return not _FULL_STOP.search(line) or len(line.split()) <= MOST_WORDS_BEFORE_A_STOP


def _link(raw: str, bylines: Sequence[str]) -> str | None:
    """The link that a labelled line states, or that is the whole first or last line; others lead elsewhere."""
    lines = raw.strip().split("\n")
    stated = [line for line in bylines if not line.lower().startswith("http")] + [lines[0].strip(), lines[-1].strip()]
    return next(filter(None, map(link_in, stated)), None)


def opening(body: str) -> str:
    """What an article without a headline goes by: its first sentence where it is short, else its first words."""
    label, _, rest = body.partition("\n")
    if label.endswith(":") and rest.strip():
        return opening(rest.lstrip())
    sentence, line = _FIRST_SENTENCE.match(body), body.split("\n", 1)[0]
    if sentence or len(line) <= LONGEST_OPENING:
        return sentence[0] if sentence else line
    return line[:LONGEST_OPENING].rsplit(" ", 1)[0]


def _on_one_line(paragraph: str, text: str) -> str:
    """Takes out the hyphen of a word that is broken at a line's end only where the text has the word unbroken, too."""
    if "\n" not in paragraph:
        return paragraph

    def joined(broken: re.Match[str]) -> str:
        whole = broken[1] + broken[2]
        return whole if whole in text else f"{broken[1]}-{broken[2]}"

    return " ".join(line.strip() for line in _BROKEN_WORD.sub(joined, paragraph).split("\n"))
