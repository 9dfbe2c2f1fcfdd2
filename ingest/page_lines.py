"""All lines that a page shows, block by block: the second opinion where an extractor finds too little."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.line_kinds import own_kind
from analysis.page_frame import frame_of
from ingest.markup import Element, squeeze
from ingest.page_shown import INLINE

LEAST_STATED = 300  # code points of a stated text that is worth a comparison
ENOUGH = 0.9  # of the stated text
LEAST_FOUND = 1_000
TIMES_MORE = 5
LONGEST_PARAGRAPH = 4_000  # a longer one is a page whose paragraphs were lost

_HIDDEN = {
    *("script", "style", "noscript", "template", "svg", "canvas", "head", "title", "iframe", "object"),
    *("nav", "aside", "footer", "menu", "dialog", "form", "button", "select", "textarea", "input", "label"),
    *("figure", "figcaption", "video", "audio"),
}
_NO_LETTER = re.compile(r"[\W_]+")


def lines_of(tree: Element) -> list[str]:
    """The text of each block of the page in order, without menus, forms, pictures and scripts."""
    return [words for _, words in blocks_of(tree)]


def blocks_of(tree: Element) -> list[tuple[Element, str]]:
    """The same, each with the innermost block element that holds it; a line break ends a block, too."""
    from lxml import etree  # type: ignore[import-untyped]

    body = tree.find(".//body")
    root = tree if body is None else body
    found, pieces = list[tuple[Element, str]](), list[str]()

    def edge(owner: Element) -> None:
        words = squeeze("".join(pieces)) if pieces else ""
        pieces.clear()
        if words:
            found.append((owner, words))

    walk = etree.iterwalk(root, events=("start", "end"))
    owners = [root]
    for event, element in walk:
        block = element.tag not in INLINE
        if event == "start":
            if block:
                edge(owners[-1])
                owners.append(element)
            if element.tag in _HIDDEN or not isinstance(element.tag, str):
                walk.skip_subtree()
            elif element.text:
                pieces.append(element.text)
        else:
            if block:
                edge(owners.pop())
            if element.tail and element is not root:
                pieces.append(element.tail)
    return found


def better_lines(tree: Element, found: Sequence[str], stated: str) -> list[str] | None:
    """Paragraphs to take in place of those found, where they are clearly incomplete; None where they are not.

    ``stated`` is the article's text as the page states it for programs, without its paragraphs.
    """
    whole = key(stated)
    if len(whole) >= LEAST_STATED:
        if len(found) > 1 and _share(found, whole) >= ENOUGH:
            return None
        lines = [line for line in lines_of(tree) if (bare := key(line)) and bare in whole]
        return lines if _share(lines, whole) >= ENOUGH else None
    size = sum(map(len, found))
    lump = max(map(len, found), default=0) > LONGEST_PARAGRAPH
    if size >= LEAST_FOUND and not lump:
        return None
    lines = _framed(lines_of(tree))
    return lines if sum(map(len, lines)) > (size / 2 if lump else max(LEAST_FOUND, TIMES_MORE * size)) else None


def _share(lines: Sequence[str], whole: str) -> float:
    return sum(len(bare) for line in lines if (bare := key(line)) in whole) / len(whole)


def _framed(lines: Sequence[str]) -> list[str]:
    kinds = [own_kind(line) for line in lines]
    frame = frame_of(lines, kinds)
    if frame is None:
        return []
    inside, chrome = frame
    return [lines[at] for at in inside if at not in chrome and kinds[at] is None]


def key(text: str) -> str:
    """The letters and digits of a text alone, for comparing what two places print."""
    return _NO_LETTER.sub("", text).casefold()
