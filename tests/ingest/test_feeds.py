"""Feeds of every kind become the same items, broken ones as far as they can be read, hostile ones without harm."""

from __future__ import annotations

import contextlib
import json
import time
from datetime import UTC, datetime, timedelta
from urllib.request import OpenerDirector

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import feeds
from ingest.errors import IngestError
from ingest.feeds import Entry, Feed, kind_of

URL = "https://norrvik.example/news/feed"
CONTENT = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
TEXT = "<p>The bridge was closed on Monday.</p> " * 20


def rss(*items: str, head: str = "", encoding: str = "utf-8") -> str:
    """An RSS feed with these items."""
    opening = f'<?xml version="1.0" encoding="{encoding}"?><rss version="2.0" {CONTENT}><channel>'
    return f"{opening}<title>Norrvik Courier</title><link>/</link>{head}{''.join(items)}</channel></rss>"


def item(**fields: str) -> str:
    """One item of it."""
    return "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in fields.items()) + "</item>"


def atom(*entries: str) -> str:
    """An Atom feed."""
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Norrvik</title>{"".join(entries)}</feed>'


def read(feed: str | bytes, **more: str) -> Feed:
    """The feed as found at its address."""
    return feeds.read(feed.encode() if isinstance(feed, str) else feed, url=URL, **more)


def only(feed: str | bytes, **more: str) -> Entry:
    """The one item of a feed."""
    (found,) = read(feed, **more).entries
    return found


def test_rss() -> None:
    """Title, link, date in its own zone, author and content, with what the feed says of itself."""
    given = item(title="A bridge", link="/a", guid="7", pubDate="Mon, 02 Jun 2025 10:00:00 EST")
    given = given.replace("</item>", f"<dc:creator>By Ana Ruiz and Joel Adler</dc:creator>"
                          f"<content:encoded><![CDATA[{TEXT}]]></content:encoded></item>")  # fmt: skip
    feed = read(rss(given, head="<ttl>90</ttl><language>en-GB</language>"))
    assert (feed.title, feed.site, feed.pace) == ("Norrvik Courier", "https://norrvik.example/", 5400)
    entry = feed.entries[0]
    assert (entry.guid[-1], entry.link, entry.title) == ("7", "https://norrvik.example/a", "A bridge")
    assert entry.published == datetime(2025, 6, 2, 15, tzinfo=UTC)
    assert entry.published.day == 2
    assert (entry.authors, entry.full) == (("Ana Ruiz", "Joel Adler"), True)
    assert "closed on Monday" in entry.content


def test_atom() -> None:
    """The link to the article is the one that is no other kind; XHTML content comes as HTML."""
    entry = only(atom(
        '<entry><id>tag:x</id><title type="html">A &lt;i&gt;bridge&lt;/i&gt;</title><link rel="self" href="/self"/>'
        '<link rel="alternate" href="a"/><updated>2025-06-02T01:00:00+02:00</updated><author><name>Ana Ruiz</name>'
        f'</author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{TEXT}</div></content></entry>'
    ))  # fmt: skip
    assert (entry.guid, entry.link, entry.title) == ("tag:x", "https://norrvik.example/news/a", "A bridge")
    assert entry.published
    assert entry.published.isoformat() == "2025-06-02T01:00:00+02:00"
    assert (entry.authors, entry.full, "<p>" in entry.content) == (("Ana Ruiz",), True, True)


def test_rdf() -> None:
    """RSS 1.0 keeps its items beside its channel."""
    about = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    entry = '<item rdf:about="https://a.example/1"><title>One</title><link>https://a.example/1</link></item>'
    assert only(f"<rdf:RDF {about}><channel><title>R</title></channel>{entry}</rdf:RDF>").title == "One"


@pytest.mark.parametrize("version", ["https://jsonfeed.org/version/1", "https:\\/\\/jsonfeed.org\\/version\\/1.1"])
def test_json_feed(version: str) -> None:
    """Both versions, with numbers for ids and authors told in either way; odd items are passed over."""
    rows = [
        {"id": 5, "url": "/a", "title": "A", "content_html": TEXT, "authors": [{"name": "Ana Ruiz"}, 7]},
        {"id": "6", "external_url": "https://b.example/b", "content_text": "x", "date_published": "2025-06-02"},
        "no item",
        {"id": None, "url": 7, "author": "nobody"},
    ]
    document = '{"version": "' + version + '", "title": "J", "items": ' + json.dumps(rows) + "}"
    feed = read(document)
    first, second, third = feed.entries
    assert (first.guid, first.link, first.full) == ("5", "https://norrvik.example/a", True)
    assert first.authors == ("Ana Ruiz",)
    assert (second.link, second.published) == ("https://b.example/b", datetime(2025, 6, 2, tzinfo=UTC))
    assert third == Entry(language="")


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ('{"version": "https://jsonfeed.org/version/1", "items": 5}', "no list of items"),
        ('{"version": "https://jsonfeed.org/version/1", "items": [', "not JSON"),
        ('{"version": "https://jsonfeed.org/version/1", "items": ' + "[" * 100_000, "not JSON"),
        ("", "empty"),
        (" \n ", "empty"),
        ("<!doctype html><html><body>x</body></html>", "web page"),
        ("<opml><body/></opml>", "list of feeds"),
        ("Dear reader, no feed today.", "not a feed"),
        ('{"items": []}', "not a feed"),
        ('<?xml version="1.0"?><urlset><url><loc>https://a.example</loc></url></urlset>', "not a feed"),
        ("\x00\x01\x02" * 50, "not a feed"),
    ],
)
def test_what_is_no_feed(document: str, said: str) -> None:
    """Each is refused in one plain sentence that says what it is."""
    with pytest.raises(IngestError, match=said) as error:
        read(document)
    assert str(error.value).endswith(".")


def test_half_characters() -> None:
    """JSON can name halves of characters, which no store keeps: they are left out, or the link is."""
    row = '{"id": "\\ud800", "url": "https://a.example/\\ud800", "title": "a\\ud800b", "content_text": "\\ud800"}'
    feed = read('{"version": "https://jsonfeed.org/version/1", "home_page_url": "/\\udfff", "items": [' + row + "]}")
    assert (feed.site, feed.entries[0].link, feed.entries[0].title) == (None, None, "ab")


def test_an_empty_feed_is_a_feed() -> None:
    """A feed without items is no error: tomorrow it may have some."""
    assert read(rss()).entries == ()
    assert read('<rss version="2.0"><channel></channel></rss>').title == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252", "koi8-r", "shift_jis"])
def test_encodings(encoding: str) -> None:
    """A feed says in which encoding it is."""
    title = {"koi8-r": "Мост закрыт", "shift_jis": "橋は閉鎖"}.get(encoding, "Café fermé")
    assert only(rss(item(title=title, link="/a"), encoding=encoding).encode(encoding)).title == title


def test_wrong_encodings() -> None:
    """What is declared wrongly is read by what the server names, or by what it is."""
    latin = rss(item(title="Café fermé", link="/a"), encoding="utf-8").encode("latin-1")
    assert only(latin).title == "Café fermé"
    served = rss(item(title="Café fermé", link="/a"), encoding="iso-8859-1").encode()
    assert only(served, media_type="application/rss+xml", charset="utf-8").title == "Café fermé"
    assert len(read(rss(item(title="x", link="/a"), encoding="no-such-thing")).entries) == 1


@pytest.mark.parametrize(
    ("stated", "moment"),
    [
        ("Mon, 02 Jun 2025 10:00:00 GMT", "2025-06-02T10:00:00+00:00"),
        ("Mon, 02 Jun 2025 10:00:00 +0530", "2025-06-02T10:00:00+05:30"),
        ("Mon, 2 Jun 2025 10:00:00 PDT", "2025-06-02T10:00:00-07:00"),
        ("2 Jun 2025 10:00", "2025-06-02T10:00:00+00:00"),
        ("2025-06-02T10:00:00Z", "2025-06-02T10:00:00+00:00"),
        ("2025-06-02 10:00:00", "2025-06-02T10:00:00+00:00"),
        ("2025-06-02", "2025-06-02T00:00:00+00:00"),
        ("June 2, 2025", "2025-06-02T00:00:00+00:00"),
        ("Mon, 02 Jun 2025 25:61:00 GMT", "2025-06-02T00:00:00+00:00"),
    ],
)
def test_dates(stated: str, moment: str) -> None:
    """Dates as feeds write them keep their zone; without one they are in UTC."""
    found = feeds.moment(stated)
    assert found
    assert found.isoformat() == moment


@pytest.mark.parametrize(
    "stated", ["", "yesterday", "Thu, 01 Jan 1970 00:00:00 GMT", "0001-01-01", "9999-12-31T23:59:59-12:00", "1e9"]
)
def test_no_date_is_better_than_a_wrong_one(stated: str) -> None:
    """What cannot be read, or cannot be, is no date."""
    assert feeds.moment(stated) is None


def test_dates_ahead() -> None:
    """A clock that is some hours wrong is believed, a date in next year is not."""
    now = datetime(2025, 6, 2, tzinfo=UTC)
    for hours, believed in ((20, True), (48, False)):
        stated = (now + timedelta(hours=hours)).isoformat()
        assert (feeds.moment(stated, now=now) is not None) is believed


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("A &lt;b&gt;bold&lt;/b&gt; bridge", "A bold bridge"),
        ("<![CDATA[Tom &amp; Jerry&#8217;s]]>", "Tom & Jerry’s"),
        ("AT&amp;amp;T", "AT&T"),
        ("5 &lt; 6", "5 < 6"),
        ("<![CDATA[<img src=x onerror=alert(1)>Bridge]]>", "Bridge"),
        ("  two\n lines ", "two lines"),
        ("caf\u00e9 \u202e&#0;", "café \u202e"),
    ],
)
def test_titles(printed: str, title: str) -> None:
    """A title is words on one line, whatever markup stands in it."""
    assert only(rss(item(title=printed, link="/a"))).title.startswith(title.strip())


@pytest.mark.parametrize(
    ("fields", "link"),
    [
        ({"link": "https://a.example/x?a=1&amp;b=2"}, "https://a.example/x?a=1&b=2"),
        ({"link": "//a.example/x"}, "https://a.example/x"),
        ({"link": "../x"}, "https://norrvik.example/x"),
        ({"link": " https://a.example/x \n"}, "https://a.example/x"),
        ({"guid": "https://a.example/x"}, "https://a.example/x"),
        ({"link": "javascript:alert(1)"}, None),
        ({"link": "http://[::1"}, None),
        ({"link": "https://" + "a" * 5_000}, None),
        ({"title": "x"}, None),
    ],
)
def test_links(fields: dict[str, str], link: str | None) -> None:
    """Relative links are made whole; what no browser would open is no link."""
    assert only(rss(item(**fields))).link == link


@pytest.mark.parametrize(
    ("content", "full"),
    [
        (TEXT, True),
        ("<p>Too short.</p>", False),
        (TEXT + "<p>Read more</p>", False),
        (TEXT + " […]", False),
        (TEXT + '<a href="x">Continue reading A bridge</a>', False),
        (TEXT + "The post A bridge appeared first on Norrvik.", False),
    ],
)
def test_teasers_are_no_articles(content: str, full: bool) -> None:
    """Only what is the whole article may stand in for its page."""
    document = rss(item(title="x", link="/a", **{"content:encoded": f"<![CDATA[{content}]]>"}))
    assert only(document).full is full


def test_newest_first() -> None:
    """Feeds that date their items are in that order, whatever order they are printed in; others in their own."""
    dated = [item(title=str(day), link=f"/{day}", pubDate=f"{day} Jun 2025 10:00 GMT") for day in (2, 3, 1)]
    assert [each.title for each in read(rss(*dated)).entries] == ["3", "2", "1"]
    bare = [item(title=str(day), link=f"/{day}") for day in (2, 3, 1)]
    assert [each.title for each in read(rss(*bare)).entries] == ["2", "3", "1"]


@pytest.mark.parametrize(
    "broken",
    [
        "\n<br /><b>Warning</b>: something on line 2\n{}",
        "{}trailing words",
        "<!-- a comment -->{}",
        '<!DOCTYPE rss [<!ENTITY x "y">]>{}',
    ],
)
def test_malformed_feeds(broken: str) -> None:
    """What stands before or after a feed does not hide it."""
    whole = rss(item(title="Bridge", link="/a")).partition("?>")[2]
    assert only(broken.format(whole)).title == "Bridge"


def test_what_browsers_would_never_take() -> None:
    """Bare ampersands, unknown entities, control characters, open tags and a cut-off end cost one item at most."""
    bad = item(title="Tom & Jerry &nosuch; \x03", link="/a?x&y", description="<p>open <b>tags")
    feed = read(rss(bad, item(title="Next", link="/b"), item(title="Last", link="/c"))[:-60])
    assert [each.title for each in feed.entries][:2] == ["Tom & Jerry &nosuch;", "Next"]


BOMB = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{}]>'.format(
    "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9))
)


def test_entities_are_not_followed() -> None:
    """Neither files of the machine nor billions of letters come out of entities."""
    began = time.monotonic()
    for head in (BOMB, '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>'):
        document = (
            head + "<rss><channel><item><title>a&j;b</title><link>https://a.example/</link></item></channel></rss>"
        )
        try:
            titles = [each.title for each in read(document).entries]
        except IngestError:
            continue
        assert all("root" not in title and len(title) < 50 for title in titles)
    assert time.monotonic() - began < 10


def test_nothing_is_fetched_while_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """The parser is handed bytes, so that bytes which look like an address or a path are no more than that."""
    monkeypatch.setattr(OpenerDirector, "open", lambda *_: pytest.fail("a connection was opened"))
    for document in (b"http://127.0.0.1/feed", b"/etc/passwd", b"file:///etc/passwd"):
        with pytest.raises(IngestError):
            feeds.read(document)
    read('<?xml version="1.0"?><!DOCTYPE rss SYSTEM "http://127.0.0.1/x.dtd">' + rss(item(title="x", link="/a"))[38:])


def test_too_many_parts() -> None:
    """What would keep the parser busy for minutes is refused before it is parsed."""
    with pytest.raises(IngestError, match="too many parts"):
        read("<rss><channel>" + "<a>" * 500_000)


def test_ten_thousand_items() -> None:
    """The largest feed that is fetched is read within seconds."""
    items = [f"<item><title>Story {n}</title><link>/s/{n}</link></item>" for n in range(10_000)]
    began = time.monotonic()
    assert len(read(rss(*items)).entries) == 10_000
    assert time.monotonic() - began < 20


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: rss(text).encode()))
def test_nothing_breaks_the_reader(content: bytes) -> None:
    """Any bytes are a feed or one plain sentence."""
    with contextlib.suppress(IngestError):
        assert isinstance(feeds.read(content, url=URL), Feed)


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        ("<rss", "feed"),
        ("\ufeff<?xml version='1.0'?>\n<!-- x --><feed", "feed"),
        ("<atom:feed", "feed"),
        ("<rdf:RDF", "feed"),
        ("<opml", "opml"),
        ("<!DOCTYPE html><html", "html"),
        ("<HTML>", "html"),
        ("<svg", None),
        ("A tutorial: write <rss> first.", "feed"),
        ("A tutorial that is long enough. " * 60 + "<rss>", None),
        ("plain words", None),
    ],
)
def test_kinds(start: str, kind: str | None) -> None:
    """A feed is known by its first element, or by one near the start that only feeds have."""
    assert kind_of((start + " >").encode()) == kind


@pytest.mark.parametrize("field", ["title", "description"])
def test_tags_that_nothing_closes(field: str) -> None:
    """Very many beginnings of tags, which a feed may write as entities, take no time to speak of."""
    began = time.thread_time()
    entry = only(rss(item(link="/a", **{field: "&lt;a" * 120_000})))
    assert entry.link == "https://norrvik.example/a"
    assert time.thread_time() - began < 5


@pytest.mark.parametrize("opening", ["<!--", "<?", "<!DOCTYPE["])
def test_a_beginning_that_never_ends(opening: str) -> None:
    """What something is can be told at once, however often its beginning opens what nothing closes."""
    began = time.thread_time()
    assert kind_of(opening.encode() * 5_000) is None
    assert time.thread_time() - began < 0.2
