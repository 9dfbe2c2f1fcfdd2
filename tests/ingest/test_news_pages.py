"""Shapes of news sites around the world: every paragraph as printed, in order, and nothing of what stands beside it."""

from __future__ import annotations

import json
import time

import pytest

from ingest import clean_html

HEADLINE = "Old pier to close for two years"
STORY = (
    "The harbour board said on Monday that it would close the old pier for two years, after divers found cracks.",
    "“We had hoped to keep the ferries running,” said Ellen Marsh, who chairs the board. “We have no choice.”",
    "About 4,000 people a day use the pier, most of them on their way to the islands, and many have no other way.",
    "“It is a disgrace,” said Tom Hale.",
    "The board first heard of the damage in 2019, according to minutes that were published only last week.",
    "Engineers had asked for £3m to mend the columns; the council offered a third, and the work was put off.",
    "Asked why nothing was done, a spokesman for the council said that money had been short in all departments.",
    "A temporary landing stage will open in May, but it takes only small boats and will be shut in high winds.",
)
STANDFIRST = "Island ferries lose their landing place after divers found damage that the board had known of for years"


def linked(**facts: object) -> str:
    """A script of data for programs."""
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **facts})}</script>'


def told(first: int = 0, last: int = len(STORY), form: str = "<p>{}</p>") -> str:
    """Paragraphs of the story in markup."""
    return "".join(form.format(words) for words in STORY[first:last])


def page(story: str, above: str = "", head: str = "", heading: str = f"<h1>{HEADLINE}</h1>", below: str = "") -> str:
    """A page of a news site around a story."""
    menu = "<header><nav><ul><li><a href='/a'>World</a></li><li><a href='/b'>Sport</a></li></ul></nav></header>"
    foot = "<footer><p>© 2024 The Courier. All rights reserved.</p></footer>"
    main = f"<main><article>{heading}{above}<div class='article-body'>{story}</div></article>{below}</main>"
    return f"<html><head>{head}</head><body>{menu}{main}{foot}</body></html>"


def body(html: str) -> list[str]:
    """The paragraphs that come out."""
    return clean_html(html).body.split("\n\n")


@pytest.mark.parametrize(
    ("piece", "shown"),
    [
        ("<time datetime='2024-03-04'>on Monday</time>", "on Monday"),
        ("<label>on Monday</label>", "on Monday"),
        ("<span class='author-mention'>Ellen Marsh</span>", "Ellen Marsh"),
        ("<span class='tags-inline social'>Ellen Marsh</span>", "Ellen Marsh"),
        ("<x-entity id=3>Ellen Marsh</x-entity>", "Ellen Marsh"),
        ("<span aria-hidden='true'>E</span>llen", "Ellen"),
        ("Ellen<button>Follow</button>", "Ellen"),
        ("Ellen<svg><title>External link</title></svg>", "Ellen"),
        ("Ellen<script>var a = 1;</script>", "Ellen"),
        ("<a href='/e'>Ellen<span class='visually-hidden'>, opens new tab</span></a>", "Ellen"),
        ("<ruby>港<rp>(</rp><rt>みなと</rt><rp>)</rp></ruby>", "港"),
        ("har&shy;bour", "har\u00adbour"),
        ("har<wbr>bour", "harbour"),
    ],
)
def test_pieces_within_a_sentence(piece: str, shown: str) -> None:
    """A sentence keeps every word that a reader sees in it, and gets none that he does not see; it comes once."""
    sentence = "The pier was closed by {} of the harbour board, as it told all of its staff in a letter."
    html = page(f"{told(0, 3)}<p>{sentence.format(piece)}</p>{told(3)}")
    assert body(html) == [*STORY[:3], sentence.format(shown), *STORY[3:]]


@pytest.mark.parametrize(
    "standfirst",
    [
        f"<div data-gu-name='standfirst'><p>{STANDFIRST}</p></div>",
        f"<h2 class='article-subheadline'>{STANDFIRST}</h2>",
        f"<p class='chapo'>{STANDFIRST}</p>",
        f"<div class='header-teaser'>{STANDFIRST}</div>",
        f"<div class='summary' itemprop='description'>{STANDFIRST}</div>",
        f"<div class='article-lead'><p>{STANDFIRST}</p></div>",
        f"<p class='css-1'>{STANDFIRST}</p><meta name='description' content='{STANDFIRST}'>",
    ],
)
def test_standfirst(standfirst: str) -> None:
    """What is printed between headline and first paragraph opens the body, once."""
    assert body(page(told(), f"<div class='head'>{standfirst}</div>")) == [STANDFIRST, *STORY]


@pytest.mark.parametrize(
    "above",
    [
        f"<div class='author-bio'><p class='summary'>{STANDFIRST}</p></div>",
        f"<aside><p class='teaser'>{STANDFIRST}</p></aside>",
        f"<div class='lead'><a href='/x'>{STANDFIRST}</a></div>",
        "<p class='summary'>Listen to this article</p>",
        f"<h2 class='subtitle'>{HEADLINE}</h2>",
    ],
)
def test_no_standfirst(above: str) -> None:
    """Who wrote it, links to other stories, buttons and the headline said again are none."""
    assert body(page(told(), f"<div class='head'>{above}</div>")) == list(STORY)


@pytest.mark.parametrize(
    "figure",
    [
        "<figcaption><span>{}</span><span>Foto: Anne Rud / NTB</span></figcaption>",
        "<figcaption><span>{}</span><span class='a_m'>Ana Ruiz</span></figcaption>",
        "<figcaption>{} (ansa)</figcaption>",
        "<figcaption>{} | dpa</figcaption>",
        "<figcaption>{} <span>REUTERS/Ana Ruiz</span> <a href='/l'>Purchase Licensing Rights</a></figcaption>",
        "<figcaption><span>{}</span><span><i>Credit...</i><span>Ana Ruiz for The Courier</span></span></figcaption>",
        "<figcaption>{} <span class='credits'>Crédit : AFP</span></figcaption>",
        "<figcaption>{} © Ana Ruiz/Getty Images</figcaption>",
        "<div class='picture'><img src='a.jpg'><p>{}</p></div>",
        "<div class='image__caption attribution'><span>{}</span></div>",
        "<figcaption>{} Bild: WDR</figcaption>",
    ],
)
def test_captions_without_their_credit(figure: str) -> None:
    """Captions stand apart, without the photographer and the agency that sites print beside them in any language."""
    caption = "The old pier as it was seen on Sunday evening."
    html = page(f"{told(0, 3)}<figure>{figure.format(caption)}</figure>{told(3)}")
    assert clean_html(html).captions == (caption,)
    assert body(html) == list(STORY)


@pytest.mark.parametrize(
    "heading",
    [
        "<span class='kicker'>Ferries</span><span>{}</span>",
        "<span>Ferries</span> <strong>{}</strong>",
        "<div>Ferries</div><div><span>{}</span></div>",
        "<span>Ferries</span>{}",
    ],
)
def test_kickers(heading: str) -> None:
    """The word above a headline is no part of it where the page calls it by the rest."""
    html = page(told(), head=f"<title>{HEADLINE}</title>", heading=f"<h1>{heading.format(HEADLINE)}</h1>")
    assert clean_html(html).headline == HEADLINE


def test_a_headline_of_two_parts() -> None:
    """It stays whole where the page calls it so."""
    html = page(told(), head=f"<title>Ferries: {HEADLINE}</title>", heading=f"<h1><b>Ferries:</b> {HEADLINE}</h1>")
    assert clean_html(html).headline == f"Ferries: {HEADLINE}"


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Von Ana Ruhz und Peter Nowak", ("Ana Ruhz", "Peter Nowak")),
        ("Von Ana Ruhz, Kiel", ("Ana Ruhz",)),
        ("Par Anne Ruiz et Pierre Nowak", ("Anne Ruiz", "Pierre Nowak")),
        ("Por Ana Ruiz y Pedro Novoa", ("Ana Ruiz", "Pedro Novoa")),
        ("di Anna Ruiz e Piero Novelli", ("Anna Ruiz", "Piero Novelli")),
        ("Av Anne Rud og Per Novak", ("Anne Rud", "Per Novak")),
        ("Door Anna de Ruiter en Piet Novak", ("Anna de Ruiter", "Piet Novak")),
        ("By Ana Ruiz in Paris and Piotr Nowak", ("Ana Ruiz", "Piotr Nowak")),
        ("By Ana Ruiz and Ramón y Cajal Prize", ("Ana Ruiz", "Ramón y Cajal Prize")),
        ("佐藤花子、山田太郎", ("佐藤花子", "山田太郎")),
    ],
)
def test_bylines_of_many_languages(byline: str, names: tuple[str, ...]) -> None:
    """All names of a printed byline, and no word of it but names."""
    assert clean_html(page(told(), f"<p class='byline'>{byline}</p>")).authors == names


@pytest.mark.parametrize(
    ("head", "names"),
    [
        (linked(author=[{"name": "Ana Ruiz"}, {"@type": "Person", "name": "DPA"}]), ("Ana Ruiz",)),
        (linked(author=[{"@type": "Person", "givenName": "Ana", "familyName": "Ruiz"}]), ("Ana Ruiz",)),
        (linked(author={"name": "di Ana Ruiz"}), ("Ana Ruiz",)),
        (linked(author="The Courier", publisher={"name": "The Courier"}), ("The Courier",)),
        ("<title>Pier - The Courier</title><meta name='author' content='Ana Ruiz, The Courier'>", ("Ana Ruiz",)),
        (linked(author={"name": "Ana Ruiz"}) + "<meta name='author' content='Ana Ruiz, Piotr Nowak'>", None),
        (linked(author={"name": "Courier Staff"}), ("Courier Staff",)),
    ],
)
def test_people_before_houses(head: str, names: tuple[str, ...] | None) -> None:
    """Outlets and agencies are authors only where nobody is named; who is named in one place more counts, too."""
    assert clean_html(page(told(), head=head)).authors == (names or ("Ana Ruiz", "Piotr Nowak"))


def test_a_house_in_the_data_and_a_name_on_the_page() -> None:
    """Where the data name the outlet, whoever is printed under the headline wrote it."""
    head = linked(author={"@type": "Person", "name": "The Courier"}, publisher={"name": "The Courier"})
    byline = "<p class='byline'>By Ana Ruiz</p><p>5 March 2024</p>"
    assert clean_html(page(told(), byline, head)).authors == ("Ana Ruiz",)
    card = "<div><span class='author-name'>Piotr Nowak</span></div>"
    assert clean_html(page(told(form="<p>{0} {0}</p>"), head=head, below=card)).authors == ("The Courier",)


def test_one_name_an_element() -> None:
    """Bylines that set each author in an element of its own give them all."""
    names = "".join(f"<span class='byline__name'>{name}</span>, " for name in ("Ana Ruiz", "Piotr Nowak", "Mette Lund"))
    html = page(told(), f"<div class='byline__names'>By {names} CNX</div>")
    assert clean_html(html).authors == ("Ana Ruiz", "Piotr Nowak", "Mette Lund")


def test_data_of_several_stories() -> None:
    """The facts are those of the page's own article, also where data of other stories come first."""
    other = linked(headline="Another story", author={"name": "Piotr Nowak"}, datePublished="2020-01-01")
    own = linked(headline=HEADLINE, author={"name": "Ana Ruiz"}, datePublished="2024-03-05T06:10:00+01:00")
    article = clean_html(page(told(), head=other + own))
    assert article.authors == ("Ana Ruiz",)
    assert article.published is not None
    assert article.published.isoformat() == "2024-03-05T06:10:00+01:00"
    link = "https://courier.example/pier"
    named = linked(headline="Pier", url=link, author={"name": "Mette Lund"})
    assert clean_html(page(told(), head=other + own + named), url=link).authors == ("Mette Lund",)


TEASER = (
    "<article class='teaser'><h3><a href='/{0}'>Another story, the {0}th of many today</a></h3>"
    "<p>This is the teaser of that other story, and it is long enough to be taken for a paragraph, {0}.</p></article>"
)
TEASERS = "".join(TEASER.format(number) for number in range(4, 10))


@pytest.mark.parametrize(
    "html",
    [
        page(told()).replace("<main>", f"<main><div>{TEASERS}</div>"),
        page(told() + TEASERS),
        page(told(), below=f"<section>{TEASERS}</section>"),
        page(told(), below=f"<article><h1>The next story</h1>{told().replace('pier', 'quay')}</article>"),
        page(told()).replace("article>", "section>").replace("</main>", f"{TEASERS}</main>"),
    ],
)
def test_other_stories_on_the_page(html: str) -> None:
    """Teasers before, in and after the article and stories that follow while scrolling are not of it."""
    assert body(html) == list(STORY)


@pytest.mark.parametrize(
    "html",
    [
        page("").replace(
            "<div class='article-body'></div>",
            "".join(f"<div class='article-body'>{told(at, at + 2)}</div><p>Advertisement</p>" for at in (0, 2, 4, 6)),
        ),
        page("")
        .replace("<article>", "<div>")
        .replace(
            "<div class='article-body'></div></article>",
            "".join(f"<article class='live-post'>{told(at, at + 2)}</article>" for at in (0, 2, 4, 6)) + "</div>",
        ),
    ],
)
def test_an_article_in_parts(html: str) -> None:
    """Bodies that are interrupted, and the posts of a live report, are one article."""
    assert body(html) == list(STORY)


def test_short_articles_keep_their_paragraphs() -> None:
    """A few short paragraphs, as in languages that write densely, are not one lump with the head of the page."""
    story = [
        "港湾局は月曜日、九本の橋脚にひびが見つかったとして、古い桟橋を二年間閉鎖すると発表した。",
        "局長は記者会見で「できれば船を続けたかったが、報告書を読めばほかに道はない」と述べた。",
        "桟橋は一日におよそ四千人が利用し、そのほとんどが島へ通う人たちだ。",
    ]
    html = page("".join(f"<p>{words}</p>" for words in story), heading="<h1>旧桟橋、二年間閉鎖へ</h1><p>2024.03.05</p>")
    assert [words for words in body(html) if len(words) > 12] == story


PROMISE = "Our weekly letter of the islands brings you all that matters by boat, every Monday morning."


@pytest.mark.parametrize(
    "box",
    [
        f"<div class='newsletter-box'><h3>Tide Lines</h3><p>{PROMISE}</p></div>",
        f"<section class='c-related'><p>{PROMISE}</p></section>",
        f"<div class='author-bio'><p>{PROMISE}</p></div>",
        f"<blockquote class='twitter-tweet'><p>{PROMISE}</p>&mdash; Harbour (@harbour)</blockquote>",
        "<ul><li><a href='/1'>Ferries stop as a storm closes in on the islands and the harbour once again</a></li>"
        "<li><a href='/2'>How a pier is mended under water by four divers and a crane in a cold winter</a></li></ul>",
        "<p><b>Read more: <a href='/1'>Why the ferries never came back</a></b></p>",
        "<p>Lesen Sie auch: <a href='/1'>Warum die Fähren nie zurückkamen</a></p>",
        "<p>À lire aussi | <a href='/1'>Pourquoi les bacs ne sont jamais revenus</a></p>",
        "<p>Cet article est réservé aux abonnés. Il vous reste 70% à découvrir.</p>",
        "<p>Suscríbete para seguir leyendo</p>",
        "<p>関連記事：船はなぜ戻らなかったか</p>",
        "<p>© 2024 The Courier. Alle Rechte vorbehalten.</p>",
        "<p>Anzeige</p>",
        "<p>Lesezeit: 3 Min.</p>",
        "<p>25 commentaires</p>",
        "<p>anr/dpa</p>",
        "<p>___</p>",
    ],
)
def test_what_stands_in_mid_article(box: str) -> None:
    """Boxes, posts, lists of other stories, requests to subscribe and signs of agencies are no paragraphs."""
    assert body(page(f"{told(0, 4)}{box}{told(4)}")) == list(STORY)


@pytest.mark.parametrize(
    "part",
    [
        f"<div class='related-aware body'>{told()}</div>",
        f"{told(0, 4)}<p>It will cost two things:</p><ul>"
        "<li><a href='/1'>The pier of the old harbour board, which nobody else would have wished to keep</a></li>"
        "<li><a href='/2'>The boats of the old ferry line, which have been for sale since the spring</a></li></ul>"
        f"{told(4)}",
        f"{told(0, 4)}<blockquote><p>{PROMISE}</p></blockquote>{told(4)}",
    ],
)
def test_what_is_of_the_article_for_all_its_marks(part: str) -> None:
    """A box that holds most of the text, an announced list and a quoted paragraph stay."""
    found = body(page(part))
    assert [words for words in found if words in STORY] == list(STORY)
    assert len(found) == len(STORY) + part.count("<li>") + ("two things" in part) + (PROMISE in part)


def test_the_head_that_comes_along() -> None:
    """A kicker, the headline with its kicker and what stands above are not repeated in the body."""
    above = "<p>Harbour news</p>"
    heading = f"{above}<h2><span>Ferries</span> <span>{HEADLINE}</span></h2>"
    html = page(told(), heading=heading, head=linked(headline=HEADLINE))
    assert body(html) == list(STORY)


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("5. März 2024, 6:10 Uhr", "2024-03-05T06:10:00+00:00"),
        ("Publié le 5 mars 2024 à 06h10", "2024-03-05T06:10:00+00:00"),
        ("5 de marzo de 2024", "2024-03-05T00:00:00+00:00"),
        ("05 mar 2024 - 06:10 CET", "2024-03-05T06:10:00+01:00"),
        ("March 5, 2024 at 6:10 a.m. EST", "2024-03-05T06:10:00-05:00"),
        ("5 марта 2024 года", "2024-03-05T00:00:00+00:00"),
        ("2024年3月5日 6時10分", "2024-03-05T06:10:00+00:00"),
    ],
)
def test_dates_of_many_languages(line: str, date: str) -> None:
    """A date is read in the language and in the zone that the page prints it in."""
    published = clean_html(page(told(), f"<p>{line}</p>")).published
    assert published is not None
    assert published.isoformat() == date


def test_a_box_of_thousands_of_lines() -> None:
    """What is looked at once is not looked at again for each line in it."""
    lines = "".join(f"<p>{STORY[0]} {number}</p>" for number in range(6_000))
    begun = time.monotonic()
    assert len(body(page(f"<div class='related'>{lines}</div>"))) > 5_000
    assert len(body(page(f"{told()}<ul class='related'>{lines.replace('p>', 'li>')}</ul>"))) > 5_000
    assert time.monotonic() - begun < 60
