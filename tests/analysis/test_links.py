"""Which links lead to one article, and which must never be taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.links import canonical, link_key, site

STORY = "https://post.example/news/ferry"


@pytest.mark.parametrize(
    "link",
    [
        "HTTPS://POST.Example:443/news/ferry",
        "https://post.example/news/ferry#comments",
        "https://post.example/news/ferry?utm_source=x&utm_medium=y&fbclid=1&GCLID=2",
        "https://post.example/news/ferry?mc_cid=1&mc_eid=2&&utm_",
        "https://post.example/world/../news/%66erry",
        "https://reader:secret@post.example/news/ferry",
        "  https://post.example/news/ferry\n",
    ],
)
def test_one_form(link: str) -> None:
    """However a link was shared, it is shown in one form, without names and passwords in it."""
    assert canonical(link) == STORY


@pytest.mark.parametrize(
    "link",
    ["http://post.example/news/ferry", "https://www.post.example/news/ferry/", "http://post.example:80/news/ferry"],
)
def test_the_same_page_under_another_address(link: str) -> None:
    """Scheme, "www." and a last slash never make another article."""
    assert link_key(link) == link_key(STORY)


@pytest.mark.parametrize(
    "link",
    [
        "https://m.post.example/news/ferry",
        "https://post.example/amp/news/ferry",
        "https://post.example/news/ferry?id=7",
        "https://post.example/news/ferry?page=2&utm_source=x",
        "https://post.example/news/Ferry",
        "https://post.example:8443/news/ferry",
        "https://post.example/news/ferry#!/story/2",
        "https://post.example/news%2Fferry",
    ],
)
def test_other_pages(link: str) -> None:
    """What may select another article is kept: two articles are never taken for one."""
    assert link_key(link) != link_key(STORY)


def test_parameters_that_select_stay_in_their_order_and_spelling() -> None:
    """A link still opens what it opened."""
    assert (
        canonical("https://post.example/?q=a+b&utm_id=3&p=%2B1&z=&p=2") == "https://post.example/?q=a+b&p=%2B1&z=&p=2"
    )
    assert canonical("https://post.example/a?next=/b%26utm_source=1") == "https://post.example/a?next=/b%26utm_source=1"


@pytest.mark.parametrize(
    "link", ["", "no link", "mailto:a@post.example", "http://", "http://x:99999/", "http://[x", "x" * 9999]
)
def test_what_is_no_link_stays_as_it_is(link: str) -> None:
    """Nothing that stands in a link field can stop a load."""
    assert (canonical(link), link_key(link), site(link)) == (link, link, "")


@given(st.text(max_size=80), st.text(max_size=40))
def test_the_form_is_final(path: str, query: str) -> None:
    """The normal form of a normal form is itself, and has the same key, whatever stands in the link."""
    once = canonical(f"https://Post.example/{path}?{query}")
    assert canonical(once) == once
    assert link_key(once) == link_key(f"https://Post.example/{path}?{query}")
