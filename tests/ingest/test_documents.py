"""Files of every kind: whole ones give the same article, broken and hostile ones one plain sentence."""

from __future__ import annotations

import contextlib
import os
import random
import struct
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest import IngestError, clean_file, files_in, load, passed_over
from store.model import Article
from tests.ingest.files import HEADLINE, LEAD, SAID, TEXT, docx, mail, pdf, zipped

STORY = f"<article><h1>{HEADLINE}</h1><p>{LEAD}</p><p>{SAID}</p></article>"
PAGE = f"<html><head><title>{HEADLINE}</title></head><body>{STORY}</body></html>"
WRAPPED = [
    "The council voted on Tuesday night to close the two bridges until",
    "the spring, after a survey of all crossings found rust in the old",
    "bearings of both and a crack in one of the piers.",
    "Nobody wanted this, said Ines Calder, who chairs it and who had in",
    "autumn asked for the survey.",
]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", TEXT.encode()),
        ("a.txt", TEXT.encode("utf-16")),
        ("a.txt", TEXT.encode("cp1252")),
        ("a.txt", TEXT.replace("\n", "\r\n").encode("utf-8-sig")),
        ("A.TXT", TEXT.encode()),
        ("no suffix", TEXT.encode()),
        ("a.md", f"# {HEADLINE}\n\n{LEAD.replace('council', '[council](https://example.org)')}\n\n{SAID}".encode()),
        ("a.md", f"---\ntitle: {HEADLINE}\n---\n{LEAD}\n\n**“Nobody**{SAID[7:]}".encode()),
        ("a.html", PAGE.encode()),
        ("a.txt", PAGE.encode()),
        ("a.html", PAGE.encode("utf-16")),
        ("a.docx", docx([HEADLINE, "", LEAD, SAID])),
        ("a.txt", docx([HEADLINE, LEAD, SAID])),
        ("a.eml", mail(HEADLINE, f"{LEAD}\n\n{SAID}")),
        (
            "a.eml",
            mail(f"Fwd: {HEADLINE}", f"---------- Forwarded message ---------\nFrom: A\nTo: B\n\n{LEAD}\n\n{SAID}"),
        ),
        ("a.eml", mail(HEADLINE, "See the page.", PAGE)),
    ],
)
def test_every_kind_gives_the_same_article(name: str, content: bytes) -> None:
    """One article in many wrappings has one headline and one body."""
    article = clean_file(name, content)
    assert (article.headline, article.body) == (HEADLINE, f"{LEAD}\n\n{SAID}")
    assert article.source == name


def test_pdf() -> None:
    """Printed lines are paragraphs again; running heads and page numbers are gone."""
    pages = [
        [
            f"The Daily Courier, page {number}",
            *(line.replace("the", town).replace("who", town) for line in WRAPPED),
            str(number),
        ]
        for number, town in enumerate(("our", "that", "its"), start=1)
    ]
    paragraphs = [" ".join(lines) for page in pages for lines in (page[1:4], page[4:6])]
    assert clean_file("a.pdf", pdf(pages)).body.split("\n\n") == paragraphs


def test_what_front_matter_and_newsletters_state() -> None:
    """Metadata comes from where the file states them."""
    front = "---\nauthor: Ana Ruiz\ndate: 2021-05-04\npublication: Daily Courier\nurl: https://example.org/a\n---\n"
    article = clean_file("a.md", f"{front}# {HEADLINE}\n\n{LEAD}\n\n{SAID}".encode())
    assert (article.authors, article.outlet, article.url) == (("Ana Ruiz",), "Daily Courier", "https://example.org/a")
    assert article.published == datetime(2021, 5, 4, tzinfo=UTC)
    date = "Tue, 04 May 2021 10:22:00 +0200"
    assert clean_file("a.eml", mail(HEADLINE, TEXT, Date=date)).published is None
    news = clean_file("a.eml", mail(HEADLINE, TEXT, Date=date, List_Id="<news.example.org>"))
    assert news.published == datetime(2021, 5, 4, 8, 22, tzinfo=UTC)


ENTITIES = (
    '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
WORDLESS = "It is not a Word document that can be opened."


def locked_docx() -> bytes:
    """A Word document whose archive says that its part is encrypted."""
    content = bytearray(docx([LEAD, SAID]))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.index(mark) + at
        content[place : place + 2] = struct.pack("<H", 1)
    return bytes(content)


def lying_docx() -> bytes:
    """A Word document whose archive states a size of a few bytes for a part of 100 MB."""
    content = bytearray(zipped({"word/document.xml": b" " * 100_000_000}))
    place = content.index(b"PK\x01\x02") + 24
    content[place : place + 4] = struct.pack("<I", 10)
    return bytes(content)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.txt", b"", "There is no article text in it."),
        ("a.txt", b"\0" * 1000, "This is not a text: it holds binary data."),
        ("a.txt", random.Random(1).randbytes(5000), "This is not a text: it holds binary data."),
        ("a.txt", b"x" * 20_000_001, "It is larger than 20 MB."),
        ("a.md", b"", "There is no article text in it."),
        ("a.html", b"", "There is no article on this page."),
        ("a.html", b"<html></html>", "There is no article on this page."),
        ("a.docx", b"", WORDLESS),
        ("a.docx", b"PK\x03\x04 broken", WORDLESS),
        ("a.docx", zipped({"other.xml": b"<a/>"}), WORDLESS),
        ("a.docx", zipped({"word/document.xml": b"<a><b></a>"}), WORDLESS),
        ("a.docx", docx([LEAD, "&c;"], ENTITIES), WORDLESS),
        ("a.docx", docx([LEAD, "&a;"], OUTSIDE), WORDLESS),
        ("a.docx", zipped({"word/document.xml": b" " * 100_000_000}), "It unpacks to more text than an article has."),
        ("a.docx", locked_docx(), "It is protected with a password."),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "It is in the old Word format; save it as .docx."),
        ("a.rtf", rb"{\rtf1\ansi Rain in Spain.}", "It is in Rich Text Format; save it as .docx."),
        (
            "a.json",
            b'{"title": "Rain", "text": "It rained in Spain."}',
            "It is JSON; articles are taken as JSON lines, in a file that ends in .jsonl.",
        ),
        ("a.zip", zipped({"a.txt": LEAD.encode()}), "It is an archive of files; send them one by one."),
        ("a.pdf", b"%PDF-1.4 broken", "It is not a PDF that can be opened."),
        ("a.pdf", b"", "It is not a PDF that can be opened."),
        ("a.pdf", pdf([[LEAD]])[:300], "It is not a PDF that can be opened."),
        ("a.pdf", pdf([[]]), "It holds pictures of pages but no text."),
        ("a.pdf", pdf([["page"]] * 61), "It has more than 60 pages."),
        ("a.pdf", pdf([["words"]], password="secret"), "It is protected with a password."),
        ("a.eml", b"", "There is no article text in it."),
    ],
)
def test_what_cannot_be_read_is_one_plain_sentence(name: str, content: bytes, sentence: str) -> None:
    """Empty, broken, locked and hostile files say what is wrong with them."""
    with pytest.raises(IngestError) as error:
        clean_file(name, content)
    assert str(error.value) == sentence


def test_an_archive_that_lies_about_its_size_is_not_unpacked() -> None:
    """What an archive states of itself is not believed."""
    with pytest.raises(IngestError):
        clean_file("a.docx", lying_docx())


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.docx", "a.pdf", "a.eml"])
@pytest.mark.parametrize("seed", range(4))
def test_damaged_files(name: str, seed: int) -> None:
    """Bytes that were overwritten here and there give an article or a sentence, never anything else."""
    whole = {"a.txt": TEXT.encode(), "a.md": TEXT.encode(), "a.html": PAGE.encode(), "a.docx": docx([LEAD, SAID]),
             "a.pdf": pdf([WRAPPED]), "a.eml": mail(HEADLINE, TEXT, PAGE)}[name]  # fmt: skip
    chance = random.Random(seed)
    for _ in range(15):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 40)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        with contextlib.suppress(IngestError):
            assert isinstance(clean_file(name, bytes(damaged)), Article)


def test_folders(tmp_path: Path) -> None:
    """A folder gives its articles by name, below it too, and passes over read-mes, hidden files and other kinds."""
    for name in ("b.txt", "a.md", "deep/c.html", "README.md", ".hidden.txt", ".git/x.txt", "picture.png", "bad.docx"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(PAGE if name.endswith("html") else TEXT, encoding="utf-8")
    found = [(path.name, isinstance(article, Article)) for path, article in load(tmp_path)]
    assert found == [("a.md", True), ("b.txt", True), ("bad.docx", False), ("c.html", True)]


def test_paths_that_are_not_there(tmp_path: Path) -> None:
    """A wrong path is one plain sentence; a file given by name is read whatever it is called."""
    with pytest.raises(IngestError, match="There is no file or folder"):
        list(files_in(tmp_path / "none"))
    (tmp_path / "README").write_text(TEXT, encoding="utf-8")
    assert [path.name for path in files_in(tmp_path / "README")] == ["README"]


def test_what_is_passed_over_is_counted(tmp_path: Path) -> None:
    """Whoever names a folder hears of what in it is not loaded, hidden or of another kind, and of nothing else."""
    (tmp_path / ".git").mkdir()
    for name in (".git/a.txt", ".b.md", "c.json", "README.md", "d.txt"):
        (tmp_path / name).write_text("x")
    assert passed_over(tmp_path) == "2 hidden files and 2 files of other kinds were passed over."
    assert [path.name for path in files_in(tmp_path)] == ["d.txt"]
    assert passed_over(tmp_path / ".git") == passed_over(tmp_path / "d.txt") == passed_over(tmp_path / "none") == ""


def test_devices_are_refused_in_one_sentence(tmp_path: Path) -> None:
    """What is no file is never read: a device or a pipe may have no end."""
    os.mkfifo(tmp_path / "pipe")
    for odd in (Path(os.devnull), tmp_path / "pipe"):
        with pytest.raises(IngestError, match=r"^It is no file but a device, a pipe or a socket: .*\.$"):
            list(files_in(odd))
