"""/load: takes what an admin hands in and makes a job of it; nothing is read or fetched here."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from handlers.answer import Answer, Next, Note
from handlers.current import follow
from handlers.question import Question
from handlers.typed import CLOSING, WORDS_LIMIT, bare_link, count, short, tidy
from store import Store
from store.limits import LARGEST_FILE_BYTES

MOST_ITEMS = 100
"""Most links and files in one load that comes from a chat; somebody at the machine may hand in more."""

LONGEST_TEXT = 1_000_000
"""Most code points of a pasted text."""

LONGEST_LINK = 2_048
"""Most code points of a link."""

ARTICLE_WORDS = 25
"""From this many words on, typed words are an article's text."""

Item = tuple[str, str, bytes]

_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"(?!https?://)[a-z][a-z0-9+.-]*://", re.IGNORECASE)
NEITHER = "That is neither a link nor long enough for an article."
_PATH_LIKE = re.compile(r"[/\\~]|\.\w+$")
_WANTED = "Send a link, a file, or the text of an article; or reply with /load to a message that has one."


class Refused(Exception):  # noqa: N818 - said to the admin, not an error
    """What was handed in cannot be taken; the message is one plain sentence."""


def answer(question: Question, store: Store) -> Answer:
    """A job with one item for each thing handed in, or plainly why there is none."""
    try:
        items = _within_limits(_items(question), question)
    except Refused as why:
        return Answer(str(why), (Note(_WANTED),))
    job = store.new_job(question.chat, question.asker, items, question.key, question.joins)
    return Answer(f"Loading {count(len(items), 'item')}.", tuple(Note(label) for _, label, _ in items[:5]), job=job)


def offered(question: Question, *, forwarded: bool = False) -> Answer | None:
    """Asks an admin whether a message is to be loaded that has no command: links alone, a forwarded post, a long text.

    None where it is a question like any other.
    """
    text = question.words or question.reply or ""
    links = list(dict.fromkeys(payload.decode(errors="replace") for _, _, payload in _links(text)))[:MOST_ITEMS]
    only_links = bool(links) and not _LINK.sub(" ", text).strip()
    if not (only_links or forwarded or len(text) > WORDS_LIMIT):
        return None
    ways = [Next(_load_label(links), follow(question, "load", " ".join(links)))] if links else []
    if _is_article(text):
        ways.append(Next(f"Load the text ({count(len(text.split()), 'word')})", follow(question, "load", text)))
    if not ways:
        return None
    if not only_links and len(text) <= WORDS_LIMIT:
        ways.append(Next("Ask about it", replace(follow(question, "ask"), reply=text)))
    what = "A forwarded message." if forwarded else "A link." if only_links else "A long text."
    return Answer(what, (Note("What is to be done with it?"),), tuple(ways))


def _load_label(links: Sequence[str]) -> str:
    site = short(urlsplit(links[0]).hostname or links[0], 40)
    return f"Load the link ({site})" if len(links) == 1 else f"Load {len(links)} links"


def _links(text: str) -> list[Item]:
    """The links of a text that can be read."""
    found = []
    for match in _LINK.finditer(text[:LONGEST_TEXT]):
        with contextlib.suppress(Refused):
            found.append(_link(match[0]))
    return found


def _items(question: Question) -> list[Item]:
    """What was handed in, each thing once; the replied-to message only where nothing else was.

    Of the words beside a file only links and an article's text are taken; others say what the file is.
    """
    found = [_file(each.name, each.content) for each in question.attachments]
    beside = bool(found) and not _is_article(question.words)
    found += _links(question.words) if beside else _typed(question.words, question.local)
    if not found and question.reply:
        found = _typed(question.reply, local=False)
    return list({(kind, payload): (kind, label, payload) for kind, label, payload in found}.values())


def _within_limits(items: list[Item], question: Question) -> list[Item]:
    if not items:
        raise Refused("There is nothing to load.")
    if len(items) > MOST_ITEMS and not question.local:
        raise Refused(f"That is too much at once: at most {MOST_ITEMS} links or files.")
    if any(kind == "file" and len(payload) > LARGEST_FILE_BYTES for kind, _, payload in items):
        raise Refused(f"That file is too large: at most {LARGEST_FILE_BYTES // 1_000_000} MB.")
    return items


def _typed(words: str, local: bool) -> list[Item]:
    """An article's text, or links, or, at the machine only, paths. Raises Refused for anything else."""
    if len(words) > LONGEST_TEXT:
        raise Refused(f"That text is too long: at most {LONGEST_TEXT:,} characters.")
    if _is_article(words):
        return [("text", f"pasted text ({count(len(words), 'character')})", words.encode(errors="replace"))]
    links = [_link(found[0]) for found in _LINK.finditer(words)]
    rest = _pieces(_LINK.sub(" ", words))
    if any(_OTHER_SCHEME.match(piece) for piece in rest):
        raise Refused("Only http and https links are taken.")
    if local:
        return [*links, *map(_path, rest)]
    if rest and not links:
        paths = any(_PATH_LIKE.search(piece) for piece in rest)
        raise Refused("Paths are not taken here." if paths else NEITHER)
    return links


def _is_article(words: str) -> bool:
    """Whether most of what was typed are plain words, and enough of them."""
    pieces = _LINK.sub(" ", words).split()
    plain = sum(not _PATH_LIKE.search(piece.rstrip(CLOSING)) for piece in pieces)
    return plain >= ARTICLE_WORDS and plain > len(pieces) // 2


def _pieces(words: str) -> Sequence[str]:
    try:
        return shlex.split(words)
    except ValueError:
        return words.split()


def _link(found: str) -> Item:
    link = bare_link(tidy(found))
    link = link if "://" in link else f"https://{link}"
    try:
        parts = urlsplit(link)
        host = parts.hostname
    except ValueError:
        host = None
    if not host or len(link) > LONGEST_LINK:
        raise Refused("One of the links cannot be read.")
    return "link", short(f"{host}{parts.path}", 120), link.encode(errors="replace")


def _path(piece: str) -> Item:
    label = short(tidy(piece), 120)
    if not label:
        raise Refused("An empty path is not taken.")
    return "path", label, os.fsencode(piece.replace("\0", ""))


def _file(name: str, content: bytes) -> Item:
    return "file", short(tidy(name), 120) or "file", content
