"""/unload: forgets an article with all that hangs on it; asks first, and says what goes with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.words import key
from handlers import places
from handlers.answer import Answer, Block, Entry, Next, Note
from handlers.current import find, follow, title
from handlers.paging import page_of, turns
from handlers.question import Question
from handlers.sources import day
from handlers.typed import bare_link, count, number, short
from store import Store
from store.model import ArticleRow
from store.upkeep import Goes

PAGE = 8
"""Articles to choose from on a page."""

GONE = Answer("That article is not loaded (any more).", (Note("/sources lists the loaded articles of the story."),))
_HOW = Note("/unload takes the number in /sources, the link, or words of the headline; or reply with it to an answer.")
_BY_ID = re.compile(r"=([0-9]{1,15})")
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)


def answer(question: Question, store: Store) -> Answer:
    """What is asked first; confirmed, what went."""
    found = _meant(question, store)
    if question.words and not found:
        return replace(GONE, blocks=(_HOW,))
    if len(found) != 1:
        return _choose(found, question, store)
    goes = store.upkeep.goes_with(found[0].id)
    if goes is None:
        return GONE
    if not question.confirmed:
        return _ask(found[0], goes, question, store)
    return _forget(found[0], goes, question, store)


def meant(words: str, store: Store) -> list[ArticleRow]:
    """The articles that a link or words of a headline mean, whatever their story."""
    return _by_words(words, Question(command="unload"), store) if number(words) is None else []


def _meant(question: Question, store: Store) -> list[ArticleRow]:
    """The articles that the words, else the replied-to message, may mean."""
    if question.words:
        return _by_words(question.words, question, store)
    return _by_message(question.reply, question, store) if question.reply else []


def _by_words(words: str, question: Question, store: Store) -> list[ArticleRow]:
    if by_id := _BY_ID.fullmatch(words):
        return _rows([int(by_id[1])], store)
    if _LINK.fullmatch(words):
        return _rows(store.upkeep.by_link(bare_link(words)), store)
    if places.is_place(words):
        place = places.find(words, store)
        version = store.version(place.version_id) if place is not None else None
        return _rows([version.id], store) if version is not None else []
    at = number(words)
    if at is not None:
        story = find(question, store)
        return store.articles(story.id)[at - 1 : at] if story is not None else []
    wanted = set(key(words).split())
    return [row for row in store.newest() if wanted and wanted <= _words(row)]


def _by_message(text: str, question: Question, store: Store) -> list[ArticleRow]:
    """By a link in the message, else by headlines and outlets that it names."""
    found = [each for link in _LINK.findall(text) for each in store.upkeep.by_link(bare_link(link))]
    if rows := _rows(list(dict.fromkeys(found)), store):
        return rows
    said = f" {key(text)} "
    named = [row for row in store.newest() if (headline := key(row.headline)) and f" {headline} " in said]
    if named:
        return named
    story = find(question, store)
    here = store.articles(story.id) if story is not None else []
    return [row for row in here if row.outlet and f" {key(row.outlet)} " in said]


def _words(row: ArticleRow) -> set[str]:
    return set(key(f"{row.headline} {row.outlet or ''}").split())


def _rows(ids: Sequence[int], store: Store) -> list[ArticleRow]:
    return [row for each in ids if each < 2**63 and (row := store.article(each)) is not None]


def _choose(found: Sequence[ArticleRow], question: Question, store: Store) -> Answer:
    """Which of these; with none, which of the story."""
    story = find(question, store)
    rows = found or (store.articles(story.id) if story is not None else [])
    if not rows:
        return Answer("No articles are loaded.")
    page = page_of(rows, question.page, PAGE)
    lines = [Entry(_told(row), _known(row), follow(question, "unload", f"={row.id}")) for row in page.items]
    heading = f"Which article is to be forgotten? {page.label}".strip()
    again = question if found else replace(question, reply=None, words="", story=story.id if story else None)
    return Answer(heading, (*lines, _HOW), turns(again, page))


def _told(row: ArticleRow) -> str:
    return short(row.headline or row.name, 200)


def _known(row: ArticleRow) -> str:
    known = [row.outlet or "", day(row.published) if row.published else "", f"loaded {day(row.loaded_at)}"]
    return " · ".join(short(each, 100) for each in known if each)


def _ask(row: ArticleRow, goes: Goes, question: Question, store: Store) -> Answer:
    """What goes with it, and the question whether it may."""
    blocks: list[Block] = [Entry(_told(row), _known(row), link=row.url), Note(with_it(goes))]
    if goes.story:
        blocks.append(Note(_story_goes(goes, row, store)))
    lost = ", what admins decided about it cannot" if goes.corrections else ""
    blocks.append(Note(f"This cannot be undone. The article can be loaded again{lost}."))
    yes = replace(follow(question, "unload", f"={row.id}"), story=None)
    return Answer("Forget this article?", tuple(blocks), confirm=yes)


def with_it(goes: Goes) -> str:
    """What is forgotten with an article, in one sentence."""
    parts = [
        count(goes.versions, "version"),
        count(goes.quotations, "quotation"),
        *([count(goes.corrections, "correction") + " by admins"] if goes.corrections else []),
        *([count(goes.reports, "open report")] if goes.reports else []),
    ]
    return f"With it {'goes' if len(parts) == 1 and goes.versions == 1 else 'go'} {_listed(parts)}."


def _listed(parts: Sequence[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _story_goes(goes: Goes, row: ArticleRow, store: Store) -> str:
    at = store.story_of(row.id)
    story = store.story(at) if at is not None else None
    name = f"“{title(story)}”" if story is not None else ""
    fall = ""
    if goes.chats:
        chose = "chat that chose it gets" if goes.chats == 1 else "chats that chose it get"
        fall = f" {goes.chats:,} {chose} the newest story instead."
    return f"It is the only article of its story, so the story {name} goes, too.{fall}".replace("  ", " ")


def _forget(row: ArticleRow, goes: Goes, question: Question, store: Store) -> Answer:
    store.unload(row.id)
    gone = " Its story is gone, too." if goes.story else ""
    left = Note(f"{_told(row)}: {count(goes.versions, 'version')}, {count(goes.quotations, 'quotation')}.{gone}")
    to_stories = replace(follow(question, "stories"), story=None)
    return Answer("The article is forgotten.", (left,), (Next("Stories", to_stories),))
