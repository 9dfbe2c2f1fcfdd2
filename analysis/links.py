"""Tells which links lead to the same article, so that it is kept once, however it was shared.

The normal form of a link is that of RFC 3986, section 6.2.2: letter case of scheme and host, default ports, dots in
paths, escapes. Parameters that only tell how a reader came (analysis/rules/link_parameters.txt) are dropped, all others
kept in their order. A mobile or AMP page is another link, unless it names the article's own link itself.
"""

from __future__ import annotations

from functools import cache, lru_cache

from yarl import URL

from analysis.lists import words

LONGEST = 4_096  # code points; what is longer is no link that anybody shares
_ROUTES = ("!", "/")  # a fragment that begins so selects the page on sites that are one program


@lru_cache(maxsize=4096)
def canonical(link: str) -> str:
    """The link in its normal form, without what only tells how a reader came; what is no web link stays as it is."""
    url = _parsed(link)
    return link if url is None else str(url)


@lru_cache(maxsize=4096)
def link_key(link: str) -> str:
    """What two links have in common that lead to one article: scheme, "www." and a last slash are aside."""
    url = _parsed(link)
    if url is None:
        return link
    host = (url.host or "").removeprefix("www.").rstrip(".")
    port = f":{url.explicit_port}" if url.explicit_port not in (None, 80, 443) else ""
    query = f"?{url.raw_query_string}" if url.raw_query_string else ""
    fragment = f"#{url.raw_fragment}" if url.raw_fragment else ""
    return f"{host}{port}{url.raw_path.rstrip('/')}{query}{fragment}"


def site(link: str | None) -> str:
    """The host of a link without "www."; nothing where there is none."""
    url = _parsed(link) if link else None
    return (url.host or "").removeprefix("www.").rstrip(".") if url else ""


def _parsed(link: str) -> URL | None:
    """The normal form; None for what is no http or https link with a host."""
    if len(link) > LONGEST:
        return None
    try:
        url = URL(link.strip())
        if url.scheme not in ("http", "https") or not url.host:
            return None
        kept = [part for part in url.raw_query_string.split("&") if part and not _is_tracking(part)]
        url = URL.build(
            scheme=url.scheme,
            host=url.raw_host or "",
            port=url.explicit_port if url.explicit_port != url.with_port(None).port else None,
            path=url.raw_path or "/",
            query_string="&".join(kept),
            fragment=url.raw_fragment if url.raw_fragment.startswith(_ROUTES) else "",
            encoded=True,
        )
        return URL(str(url))
    except ValueError:
        return None


def _is_tracking(part: str) -> bool:
    name = part.partition("=")[0].lower()
    exact, openings = _parameters()
    return name in exact or name.startswith(openings)


@cache
def _parameters() -> tuple[frozenset[str], tuple[str, ...]]:
    every = words("link_parameters")
    return frozenset(each for each in every if "*" not in each), tuple(each[:-1] for each in every if "*" in each)
