"""Everything that people have an article in is loaded from a chat: files of all kinds, pastes, posts and links."""

from __future__ import annotations

import json
import re

import pytest

from tests.bot.feeding import gives_feed
from tests.bot.working import ADMIN
from tests.ingest.files import docx, mail, pdf
from tests.ingest.sites import WebSite
from tests.telegram_server.person import Person, buttons
from tests.telegram_server.world import Json, World

pytestmark = pytest.mark.usefixtures("sites_at_home")


def lines(kind: str) -> list[str]:
    """An article's headline and paragraphs."""
    return [
        f"Bridge {kind} closed",
        f"The {kind} bridge of the town was closed on Monday after a crack was found, the council said in a note.",
        f"“We will repair the {kind} one,” Mayor Ana Ruiz said on Tuesday. “It takes two weeks.”",
    ]


def page(kind: str) -> str:
    """The same as a web page."""
    headline, *paragraphs = lines(kind)
    body = "".join(f"<p>{each}</p>" for each in paragraphs)
    return f"<!doctype html><html><head><title>{headline}</title></head><body><h1>{headline}</h1>{body}</body></html>"


FILES = {
    "a.txt": "\n\n".join(lines("text")).encode(),
    "b.md": ("# " + "\n\n".join(lines("markdown"))).encode(),
    "c.html": page("page").encode(),
    "d.pdf": pdf([[re.sub("[“”]", '"', line) for line in lines("print")]]),
    "e.docx": docx(lines("word")),
    "f.eml": mail(lines("mail")[0], "\n\n".join(lines("mail")[1:]) + "\n"),
    "g.jsonl": json.dumps({"title": lines("row")[0], "text": "\n\n".join(lines("row")[1:])}).encode(),
}


async def loaded(admin: Person, words: str) -> Json:
    """The message that says what was loaded."""

    def told() -> list[Json]:
        return [each for each in admin.seen() if words in each.get("text", "")]

    await admin.waits(told)
    return told()[-1]


async def test_files(world: World) -> None:
    """Each kind of file, sent without a word in a private chat."""
    admin = Person(world, ADMIN)
    for name, content in FILES.items():
        await admin.uploads(name, content)
    for kind in ("text", "markdown", "page", "print", "word", "mail", "row"):
        await loaded(admin, f"Bridge {kind} closed: loaded")


async def test_words(world: World, site: WebSite) -> None:
    """A paste, the source of a page, a link, a feed's link, and a forwarded post of a channel."""
    gives_feed(site, ["north"])
    site.gives("/a", page("link"))
    admin, wire = Person(world, ADMIN), Person(world, 9)
    await admin.writes("/load " + "\n\n".join(lines("pasted")))
    await loaded(admin, "Bridge pasted closed: loaded")
    await admin.writes("/load " + page("source"))
    await loaded(admin, "Bridge source closed: loaded")
    await admin.writes(f"/load {site.link('/a')}")
    await loaded(admin, "Bridge link closed: loaded")
    await admin.writes(f"/load {site.link('/feed')}")
    await loaded(admin, "Bridge north: loaded")
    post = await wire.posts("\n\n".join(lines("posted")))
    await admin.forwards(post)
    offer = await loaded(admin, "A forwarded message.")
    await admin.taps(offer, next(label for label in buttons(offer) if label.startswith("Load the text")))
    await loaded(admin, "Bridge posted closed: loaded")
