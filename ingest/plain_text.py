"""A pasted text becomes an article: the lines that are story are kept as printed, the rest is told apart or dropped."""

from __future__ import annotations

from analysis.layout import blocks_of
from analysis.model import BlockKind
from ingest.encoding import tidy
from ingest.errors import IngestError
from ingest.stated import date_in, names_in
from store.model import Article

LONGEST_HEADLINE = 200


def clean(text: str, *, source: str = "", url: str | None = None) -> Article:
    """The article in a pasted text. Raises IngestError where there is none.

    Outlet, authors and date are only what a line of the text states. Without a headline line, a first
    paragraph of one short line is the headline; otherwise it is empty. Lines that were broken at a page's
    width are set on one line again.
    """
    raw = tidy(text)
    blocks = blocks_of(raw)
    kept = {kind: [block.span.cut(raw) for block in blocks if block.kind is kind] for kind in BlockKind}
    paragraphs = [" ".join(paragraph.splitlines()) for paragraph in kept[BlockKind.BODY]]
    headline = kept[BlockKind.HEADLINE][0] if kept[BlockKind.HEADLINE] else _first(paragraphs)
    if not headline and not paragraphs:
        raise IngestError("There is no article text in it.")
    bylines = kept[BlockKind.BYLINE]
    return Article(
        headline=headline,
        body="\n\n".join(paragraphs),
        captions=tuple(dict.fromkeys(kept[BlockKind.CAPTION])),
        subheadings=tuple(dict.fromkeys(kept[BlockKind.SUBHEADING])),
        authors=tuple(dict.fromkeys(name for line in bylines for name in names_in(line))),
        published=next((day for line in bylines if (day := date_in(line))), None),
        url=url,
        source=source,
    )


def _first(paragraphs: list[str]) -> str:
    """Takes the first paragraph out as the headline where it is one short line with more to follow."""
    if len(paragraphs) > 1 and len(paragraphs[0]) <= LONGEST_HEADLINE and "\n" not in paragraphs[0]:
        return paragraphs.pop(0)
    return ""
