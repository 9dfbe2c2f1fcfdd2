"""/reports: the passages that readers call wrong, for admins to decide on."""

from __future__ import annotations

from handlers import fix, passages, places
from handlers.answer import Answer, Block, Entry, Note
from handlers.current import follow
from handlers.paging import page_of, turns
from handlers.question import Question
from handlers.typed import count
from store import Store
from store.model import OpenReport


def answer(question: Question, store: Store) -> Answer:
    """A page of them, those that most readers call wrong first."""
    page = page_of(store.reports(), question.page)
    if not page.items:
        return Answer("There are no open reports.", (Note("Readers tap “Wrong?” below a quotation's context."),))
    blocks = [block for each in page.items for block in _blocks(each, question, store)]
    heading = f"Open reports, {page.label}" if page.label else "Open reports"
    return Answer(heading, tuple(blocks), turns(question, page))


def _blocks(report: OpenReport, question: Question, store: Store) -> list[Block]:
    """The passage as it is shown now, and a line that leads to the choice."""
    readers = f"{count(report.readers, 'reader')}, {report.since:%d %B %Y}"
    place, found = places.written((report.passage,)), passages.meant(report.passage, store)
    if found is not None:
        asked = follow(question, "fix", place, story=found.story.id)
        return [passages.block(found, question, store), Entry("Decide", readers, asked)]
    story = passages.story_of(report.article_id, store)
    if story is None:
        return []
    close = follow(question, "fix", f"{place} {fix.RIGHT}", story=story.id)
    shown = passages.printed((report.passage,), question, story, store)
    return [shown, Entry("Close", f"nobody is quoted there any more; {readers}", close)]
