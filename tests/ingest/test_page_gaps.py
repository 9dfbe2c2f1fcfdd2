"""What an extractor loses in the middle of an article comes back, and what stands beside the article does not."""

from __future__ import annotations

import pytest

from ingest import clean_html, page_gaps
from ingest.heading_area import signed_of
from ingest.html import _tree

FOUND = [
    "The council voted on Tuesday night to close the two bridges until the spring, after a survey found rust.",
    "Two ferries will run every ten minutes from Monday, and the old toll road opens to lorries for the first time.",
    "The survey cost the town more than the last three repairs together, as its own accounts of the year show.",
]
LOST = "The engineers who came in March had asked for new bearings, and for a bridge that is closed to lorries."
POINT = "Lorries of more than seven tonnes go round by the old toll road, which costs them an hour each way."
HEADING = "What the engineers asked for"


def page(middle: str, end: str = "") -> str:
    """An article of three paragraphs with something between the second and the third, and at its end."""
    one, two, three = (f"<p>{words}</p>" for words in FOUND)
    return f"<html><body><article><h1>Bridges</h1>{one}{two}{middle}{three}{end}</article></body></html>"


def filled(html: str) -> tuple[list[str], list[str]]:
    """What the page gives where only the three paragraphs were found."""
    return page_gaps.fill(_tree(html), FOUND)


@pytest.mark.parametrize(
    "middle",
    [
        f"<p>{LOST}</p>",
        f"<div class='box'><p>{LOST}</p></div>",
        f"<div class='accordion-panel panel-hidden'><p>{LOST}</p></div>",
        f"<div class='faq-answer' style='display: none'><p>{LOST}</p></div>",
        f"<ul><li>{LOST}</li></ul>",
        f"<p>{LOST}</p><div class='again'><p>{LOST}</p></div>",
    ],
)
def test_what_stands_between(middle: str) -> None:
    """A paragraph between two that were found is back in its place, once."""
    assert filled(page(middle)) == ([*FOUND[:2], LOST, FOUND[2]], [])


@pytest.mark.parametrize(
    "middle",
    [
        f"<aside><p>{LOST}</p></aside>",
        f"<div class='related-stories'><p>{LOST}</p></div>",
        f"<div class='newsletter'><div><p>{LOST}</p></div></div>",
        f"<div id='author-bio'><p>{LOST}</p></div>",
        f"<figure><p>{LOST}</p></figure>",
        f"<form><p>{LOST}</p></form>",
        f"<div style='display:none'><p>{LOST}</p></div>",
        f"<p><a href='/x'>{LOST}</a></p>",
        "<p>Share</p>",
        f"<p>{LOST.rstrip('.')}</p>",
        f"<h2>{HEADING}</h2>",
        f"<h2>And what they got</h2><h2>{HEADING}</h2>",
    ],
)
def test_what_stands_beside(middle: str) -> None:
    """Boxes, teasers, hidden words, mere links, scraps and headings that head nothing new stay out."""
    found, headings = filled(page(middle, middle))
    assert [words for words in found if words != HEADING] == FOUND
    assert LOST not in headings


def test_headings_with_their_paragraph() -> None:
    """A lost part comes back with its heading, which is told of as one; at the end of the article, too."""
    found, headings = filled(
        page("", f"<h2>{HEADING}</h2><p>{LOST}</p><ul><li>{POINT}</li></ul><h2>And then no more</h2>")
    )
    assert (found, headings) == ([*FOUND, HEADING, LOST, POINT], [HEADING])


def test_outside_the_article() -> None:
    """Paragraphs of the page beyond the element that holds the article are not looked at."""
    html = page("").replace("</body>", f"<div><p>{LOST}</p></div></body>")
    assert filled(html) == (FOUND, [])


@pytest.mark.parametrize(
    "html", ["<p>a</p><p>b</p>", "<html><body><p>Other words on another page, of which none was found.</p>"]
)
def test_nothing_to_hold_on_to(html: str) -> None:
    """Where the page does not print what was found, it stays as it is; also where nothing was found."""
    assert page_gaps.fill(_tree(f"<div>{html}</div>"), FOUND) == (FOUND, [])
    assert page_gaps.fill(_tree(html), []) == ([], [])


def test_deep_pages_end() -> None:
    """Neither depth nor number of blocks makes it slow or fail."""
    deep = "<div>" * 200 + "".join(f"<p>{words}</p>" for words in FOUND) + "</div>" * 200
    assert page_gaps.fill(_tree(f"<html><body>{deep}{'<p>x' * 5000}</body></html>"), FOUND)[0] == FOUND


SIGNED = "<p>{}</p><footer-note><a href='/author/ana-ruiz'>Ana Ruiz</a><p>5 March 2024</p></footer-note>"


def test_signature_below() -> None:
    """One linked author with a date beside the name signs the article where nothing else names anybody."""
    article = clean_html(page("", SIGNED.format(LOST)))
    assert article.authors == ("Ana Ruiz",)
    assert article.published is not None
    assert article.published.date().isoformat() == "2024-03-05"


@pytest.mark.parametrize(
    ("end", "signature"),
    [
        (SIGNED, ("Ana Ruiz", "5 March 2024")),
        (SIGNED + "<a href='/author/piotr-nowak'>Piotr Nowak</a>", ("", "")),
        ("<a href='/author/ana-ruiz'>Ana Ruiz</a>", ("Ana Ruiz", "")),
        (f"<aside>{SIGNED}</aside>", ("", "")),
        ("<a href='/author/ana-ruiz'></a>", ("", "")),
    ],
)
def test_signatures(end: str, signature: tuple[str, str]) -> None:
    """Several linked authors, a name without a date, and a box beside sign nothing."""
    assert signed_of(_tree(page("", end))) == signature
