"""JSON lines: each line is an article for itself, however long the file and however bad the others."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
from collections import deque
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import IngestError, clean_file, clean_work, files_in, json_lines, load, works_in, works_of
from ingest.worker import Work, clean_and_read
from store.model import Article
from tests.ingest.files import HEADLINE, LEAD, SAID

ROW = {
    "id": "7",
    "title": HEADLINE,
    "text": f"{LEAD}\n\n{SAID}",
    "url": "https://post.example/bridges",
    "published": "2024-03-05T23:30:00-05:00",
    "outlet": "The Harbour Post",
}


def packed(*rows: object) -> bytes:
    """Rows as JSON lines; bytes stay as they are."""
    return b"".join((row if isinstance(row, bytes) else json.dumps(row).encode()) + b"\n" for row in rows)


def test_all_that_a_line_states() -> None:
    """Every stated fact is in the article, and the date keeps its zone."""
    article = json_lines.clean(json.dumps(ROW).encode(), source="x")
    assert article == Article(
        headline=HEADLINE,
        body=f"{LEAD}\n\n{SAID}",
        outlet="The Harbour Post",
        published=datetime(2024, 3, 5, 23, 30, tzinfo=timezone(timedelta(hours=-5))),
        url="https://post.example/bridges",
        source="x",
    )


def test_only_a_text() -> None:
    """What a line does not state stays unstated; empty cells are the same as none."""
    empty = dict.fromkeys(("title", "url", "published", "outlet", "authors"))
    for row in ({"text": f"{HEADLINE}\n\n{LEAD}\n\n{SAID}"}, {"text": f"{HEADLINE}\n\n{LEAD}\n\n{SAID}", **empty}):
        article = json_lines.clean(json.dumps(row).encode())
        assert (article.headline, article.body) == (HEADLINE, f"{LEAD}\n\n{SAID}")
        assert (article.url, article.published, article.outlet, article.authors) == (None, None, None, ())


@pytest.mark.parametrize("authors", ["By Ana Ruiz and Piotr Nowak", ["Ana Ruiz", " Piotr  Nowak", ""]])
def test_authors(authors: object) -> None:
    """What the batch command gives can be loaded again, authors included."""
    assert json_lines.clean(json.dumps({**ROW, "authors": authors}).encode()).authors == ("Ana Ruiz", "Piotr Nowak")


def test_statements_that_say_nothing() -> None:
    """An odd link or date costs only itself."""
    odd = {**ROW, "url": "http://[x", "published": "soon", "outlet": " \n"}
    article = json_lines.clean(json.dumps(odd).encode())
    assert (article.headline, article.url, article.published, article.outlet) == (HEADLINE, None, None, None)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"no", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"text": "\xff"}', "not UTF-8"),
        (b"[1]", "not a JSON object"),
        (b'{"title": "a"}', 'no "text"'),
        (b'{"text": 3}', '"text" is not a string'),
        (b'{"text": "a", "url": 3}', '"url" is not a string'),
        (b'{"text": "a", "published": 1700000000}', '"published" is not a string'),
        (b'{"text": "a b c.", "title": "t", "authors": [1]}', '"authors" is not a list'),
        (b'{"text": ""}', "no article text"),
    ],
)
def test_bad_lines(line: bytes, reason: str) -> None:
    """Each bad line is told in one sentence."""
    with pytest.raises(IngestError, match=reason):
        json_lines.clean(line)


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "A.JSONL"])
def test_file(tmp_path: Path, name: str) -> None:
    """A file gives one article a line, bad lines are told with their number, and the rest goes on."""
    content = b"\xef\xbb\xbf" + packed(ROW, b"", b"no", b"\r", {**ROW, "title": "Ferry stays"}).rstrip(b"\n")
    (tmp_path / name).write_bytes(gzip.compress(content) if name.endswith("gz") else content)
    assert list(files_in(tmp_path)) == [tmp_path / name]
    works = list(works_in(tmp_path / name, source="rows"))
    assert [place for place, _ in works] == ["line 1", "line 3", "line 5"]
    articles = [clean_work(work) for place, work in works if isinstance(work, Work) and place != "line 3"]
    assert [(each.headline, each.source) for each in articles] == [
        (HEADLINE, "rows, line 1"),
        ("Ferry stays", "rows, line 5"),
    ]
    assert [isinstance(found, Article) for _, found in load(tmp_path)] == [True, False, True]


def test_handed_over() -> None:
    """An upload gives the same works as a file; other files are one work."""
    content = packed(ROW, ROW)
    assert [place for place, _ in works_of("a.jsonl", content, source="x")] == ["line 1", "line 2"]
    assert list(works_of("a.txt", b"a", source="x")) == [
        ("", Work(kind="file", name="a.txt", content=b"a", source="x"))
    ]


def test_as_one_article() -> None:
    """Where only one article fits, a file with one line is one, and a longer one says why not."""
    assert clean_file("a.jsonl", packed(ROW)).headline == HEADLINE
    for content, reason in ((packed(ROW, ROW), "several articles"), (b"\n", "no article"), (b"\x1f\x8bx", "packing")):
        with pytest.raises(IngestError, match=reason):
            clean_file("a.jsonl", content)


def test_read_by_the_worker() -> None:
    """A line goes the whole way."""
    article, reading = clean_and_read(Work(kind="row", content=json.dumps(ROW).encode()))
    assert article.headline == HEADLINE
    assert reading.quotations[0].speaker is not None
    assert reading.quotations[0].speaker.name == "Ines Calder"


def test_packing_that_breaks_off() -> None:
    """What was unpacked before the break is there, and the break is told."""
    whole = gzip.compress(b"".join(packed({**ROW, "id": n}) for n in range(2000)))
    found = list(json_lines.lines_of(io.BytesIO(whole[: len(whole) // 2])))
    assert len(found) > 10
    assert [isinstance(line.content, IngestError) for line in found] == [False] * (len(found) - 1) + [True]


def test_bombs() -> None:
    """Neither an endless line nor endless lines fill the memory, and both come to an end."""
    long = gzip.compress(b'{"text": "' + b"a" * 60_000_000 + b'"}\n' + packed(ROW))
    short = gzip.compress(packed(ROW) * 150_000)
    tracemalloc.start()
    first, second = json_lines.lines_of(io.BytesIO(long))
    assert isinstance(first.content, IngestError)
    assert second == (2, json.dumps(ROW).encode())
    (last,) = deque(json_lines.lines_of(io.BytesIO(short), limit=30_000_000), maxlen=1)
    assert isinstance(last.content, IngestError)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20_000_000


@given(st.binary(max_size=300), st.lists(st.binary(max_size=20)))
@settings(max_examples=100, deadline=None)
def test_any_bytes(content: bytes, rows: list[bytes]) -> None:
    """No bytes at all make it fail, and no line is lost or changed."""
    assert all(isinstance(line.number, int) for line in json_lines.lines_of(io.BytesIO(content)))
    given = [row for row in b"\n".join([b"{}", *rows]).split(b"\n") if row.strip()]
    assert [line.content for line in json_lines.lines_of(io.BytesIO(b"\n".join([b"{}", *rows])))] == given


def test_no_file(tmp_path: Path) -> None:
    """A file that is gone when it is its turn is told, and no more."""
    for name in ("none.jsonl", "none.txt"):
        ((place, work),) = works_in(tmp_path / name, source="x")
        assert place == ""
        assert isinstance(work, IngestError)


def test_dates_in_utc() -> None:
    """A bare day is midnight in UTC, as everywhere else."""
    day = json_lines.clean(json.dumps({**ROW, "published": "2024-03-05"}).encode()).published
    assert day == datetime(2024, 3, 5, tzinfo=UTC)
