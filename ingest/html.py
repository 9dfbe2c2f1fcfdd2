"""A web page becomes an article: trafilatura finds the text, the page's own metadata say the rest."""

from __future__ import annotations

from ingest.encoding import decode
from ingest.errors import IngestError
from ingest.stated import date_in
from store.model import Article


def clean(page: bytes | str, *, source: str = "", url: str | None = None, charset: str | None = None) -> Article:
    """The article on a page. Raises IngestError where there is none."""
    text = page if isinstance(page, str) else decode(page, charset)
    import trafilatura

    found = trafilatura.bare_extraction(text, url=url, include_comments=False, include_tables=True)
    if found is None or isinstance(found, dict) or not (found.text or "").strip():
        raise IngestError("There is no article on this page.")
    paragraphs = [line for line in (found.text or "").split("\n") if line.strip()]
    return Article(
        headline=found.title or "",
        body="\n\n".join(paragraphs),
        authors=tuple(name.strip() for name in (found.author or "").split(";") if name.strip()),
        outlet=found.sitename,
        published=date_in(found.date or ""),
        url=found.url or url,
        language=found.language,
        source=source,
    )
