"""Printed layouts: columns, running heads, narrow lines, forwarded mail; and what stands over an article."""

from __future__ import annotations

import textwrap
from datetime import UTC, datetime

import pytest

from ingest import clean_file, clean_text
from ingest.pdf_columns import in_columns
from tests.ingest.files import docx, placed
from tests.timing import seconds

HEADLINE = "Council shuts both bridges"
STATED = "The Strait Gazette, 17 March 2024"
DAY = datetime(2024, 3, 17, tzinfo=UTC)
PARAGRAPHS = (
    "The council voted on Tuesday night to close the two bridges until the spring, after a survey found rust in the"
    " cables of both of them.",
    "Nobody wanted this, said Ines Calder, who chairs the council. But the steel does not wait for us, and neither does"
    " the river.",
    "Ferries will carry cars from Monday. The county pays for them, and the fare stays at 4.50 for each way, half of it"
    " for children.",
    "Shops near the quay fear for their trade. We lose every second guest, said Tom Ode, who sells bread there and has"
    " done so for years.",
)
WORDS = " ".join(PARAGRAPHS)
Placed = list[tuple[int, int, str]]


def column(paragraphs: tuple[str, ...], left: int, top: int, width: int) -> Placed:
    """The lines of paragraphs, one below the other."""
    printed = [line for each in paragraphs for line in textwrap.wrap(each, width)]
    return [(left, top - 13 * at, line) for at, line in enumerate(printed)]


def head(below: int = 800) -> Placed:
    """A headline, a byline, and the outlet with the date."""
    return [(50, below, HEADLINE), (50, below - 20, "By Ana Ruiz"), (50, below - 35, STATED)]


def words_of(body: str) -> str:
    """The words of a body, however it is divided."""
    return " ".join(body.split())


@pytest.mark.parametrize("by_rows", [False, True])
def test_two_columns(by_rows: bool) -> None:
    """Columns are read one after the other, also where the file draws them line by line across both."""
    lines = column(PARAGRAPHS[:2], 50, 740, 45) + column(PARAGRAPHS[2:], 320, 740, 45)
    ordered = sorted(lines, key=lambda each: (-each[1], each[0])) if by_rows else lines
    article = clean_file("a.pdf", placed([head() + ordered]))
    assert words_of(article.body) == WORDS
    assert (article.headline, article.outlet, article.authors) == (HEADLINE, "The Strait Gazette", ("Ana Ruiz",))
    assert article.published == DAY


def test_a_page_of_very_many_lines() -> None:
    """Four times the lines of a page take four times as long, not sixteen times."""

    def columns(count: int) -> list[str]:
        lines = [f"The left half of line {at}" for at in range(count)]
        both = [f"{line}          and the right half of it" for line in lines]
        return in_columns([" ".join(line.split()) for line in both], lambda: "\n".join(both))

    assert columns(5)[5] == "and the right half of it"
    assert seconds(lambda: columns(12_000)) < 9 * seconds(lambda: columns(3_000), tries=3)


def test_running_heads_and_captions() -> None:
    """What each page repeats is no text, and a caption under a picture is kept apart."""
    caption: Placed = [(50, 660, "The north bridge seen from the quay. Photo: Piotr Nowak")]
    texts = [
        head() + column(PARAGRAPHS[:1], 50, 720, 85),
        caption + column(PARAGRAPHS[1:2], 50, 620, 85),
        column(PARAGRAPHS[2:], 50, 740, 85),
    ]
    pages = [
        [(50, 835, "The Strait Gazette   17 March 2024"), *each, (300, 20, f"Page {n} of 3")]
        for n, each in enumerate(texts, 1)
    ]
    article = clean_file("a.pdf", placed(pages))
    assert words_of(article.body) == WORDS
    assert article.captions == ("The north bridge seen from the quay.",)
    assert (article.headline, article.outlet, article.published) == (HEADLINE, "The Strait Gazette", DAY)


@pytest.mark.parametrize("width", [45, 60, 72, 90])
def test_lines_broken_at_any_width_lose_nothing(width: int) -> None:
    """Narrow lines are no menu of a web page: a text that was broken at a width keeps all its paragraphs."""
    text = "\n\n".join((HEADLINE, STATED, *("\n".join(textwrap.wrap(each, width)) for each in PARAGRAPHS)))
    article = clean_text(text)
    assert article.body.split("\n\n") == list(PARAGRAPHS)
    assert (article.headline, article.outlet, article.published) == (HEADLINE, "The Strait Gazette", DAY)
    quoted = "\n".join(f"> {line}" for line in text.split("\n"))
    answer = clean_file("a.eml", f"Subject: {HEADLINE}\n\n{quoted}\n".encode())
    assert (answer.body, answer.outlet) == (article.body, "The Strait Gazette")


def test_what_somebody_writes_over_mail_that_is_sent_on() -> None:
    """A note to a friend is no part of the article under it."""
    sent_on = "---------- Forwarded message ---------\nFrom: Desk <desk@gazette.example>\nSubject: Bridges\n\n"
    text = "\n\n".join((HEADLINE, STATED, *PARAGRAPHS))
    letter = f"Subject: Fwd: {HEADLINE}\n\nLook at this, Carl!\n\n{sent_on}{text}\n\nUnsubscribe\nView in browser\n"
    article = clean_file("a.eml", letter.encode())
    assert article.body.split("\n\n") == list(PARAGRAPHS)
    assert article.outlet == "The Strait Gazette"


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("The Strait Gazette | Sunday, March 17, 2024", "The Strait Gazette"),
        ("17 March 2024 – The Daily Courier", "The Daily Courier"),
        ("Norrvik Times of the North (17 March 2024)", "Norrvik Times of the North"),
        ("The News & Observer, updated 17 March 2024, 10:30", "The News & Observer"),
        ("Emily Post, 17 March 2024", None),
        ("San Francisco, 17 March 2024", None),
        ("World Press Freedom Day, 17 March 2024", None),
        ("He wrote in The Times, 17 March 2024", None),
    ],
)
def test_an_outlet_beside_a_date(line: str, outlet: str | None) -> None:
    """Only what can be nothing but an outlet's name is one; people, places and days are not."""
    for article in (
        clean_text("\n\n".join((HEADLINE, line, *PARAGRAPHS))),
        clean_file("a.docx", docx([HEADLINE, line.replace("&", "&amp;"), *PARAGRAPHS])),
    ):
        assert article.outlet == outlet
        assert article.authors == ()
        assert (line in article.body) == (outlet is None)


def test_several_outlets_stay_where_they_are() -> None:
    """In a review of the press each outlet stands over its own words, which must not get another one's name."""
    other = "The Harbour Times, 18 March 2024"
    article = clean_text("\n\n".join(("Press review", STATED, *PARAGRAPHS[:2], other, *PARAGRAPHS[2:])))
    assert STATED in article.body
    assert other in article.body
    assert article.outlet is None


def test_an_outlet_is_no_author() -> None:
    """What stands after a name in a byline is where it was printed."""
    article = clean_text("\n\n".join((HEADLINE, "By Ana Ruiz, The Strait Gazette, 17 March 2024", *PARAGRAPHS)))
    assert (article.authors, article.published) == (("Ana Ruiz",), DAY)
