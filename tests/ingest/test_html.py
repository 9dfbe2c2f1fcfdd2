"""Web pages: what is printed is kept, what is stated becomes metadata, and no page can break more than itself."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta, timezone

import pytest

from ingest import IngestError, clean_html
from store.model import Article

FIRST = (
    "The council voted on Tuesday night to close the two bridges until the spring, after a survey found rust in both."
)
SAID = (
    "“Nobody wanted this,” said Ines Calder, who chairs it. “But the steel does not wait for us, and neither will I.”"
)
LAST = "Two ferries will run every ten minutes from Monday, and the old toll road opens to lorries for the first time."
BODY = f"{FIRST}\n\n{SAID}\n\n{LAST}"
LINK = "https://www.courier.example/2021/05/04/bridges"


def page(
    head: str = "", before: str = "", between: str = "", after: str = "", heading: str = "Council shuts bridges"
) -> str:
    """A page with an article of three paragraphs."""
    story = f"<h1>{heading}</h1>{before}<p>{FIRST}</p><p>{SAID}</p>{between}<p>{LAST}</p>"
    return (
        f"<html><head>{head}</head><body><nav><a href='/'>Home</a></nav><article>{story}</article>{after}</body></html>"
    )


def linked(**facts: object) -> str:
    """A script of data for programs."""
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **facts})}</script>'


def clean(html: str, url: str | None = LINK) -> Article:
    """The article, with the body that all pages here have."""
    article = clean_html(html, url=url, source="test")
    assert article.body == BODY
    assert article.headline == "Council shuts bridges"
    return article


def test_page_that_states_nothing() -> None:
    """Without a link nothing but headline and text is known, and nothing is made up."""
    article = clean(page(), url=None)
    assert article == Article(headline="Council shuts bridges", body=BODY, source="test")


@pytest.mark.parametrize(
    "html",
    [
        page(linked(author={"@type": "Person", "name": "Ana Ruiz"})),
        page(linked(author=[{"name": "Ana Ruiz"}])),
        page(linked(author="By Ana Ruiz")),
        page(f"<!-- x -->{linked(author={'@id': '#a'})}" + linked(**{"@graph": [{"@id": "#a", "name": "Ana Ruiz"}]})),
        page('<meta name="author" content="Ana Ruiz">'),
        page('<meta property="article:author" content="https://x.example/ana"><meta name="author" content="Ana Ruiz">'),
        page('<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ana Ruiz">'),
        page(before='<p class="byline">By <a href="/ana">Ana Ruiz</a> in Leeds</p>'),
        page(before='<div><a rel="author" href="/ana">Ana Ruiz</a></div>'),
        page(before='<span itemprop="author"><span itemprop="name">Ana Ruiz</span><i>Reporter</i></span>'),
        page(before="<div><span>By</span><span>Ana Ruiz</span></div>"),
        page(before="<div>Written by <b>Ana Ruiz</b></div>"),
        page(before="<div><b>Ana Ruiz</b> <i>4 May 2021</i></div>"),
    ],
)
def test_authors(html: str) -> None:
    """The byline is found in data, in marks and in what is printed under the headline."""
    assert clean(html).authors == ("Ana Ruiz",)


@pytest.mark.parametrize(
    "html",
    [
        page('<meta name="author" content="admin">'),
        page('<meta name="author" content="https://x.example/ana">'),
        page(after='<aside class="related"><span class="byline">By Piotr Nowak</span></aside>'),
        page(after='<div class="comments"><span class="author-name">Piotr Nowak</span></div>'),
        page(linked(author={"@type": "Person", "name": ""})),
        page(linked(author=None)),
    ],
)
def test_nobody(html: str) -> None:
    """Log-in names, links and the names in comments and other articles are no authors."""
    assert clean(html).authors == ()


def test_several_authors() -> None:
    """Names that are printed in one byline are several authors."""
    article = clean(page(before='<p class="byline">By Ana Ruiz, Piotr Nowak and Mette Solheim</p>'))
    assert article.authors == ("Ana Ruiz", "Piotr Nowak", "Mette Solheim")


EAST = timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    ("html", "published"),
    [
        (page(linked(datePublished="2021-05-04T01:22:00+02:00")), datetime(2021, 5, 4, 1, 22, tzinfo=EAST)),
        (page('<meta property="article:published_time" content="2021-05-04">'), datetime(2021, 5, 4, tzinfo=UTC)),
        (page(before='<time datetime="2021-05-04T10:22:00Z">x</time>'), datetime(2021, 5, 4, 10, 22, tzinfo=UTC)),
        (page(before="<div>Published 4 May 2021</div>"), datetime(2021, 5, 4, tzinfo=UTC)),
        (page(before="<i>Updated May 6, 2021</i><i>May 4, 2021</i>"), datetime(2021, 5, 4, tzinfo=UTC)),
        (page(linked(datePublished="soon")), datetime(2021, 5, 4, tzinfo=UTC)),
    ],
)
def test_dates(html: str, published: datetime) -> None:
    """The date is the stated one, in the stated zone; the link's own date comes last."""
    assert clean(html).published == published


def test_a_date_that_could_be_two_is_none() -> None:
    """Day and month in numbers alone are not guessed."""
    assert clean(page(before="<div>04/05/2021</div>"), url=None).published is None


def test_outlet_link_and_language() -> None:
    """The site's name, the canonical link and the language are taken as stated; a bare host serves as a name."""
    head = '<meta property="og:site_name" content="The Courier"><link rel="canonical" href="/bridges">'
    article = clean(page(head).replace("<html>", '<html lang="en-GB">'))
    assert (article.outlet, article.url, article.language) == (
        "The Courier",
        "https://www.courier.example/bridges",
        "en",
    )
    assert clean(page(linked(publisher={"name": "Courier Ltd"}))).outlet == "Courier Ltd"
    assert clean(page()).outlet == "courier.example"


@pytest.mark.parametrize(
    "link", ["https://other.example/a", "javascript:alert(1)", "http://[::1", "", "mailto:a@b.example"]
)
def test_a_page_cannot_pose_as_another_site(link: str) -> None:
    """A canonical link to another site is not believed, or a page could replace another outlet's article."""
    assert clean(page(f'<link rel="canonical" href="{link}">')).url == LINK


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("Council shuts bridges | The Courier", "Council shuts bridges"),
        ("Bridges closed: what you must know - The Courier", "Council shuts bridges"),
    ],
)
def test_the_printed_heading_is_the_headline(title: str, heading: str) -> None:
    """Search-engine titles and site names are not what the article is called."""
    assert clean(page(f"<title>{title}</title>", heading=heading)).headline == heading


def test_title_without_a_heading() -> None:
    """Where no heading is printed, the title without the site's name is the headline."""
    html = page('<title>Council shuts bridges | Courier</title><meta property="og:site_name" content="Courier">')
    assert clean_html(html.replace("h1>", "b>")).headline == "Council shuts bridges"


@pytest.mark.parametrize(
    "figure",
    [
        "<figure><img src='a.jpg'><figcaption>The east bridge in March.</figcaption></figure>",
        "<figcaption>The east bridge in March. <span class='credit'>Photograph: Ana Ruiz</span></figcaption>",
        "<div class='wp-caption'><p>The east bridge in March. Photograph: Ana Ruiz/Agency</p></div>",
        "<div class='caption'>The east bridge in March.</div><div class='caption'>The east bridge in March.</div>",
    ],
)
def test_captions_stand_apart(figure: str) -> None:
    """A caption is kept once, without its credit, and is no paragraph of the body."""
    assert clean(page(between=figure)).captions == ("The east bridge in March.",)


def test_subheadings_are_known() -> None:
    """A heading within the article stays in its place and is told apart."""
    article = clean_html(page(between="<h2>What happens now</h2>"))
    assert article.body.split("\n\n") == [FIRST, SAID, "What happens now", LAST]
    assert article.subheadings == ("What happens now",)


def test_charsets() -> None:
    """A page's bytes are read as it declares them, and as UTF-8 where they are."""
    html = page('<meta charset="windows-1252">')
    assert clean_html(html.encode("cp1252")).body == BODY
    assert clean_html(html.encode()).body == BODY
    assert clean_html(page().encode("utf-16")).body == BODY


@pytest.mark.parametrize(
    "html",
    [
        "",
        " ",
        "<",
        "<html>",
        "no markup at all",
        "<html><body><script>x</script></body></html>",
        "\0",
        "<!DOCTYPE html>",
    ],
)
def test_no_article(html: str) -> None:
    """Pages without an article are refused in one plain sentence."""
    with pytest.raises(IngestError, match=r"^There is no article on this page\.$"):
        clean_html(html)


ENTITIES = (
    '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 200_000 + FIRST,
        page(between="<b>" * 50_000 + "deep" + "</b>" * 50_000),
        page(between="<table><tr><td>" * 3_000 + "deep"),
        page(between="<ul><li>" * 3_000 + "deep"),
        page(between="<blockquote>" * 3_000 + "deep"),
        page("<meta name='author' content='" + "a, " * 300_000 + "'>"),
        page(f'<script type="application/ld+json">{"[" * 100_000}</script>'),
        page(f'<script type="application/ld+json">{"{" + chr(34) + "@graph" + chr(34) + ":[" * 900}</script>'),
        page(between="<a href='x'>x</a> " * 60_000),
        page(between="<p>" + "a" * 4_000_000),
        page(between="<p class='caption'>" * 20_000),
        ENTITIES + page(between="<p>&c;&c;&c;</p>"),
        page(between='<iframe src="file:///etc/passwd"></iframe>'),
        "<?xml version='1.0'?>" + ENTITIES + page(),
    ],
    ids=lambda html: html[:20] + html[-20:],
)
def test_hostile_pages(html: str) -> None:
    """Nesting, floods and entities cost neither the process nor much time."""
    begun = time.monotonic()
    try:
        clean_html(html)
    except IngestError as error:
        assert str(error) == "There is no article on this page."  # noqa: PT017
    assert time.monotonic() - begun < 30


RUST = "the bearings of the east bridge had rusted through, and that nobody at the town hall had wanted to hear of it"
PROSE = [f"In {year} the {name} engineer wrote that {RUST}." for year, name in enumerate(("old", "new", "next"), 2015)]


def test_paragraphs_that_only_the_data_vouch_for() -> None:
    """Where the extractor drops paragraphs that the page's own data have, they are taken from the page."""
    story = "".join(f"<div>{line}</div>" for line in PROSE)
    head = linked(articleBody=" ".join(PROSE))
    body = f"<h1>Rust</h1><article><p>{LAST}</p><div id='comments-1'>{story}</div></article>"
    article = clean_html(f"<html><head>{head}</head><body>{body}</body></html>")
    assert article.body.split("\n\n") == PROSE


def test_stated_text_that_the_page_does_not_print_is_not_used() -> None:
    """The data never put words into an article that its page does not show."""
    article = clean(page(linked(articleBody=" ".join(PROSE))))
    assert "rail" not in article.body


def test_page_whose_extraction_is_a_scrap() -> None:
    """Where next to nothing is found on a page that is full of prose, its prose is the article."""
    long = [line.replace("rusted", word) for line in PROSE for word in ("rusted", "cracked", "split", "worn")]
    story = "".join(f"<div>{line}</div>" for line in long)
    menu = "".join(f"<div><a href='/{n}'>Section {n}</a></div>" for n in range(10))
    article = clean_html(
        f"<html><body>{menu}<h1>Rust in the east bridge</h1><div id='comments'>{story}</div></body></html>"
    )
    assert article.body.split("\n\n") == long
