"""Items of feeds are told apart by their names, and carry what their page may not state."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ingest import clean_work, entries, feed_files, works_of
from ingest.entries import Item, items_of
from ingest.errors import IngestError
from ingest.feeds import Entry, Feed
from ingest.worker import Work
from store.model import Article

URL = "https://norrvik.example/feed"
WHEN = datetime(2025, 6, 2, 10, tzinfo=UTC)
TEXT = "".join(f"<p>Paragraph {n} tells that the old bridge of the town was closed on Monday.</p>" for n in range(9))
ENTRY = Entry(guid="7", link="https://norrvik.example/a", title="A bridge", published=WHEN, content=TEXT, full=True)


def items(*found: Entry, title: str = "Norrvik Courier") -> list[Item]:
    """The items of a feed with these entries."""
    return items_of(Feed(title=title, site="https://norrvik.example/", entries=found), URL, 3)


def same(one: Entry, other: Entry) -> bool:
    """Whether the second poll takes an item for one of the first."""
    return bool(set(items(one)[0].keys) & set(items(other)[0].keys))


@pytest.mark.parametrize(
    ("changed", "known"),
    [
        ({"guid": "other"}, True),
        ({"link": "https://norrvik.example/moved"}, True),
        ({"link": "http://NORRVIK.example/a/?utm_source=x&fbclid=y#top", "guid": "8"}, True),
        ({"link": "https://norrvik.example/a?id=2", "guid": "8", "title": "B"}, False),
        ({"guid": "8", "link": "https://norrvik.example/x1"}, True),  # the same title and date
        ({"guid": "8", "link": "https://norrvik.example/x1", "title": "B"}, False),
    ],
)
def test_an_item_is_known_by_each_of_its_names(changed: dict[str, str], known: bool) -> None:
    """A feed that changes guids or links does not bring its articles again."""
    assert same(ENTRY, replace(ENTRY, **changed)) is known  # type: ignore[arg-type]


def test_a_name_that_many_share_is_none() -> None:
    """Items that all carry the site's address as guid, or as link, are still different items."""
    three = [replace(ENTRY, guid="https://norrvik.example/", link=f"{URL}/{n}", title=f"{n}") for n in range(3)]
    assert len(items(*three)) == 3
    assert len({key for each in items(*three) for key in each.keys}) == 6
    three = [replace(ENTRY, guid=str(n), link="https://norrvik.example/", title=f"{n}") for n in range(3)]
    assert len({key for each in items(*three) for key in each.keys}) == 6


def test_an_item_that_is_printed_twice_comes_once() -> None:
    """Duplicates in one feed are one item; what has neither link nor text is none."""
    assert len(items(ENTRY, ENTRY, replace(ENTRY, guid="9"))) == 1
    assert items(Entry(guid="1", title="x"), Entry()) == []


def test_an_item_goes_through_a_load_unchanged() -> None:
    """What a load keeps of an item is the item, whatever is in it."""
    odd = replace(ENTRY, title="é \ud800 👩\u200d👧", authors=("Ana Ruiz",), published=None, link=None)
    for entry in (ENTRY, odd, replace(ENTRY, content="", full=False)):
        item = items(entry)[0] if entry.link or entry.full else Item(entry)
        assert Item.of(item.work().content) == item


def test_teasers_are_not_kept() -> None:
    """A description that is no article takes no room in a load."""
    assert Item.of(items(replace(ENTRY, full=False))[0].work().content).entry.content == ""


def test_the_article_in_a_feed() -> None:
    """The feed's own text is cleaned as a page is, with what the feed states of it."""
    article = clean_work(items(replace(ENTRY, authors=("Ana Ruiz",)))[0].work())
    assert (article.headline, article.outlet, article.authors) == ("A bridge", "Norrvik Courier", ("Ana Ruiz",))
    assert (article.published, article.url, article.source) == (WHEN, ENTRY.link, URL)
    assert article.body.count("\n\n") == 8
    assert "<" not in article.body


def test_plain_text_in_a_feed() -> None:
    """JSON feeds may have text without markup."""
    content = "\n\n".join(f"Paragraph {n} tells that the old bridge was closed on Monday." for n in range(9))
    assert clean_work(items(replace(ENTRY, content=content))[0].work()).body == content


def test_hostile_markup_in_a_feed() -> None:
    """Neither titles nor bodies can put their markup anywhere."""
    bad = "<script>alert(1)</script><style>x{}</style></article></body><h1>Other</h1>"
    article = clean_work(items(replace(ENTRY, title="<b>x</b>&lt;", content=bad + TEXT))[0].work())
    assert article.headline == "<b>x</b>&lt;"
    assert "alert" not in article.body


def test_nothing_in_the_feed() -> None:
    """An item without a text of its own is one plain sentence."""
    with pytest.raises(IngestError, match="no full text"):
        clean_work(items(replace(ENTRY, full=False))[0].work())


def test_the_outlet_is_the_feeds_only_on_its_own_site() -> None:
    """Who collects other sites' articles did not print them."""
    assert items(ENTRY)[0].outlet == "Norrvik Courier"
    assert items(replace(ENTRY, link="https://www.norrvik.example/a"))[0].outlet == "Norrvik Courier"
    assert items(replace(ENTRY, link="https://elsewhere.example/a"), title="Finds")[0].outlet is None


def test_a_page_outranks_its_feed() -> None:
    """What the page states stays; only gaps are filled."""
    page = Article(headline="Bridge", body="x", outlet="The Page", authors=("Joel Adler",), url="https://a.example/")
    done = entries.completed(page, items(replace(ENTRY, authors=("Ana Ruiz",)))[0])
    assert (done.outlet, done.authors, done.published, done.url) == ("The Page", ("Joel Adler",), WHEN, page.url)


def test_a_page_that_shows_a_beginning_only() -> None:
    """The feed's text is preferred where it has more than twice the words."""
    item = items(ENTRY)[0]
    assert entries.is_richer(item, Article(headline="x", body="A beginning of the article."))
    assert not entries.is_richer(item, Article(headline="x", body="word " * 80))
    assert not entries.is_richer(items(replace(ENTRY, full=False))[0], Article(headline="x", body="A"))


def test_a_feed_as_a_file() -> None:
    """Each item is an article of its own; what is older than the newest hundred is told of."""
    rows = "".join(f"<item><title>{n}</title><link>https://a.example/{n}</link></item>" for n in range(120))
    works = list(works_of("feed.xml", f"<rss><channel>{rows}</channel></rss>".encode(), source="x"))
    assert len(works) == feed_files.MOST_OF_A_FEED + 1
    assert all(isinstance(work, Work) and work.kind == "entry" for _, work in works[:-1])
    assert str(works[-1][1]) == "20 older items of the feed are left out"


def test_a_list_as_a_file() -> None:
    """Each feed of a list is still to be fetched."""
    content = b'<opml><body><outline text="A" xmlUrl="https://a.example/f"/></body></opml>'
    ((name, work),) = works_of("feeds.opml", content, source="x")
    assert isinstance(work, Work)
    assert (name, work.kind, work.url) == ("A", "feed", "https://a.example/f")


@pytest.mark.parametrize(
    "content", [b"<rss><channel></channel></rss>", b"<opml/>", b'{"version": "https://jsonfeed.org/version/1"}']
)
def test_a_feed_without_articles(content: bytes) -> None:
    """It is one plain sentence, as any file without an article is."""
    ((_, why),) = works_of("feed.xml", content, source="x")
    assert isinstance(why, IngestError)


def test_a_pasted_page() -> None:
    """Who pastes the source of a page means its article; what only begins with a sign is a text."""
    page = f"\n<!DOCTYPE html><html><head><title>Bridge</title></head><body><h1>Bridge</h1>{TEXT}</body></html>"
    article = clean_work(Work(kind="text", content=page.encode(), source="pasted by 7"))
    assert (article.headline, article.source, "<" in article.body) == ("Bridge", "pasted by 7", False)
    text = "<b>Bridge</b>\n\nThe bridge was closed on Monday, the council said."
    assert clean_work(Work(kind="text", content=text.encode())).headline == "<b>Bridge</b>"
