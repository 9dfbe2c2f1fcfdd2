"""/changes: what an outlet changed in an article from one loaded version to another, what matters first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.changes import Edit, Kind, changes
from analysis.document import Field
from handlers.answer import Answer, Block, Change, Entry, Next, Note, Wording
from handlers.current import current, follow, heading
from handlers.paging import page_of, turns
from handlers.question import Question
from handlers.typed import count, number, short
from store import Store
from store.model import ArticleRow, Passage

LABELS = {
    Kind.NUMBER: "A number or a date",
    Kind.NAME: "A name, or who says it",
    Kind.HEDGE: "How sure it is, or how it is said",
    Kind.REMOVED: "Removed",
    Kind.ADDED: "Added",
    Kind.WORDS: "Other words",
    Kind.MOVED: "Moved",
    Kind.SPELLING: "Spelling",
    Kind.TYPOGRAPHY: "Marks, capitals or spacing",
}
SMALL = "small"
NONE_CHANGED = Note("None of the loaded articles has a newer version.")
_ASKED = re.compile(r"article ([0-9]{1,15})(?: version ([0-9]{1,9}))?( small)?")


@dataclass(frozen=True, slots=True)
class Asked:
    """The article meant, the older version (None: the one before the newest), and whether small changes are shown."""

    article: int
    version: int | None = None
    small: bool = False


def question(asked: Question, article: int, version: int | None = None, *, small: bool = False) -> Question:
    """The question what changed in an article since a version, by its number."""
    words = f"article {article}" + (f" version {version}" if version else "") + (f" {SMALL}" if small else "")
    return follow(asked, "changes", words)


def answer(question: Question, store: Store) -> Answer:
    """What changed in the article that is asked for; which there are where there are several."""
    story = current(question, store)
    rows = [row for row in store.articles(story.id) if row.version_number > 1]
    asked = _asked(question, store, story.id)
    if asked is None and question.words and rows:
        return Answer("Which article?", (Note("Send /changes with its number in /sources."), *_entries(question, rows)))
    if asked is None and len(rows) == 1:
        asked = Asked(rows[0].id)
    if asked is None:
        label = count(len(rows), "updated article") if rows else "No article was updated"
        return Answer(heading(label, story), _entries(question, rows) or (NONE_CHANGED,))
    row = store.article(asked.article)
    versions = store.versions(asked.article)
    if row is None or not versions:
        return Answer("That article is not there any more.", (Note("Please ask again."),))
    older = [each for each in versions[:-1] if asked.version in (None, each.version_number)]
    if not older:
        return Answer(f"Only one version of this article is loaded: {short(row.name, 90)}")
    return _told(question, replace(asked, version=older[-1].version_number), older[-1], row, store)


def _asked(question: Question, store: Store, story_id: int) -> Asked | None:
    if match := _ASKED.fullmatch(question.words):
        return Asked(int(match[1]), int(match[2]) if match[2] else None, bool(match[3]))
    at, rows = number(question.words), store.articles(story_id)
    return Asked(rows[at - 1].id) if at is not None and at <= len(rows) else None


def _entries(asked: Question, rows: Sequence[ArticleRow]) -> tuple[Entry, ...]:
    return tuple(
        Entry(short(row.name, 200), f"version {row.version_number}", question(asked, row.id)) for row in rows[:20]
    )


def _told(asked: Question, meant: Asked, old: ArticleRow, new: ArticleRow, store: Store) -> Answer:
    """The changes that matter, a page at a time; the small ones are counted, and shown when asked for."""
    before, after = _sentences(old, store), _sentences(new, store)
    found = changes([each.text for each in before], [each.text for each in after])
    shown = sorted((edit for edit in found if edit.kind.is_trivial == meant.small), key=lambda edit: edit.kind)
    page = page_of(shown, asked.page)
    which = f"version {old.version_number} and {new.version_number}"
    label = f"{count(len(shown), 'small change' if meant.small else 'change')} between {which}"
    blocks: list[Block] = [_block(edit, before, after, old, new) for edit in page.items]
    folded = [] if meant.small else [edit for edit in found if edit.kind.is_trivial]
    if folded:
        blocks.append(Note(f"Not shown: {_counted(folded)}."))
    if not found:
        blocks.append(Note("The words of both versions are the same."))
    ways = [Next("Small changes", question(asked, meant.article, meant.version, small=True))] if folded else []
    if meant.small:
        ways.append(Next("Changes that matter", question(asked, meant.article, meant.version)))
    ways += [
        Next(f"Since version {row.version_number}", question(asked, meant.article, row.version_number))
        for row in store.versions(meant.article)[:-1][-4:]
        if row.version_number != meant.version
    ]
    title = f"{label}, {page.label}" if page.label else label
    return Answer(f"{title} — {short(new.name, 90)}", tuple(blocks), (*turns(asked, page), *ways))


def _sentences(row: ArticleRow, store: Store) -> list[Passage]:
    """The sentences in order; captions with the others, as each was printed."""
    every = store.sentences(row.version_id)
    return [each for field in Field for each in every if each.field is field]


def _counted(edits: Sequence[Edit]) -> str:
    kinds = Counter(edit.kind for edit in edits)
    return ", ".join(
        f"{LABELS[kind].lower()} {kinds[kind]} {'time' if kinds[kind] == 1 else 'times'}" for kind in sorted(kinds)
    )


def _block(edit: Edit, before: Sequence[Passage], after: Sequence[Passage], old: ArticleRow, new: ArticleRow) -> Change:
    one = before[edit.before] if edit.before is not None else None
    other = after[edit.after] if edit.after is not None else None
    return Change(
        LABELS[edit.kind],
        Wording(f"Version {old.version_number}", one.text if one else "", edit.marked_before, one, old),
        Wording(f"Version {new.version_number}", other.text if other else "", edit.marked_after, other, new),
    )
