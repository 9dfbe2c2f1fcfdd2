"""/context: the text around a passage, as its article prints it."""

from __future__ import annotations

from dataclasses import replace

from handlers import changes, finding, near, passages, places, showing
from handlers.answer import Answer, Block, Carrier, Group, Next, Note, Quoted
from handlers.current import current, follow, heading
from handlers.elsewhere import not_said
from handlers.links import to_passage
from handlers.people import pointer
from handlers.question import Question
from handlers.speech import said_in
from handlers.typed import short
from store import Store
from store.model import ArticleRow, Passage, Story

NEAR = 2
"""Sentences shown on each side at first; each "More" shows as many again."""

WIDEST = 4
"""Times that the view is widened."""


def answer(question: Question, store: Store) -> Answer:
    """Around the passage of a button, of typed words, or of the message that was replied to."""
    story = current(question, store)
    found = finding.place_of(question, story, store)
    if found is not None:
        return _around(found, question, finding.home(found, story, store), store)
    if places.is_place(question.words):
        return passages.GONE
    wanted = finding.wanted(question)
    if not wanted:
        return Answer("Which passage?", (Note("Send /context with words of it, or reply to it with /context."),))
    note = Note("/context needs words exactly as an article prints them.")
    return not_said(
        note, question, story, store, wanted[0], lambda other: finding.printed(wanted[0], other, store) is not None, ()
    )


def _around(found: Passage, question: Question, story: Story, store: Store) -> Answer:
    wide = min(max(question.page, 0), WIDEST)
    whole = finding.whole_sentences(found, store)
    before, _, after = store.around(whole, sentences=NEAR * (wide + 1))
    asked = follow(question, "context", places.written((found,)), story=story.id)
    middle, quoted_in_it = _with_report(_shown(whole, asked, story, store), found, asked, store)
    blocks: list[Block] = [*_version_note(middle.carriers[0])]
    blocks += [Group("Before", (_plain(before, asked, story, store),))] if before else []
    edited = near.copies(whole, story, store, {carrier.article.id for carrier in middle.carriers})
    blocks += [Group("The passage", (middle, *quoted_in_it, *edited))]
    blocks += [Group("After", (_plain(after, asked, story, store),))] if after else []
    more = [Next("More around it", replace(asked, page=wide + 1))] if wide < WIDEST and (before or after) else []
    more += [Next("Less around it", replace(asked, page=wide - 1))] if wide else []
    picture = Next("Picture", follow(asked, "card", places.written((found,))))
    ways = (
        *_speakers(found, asked, story, store),
        *_elsewhere(middle, asked),
        Next("Sources", follow(asked, "sources")),
    )
    since = _changed(middle.carriers[0].article, asked)
    return Answer(
        heading("Context", story), tuple(blocks), (*since, *more, picture, *ways), link=to_passage(asked.words)
    )


def _changed(article: ArticleRow, question: Question) -> tuple[Next, ...]:
    """A button to what changed since an older version."""
    if article.newest:
        return ()
    return (Next("What changed since", changes.question(question, article.id, article.version_number)),)


def _speakers(found: Passage, question: Question, story: Story, store: Store) -> tuple[Next, ...]:
    """Buttons to whoever is quoted in the passage."""
    said = store.quotation_at(found)
    cast = store.cast(story.id) if said is not None else []
    people = [pointer(member, cast) for member in cast if said is not None and member.id in said.people]
    return tuple(Next(f"About {short(name, 40)}", follow(question, "who", name)) for name in people[:2])


def _shown(words: Passage, question: Question, story: Story, store: Store) -> Quoted:
    """The passage; with its speaker where all of it lies in one quotation."""
    quoted = _plain(words, question, story, store)
    for said in said_in(story.id, store):
        if showing.is_inside(words, said):
            spoken = showing.quotation(said, question, story, store)
            return replace(spoken, parts=(words,), carriers=quoted.carriers, context=None)
    return quoted


def _with_report(middle: Quoted, found: Passage, question: Question, store: Store) -> tuple[Quoted, tuple[Note, ...]]:
    """The passage with the way to say that its quotation is wrong, and who is quoted where it does not tell itself."""
    said = None if middle.wrong is not None else store.quotation_at(found)
    if said is None:
        return middle, ()
    by = (said.speaker or "unattributed") + (", set by an admin" if said.set_by_admin else "")
    wrong = follow(question, "wrong", places.written(said.parts))
    return replace(middle, wrong=wrong), (Note(f"Quoted in it: {by}"),)


def _plain(words: Passage, question: Question, story: Story, store: Store) -> Quoted:
    """Text around the passage, which needs no context button of its own."""
    return replace(showing.passage(words, question, story, store), context=None)


def _version_note(own: Carrier) -> tuple[Note, ...]:
    if own.article.newest:
        return ()
    return (Note(f"From version {own.article.version_number} of this article. A newer version is loaded."),)


def _elsewhere(middle: Quoted, question: Question) -> tuple[Next, ...]:
    """Buttons to the same words in the other articles that carry them."""
    return tuple(
        Next(f"In {short(carrier.article.name, 40)}", replace(question, words=places.written(carrier.parts)))
        for carrier in middle.carriers[1:4]
    )
