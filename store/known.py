"""Decides whether an article is known: by its link, else by its words, where no other outlet prints the same."""

from __future__ import annotations

import json
from dataclasses import dataclass
from sqlite3 import Row

from analysis.links import link_key, site
from analysis.sketches import shared
from analysis.words import key
from store import times
from store.connections import Connection
from store.model import Article
from store.prepared import Prepared

SAME_PAGE = 0.5  # of the paragraphs; a page that once printed an article's words and now less of them is another one

NEWEST = """
    SELECT versions.*, {own} AS own, COALESCE(versions.outlet, found.outlet) AS known_outlet,
        COALESCE(versions.url, found.url) AS known_url
    FROM versions LEFT JOIN links AS found ON found.link_key = (
        SELECT link_key FROM links WHERE links.article_id = versions.article_id ORDER BY own DESC, loaded_at LIMIT 1)
"""


@dataclass(frozen=True, slots=True)
class Known:
    """The newest version of a known article, whether it has the same words, and whether to note where it was found."""

    version: Row
    same: bool
    noted: bool


def known(db: Connection, new: Prepared) -> Known | None:
    """The article that this is, None for one that is new."""
    found = _by_link(db, new)
    if found is not None:
        return found
    asked = f"""{NEWEST.format(own=1)} WHERE newest = 1 AND (words_hash = :words OR text_hash = :text)
        ORDER BY versions.article_id"""
    rows = db.execute(asked, {"words": new.words_hash, "text": new.text_hash}).fetchall()
    same = next((row for row in rows if not _is_of_another(row, new.article)), None)
    return None if same is None else Known(same, same=True, noted=_tells_more(same, new.article))


def _by_link(db: Connection, new: Prepared) -> Known | None:
    """By a link under which it was found before.

    A link that once printed the words of another link's article is that article only while it prints most of them.
    """
    if new.article.url is None:
        return None
    asked = f"{NEWEST.format(own='links.own')} JOIN links USING (article_id) WHERE newest = 1 AND links.link_key = :key"
    row = db.execute(asked, {"key": link_key(new.article.url)}).fetchone()
    if row is None:
        return None
    same = new.text_hash == row["text_hash"] or new.words_hash == row["words_hash"]
    if not same and not row["own"] and shared(row["body"], new.article.body) < SAME_PAGE:
        return None
    return Known(row, same, noted=False)


def _is_of_another(row: Row, new: Article) -> bool:
    """Whether the same words are another outlet's copy: by the outlets, or the sites where they are not stated."""
    outlets = key(row["known_outlet"] or ""), key(new.outlet or "")
    if all(outlets):
        return outlets[0] != outlets[1]
    sites = site(row["known_url"]), site(new.url)
    return all(sites) and sites[0] != sites[1]


def _tells_more(row: Row, new: Article) -> bool:
    """Whether it was found under another link, or states what was not known."""
    if new.url is not None:
        return True
    return bool(new.outlet and not row["known_outlet"])


def note(db: Connection, article_id: int, new: Article, *, own: bool) -> None:
    """Keep where an article was found and what is stated there; ``own`` tells that it was loaded from there."""
    kept = """INSERT INTO links (link_key, article_id, own, url, outlet, authors, published, loaded_at)
        VALUES (:key, :article, :own, :url, :outlet, :authors, :published, :now)
        ON CONFLICT (link_key) DO UPDATE SET article_id = excluded.article_id, own = excluded.own,
            outlet = excluded.outlet, authors = excluded.authors, published = excluded.published"""
    values = {
        "key": link_key(new.url) if new.url else f"{article_id} {key(new.outlet or '')}",
        "article": article_id,
        "own": own,
        "url": new.url,
        "outlet": new.outlet,
        "authors": json.dumps(new.authors),
        "published": new.published.isoformat() if new.published else None,
        "now": times.now(),
    }
    db.execute(kept, values)
