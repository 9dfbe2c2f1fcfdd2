"""Makes small files of the kinds that people have articles in, whole, broken and hostile, for the tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from email.message import EmailMessage

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEADLINE = "Council shuts both bridges"
LEAD = "The council voted on Tuesday night to close the two bridges until the spring, after a survey found rust."
SAID = "“Nobody wanted this,” said Ines Calder, who chairs it. “But the steel does not wait for us.”"
TEXT = f"{HEADLINE}\n\n{LEAD}\n\n{SAID}\n"


def docx(paragraphs: Sequence[str], before: str = "", name: str = "word/document.xml") -> bytes:
    """A Word document; ``before`` stands before its root element."""
    body = "".join(f"<w:p><w:r><w:t>{paragraph}</w:t></w:r></w:p>" for paragraph in paragraphs)
    return zipped({name: f'{before}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'.encode()})


def zipped(parts: dict[str, bytes]) -> bytes:
    """An archive of the parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def placed(pages: Sequence[Sequence[tuple[int, int, str]]]) -> bytes:
    """A PDF with lines at places: points from the left, points from below, words, drawn in the given order."""
    return _drawn("".join(f"1 0 0 1 {left} {below} Tm ({words}) Tj\n" for left, below, words in page) for page in pages)


def pdf(pages: Sequence[Sequence[str]], password: str | None = None) -> bytes:
    """A PDF with one printed line a given line."""
    from pypdf import PdfReader, PdfWriter

    made = _drawn("13 TL 50 800 Td\n" + "".join(f"({line}) Tj T*\n" for line in lines) for lines in pages)
    if password is None:
        return made
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(made)))
    writer.encrypt(password, algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    return locked.getvalue()


def _drawn(pages: Iterable[str]) -> bytes:
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>"]
    kids = []
    for words in pages:
        stream = f"BT /F1 11 Tf\n{words}ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        page = f"/Contents {len(objects)} 0 R /MediaBox [0 0 600 850] /Resources << /Font << /F1 3 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R {page} >>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _numbered(objects)


def _numbered(objects: Sequence[str]) -> bytes:
    text, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(text))
        text += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    tail = f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(text)}\n%%EOF"
    return f"{text}xref\n0 {size}\n0000000000 65535 f \n{table}{tail}".encode("latin-1")


def mail(subject: str, text: str, page: str | None = None, **heads: str) -> bytes:
    """A message in plain text, with an HTML form beside it where that is given."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Desk <desk@example.org>", "you@example.org", subject
    for name, value in heads.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    if page is not None:
        message.add_alternative(page, subtype="html")
    return message.as_bytes()
