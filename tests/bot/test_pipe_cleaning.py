"""The batch command with the real cleaning: pages and pastes give articles, other lines an error."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pipe_lines import LineError, Page, Source, parse_source
from bot.pipe_workers import clean_step
from bot.settings import ROOT, SEEDS
from tests.bot.made import hostile

KEYS = ["title", "authors", "published", "outlet", "text", "captions"]
HEADLINE = "Council shuts both bridges"
LEAD = "The council voted on Tuesday night to close the two bridges until the spring, after a survey found rust."
SAID = "“Nobody wanted this,” said Ines Calder, who chairs it. “But the steel does not wait for us.”"
STATED = {
    "@type": "NewsArticle",
    "headline": HEADLINE,
    "author": [{"@type": "Person", "name": "Ana Ruiz"}, {"@type": "Person", "name": "Piotr Nowak"}],
    "datePublished": "2024-03-05T23:30:00-05:00",
    "publisher": {"@type": "Organization", "name": "The Harbour Post"},
}
PAGE = f"""<html><head><title>{HEADLINE}</title><script type="application/ld+json">{json.dumps(STATED)}</script></head>
<body><nav>Home</nav><article><h1>{HEADLINE}</h1><figure><img src="a.jpg"><figcaption>The east bridge.</figcaption>
</figure><p>{LEAD}</p><p>{SAID}</p></article></body></html>"""


def rows(sources: list[Source]) -> list[dict[str, Any]]:
    """Answers for sources, cleaned in this process."""
    return [json.loads(line) for line in clean_step(sources)]


def test_page() -> None:
    """A page gives all that is asked for, and the day of publication is the printed one, not that of another zone."""
    assert rows([Page(PAGE, "https://post.example/bridges")]) == [
        {
            "title": HEADLINE,
            "authors": ["Ana Ruiz", "Piotr Nowak"],
            "published": "2024-03-05",
            "outlet": "The Harbour Post",
            "text": f"{LEAD}\n\n{SAID}",
            "captions": ["The east bridge."],
        }
    ]


def test_text() -> None:
    """A paste gives the same keys; what it does not state is null or empty."""
    (row,) = rows([f"{HEADLINE}\n\n{LEAD}\n\n{SAID}"])
    assert list(row) == KEYS
    assert (row["title"], row["text"]) == (HEADLINE, f"{LEAD}\n\n{SAID}")
    assert (row["authors"], row["published"], row["outlet"], row["captions"]) == ([], None, None, [])


@pytest.mark.parametrize(
    "source", ["", " \n", Page(""), Page("<p>"), Page("<html><body><nav>Home</nav></body></html>")]
)
def test_no_article(source: Source) -> None:
    """A source without an article gets one plain sentence instead of an article made of scraps."""
    (row,) = rows([source])
    assert list(row) == ["error"]


@pytest.mark.parametrize(
    "url", ["", "http://[x", "//", "javascript:alert(1)", "\0", "http://a.example:port/", "a" * 9999]
)
def test_odd_links(url: str) -> None:
    """A link that is none costs nothing but itself."""
    (row,) = rows([Page(PAGE, url)])
    assert row["title"] == HEADLINE


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ({}, "there is no"),
        ({"url": "https://a.example"}, "no"),
        ({"html": None, "text": None}, "no"),
        ({"html": "a", "text": "a"}, "both"),
        ({"html": 3}, '"html" is not a string'),
        ({"text": []}, '"text" is not a string'),
        ({"html": "a", "url": 3}, '"url" is not a string'),
        ({"html": "\ud800"}, "surrogate"),
    ],
)
def test_bad_lines(line: dict[str, object], reason: str) -> None:
    """A line without exactly one source says what is wrong with it and keeps its id."""
    with pytest.raises(LineError, match=reason) as caught:
        parse_source(json.dumps({"id": 7, **line}).encode())
    assert json.loads(caught.value.head) == {"id": 7}


def test_null_is_not_there() -> None:
    """Rows of a table with empty cells work."""
    assert parse_source(b'{"html": null, "text": "a", "url": null}').source == "a"
    assert parse_source(b'{"html": "a", "url": null}').source == Page("a")


@given(
    st.lists(hostile(20) | st.sampled_from(["<p>", "</div>", "<h1>", LEAD, "<!--", "\n\n"]), max_size=8).map("".join)
)
@settings(max_examples=60, deadline=None)
def test_any_source(source: str) -> None:
    """No page and no text makes it fail: an article comes, or one sentence."""
    whole = "".join(c for c in source if not "\ud800" <= c <= "\udfff")
    for row in rows([whole, Page(whole)]):
        assert list(row) in (KEYS, ["error"])
        assert "could not" not in row.get("error", "")


def test_the_founding_articles() -> None:
    """The real command, many at once: order is kept, bad lines are answered, and nothing is printed beside."""
    texts = [path.read_bytes().decode() for path in sorted(SEEDS.glob("*.txt"))]
    given = [json.dumps({"id": at, "text": text}) for at, text in enumerate(texts)]
    data = "\n".join([*given, "nothing", json.dumps({"id": 9, "html": PAGE}), '{"id": 10, "text": ""}'])
    command = [sys.executable, "-m", "bot", "pipe", "clean", "--workers", "2"]
    done = subprocess.run(command, input=data.encode(), capture_output=True, cwd=ROOT, timeout=120)
    assert (done.returncode, done.stderr) == (0, b"")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row.get("id") for row in found] == [0, 1, None, 9, 10]
    assert ["error" in row for row in found] == [False, False, True, False, True]
    for text, row in zip(texts, found[:2], strict=True):
        assert row["title"] in text
        assert all(line in text for line in row["text"].split("\n\n"))


@pytest.mark.parametrize(
    "text", ["Hello world.", "one two three", "The mayor opened a bridge on Monday. All were glad."]
)
def test_no_title_is_invented(text: str) -> None:
    """A text without a headline has no title, and all of its words stay in it."""
    (row,) = map(json.loads, clean_step([text]))
    assert (row["title"], row["text"]) == (None, text)
