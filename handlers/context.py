"""/context: the text around a passage, as its article prints it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from analysis.document import Field
from analysis.model import Span
from analysis.words import find, tokens
from handlers import places, showing
from handlers.answer import Answer, Block, Carrier, Group, Next, Note, Quoted
from handlers.current import current, follow, heading
from handlers.elsewhere import not_said
from handlers.question import Question
from handlers.speech import said_in
from handlers.typed import short, tidy
from store import Store
from store.model import Passage, Story

NEAR = 2
"""Sentences shown on each side at first; each "More" shows as many again."""

WIDEST = 4
"""Times that the view is widened."""

_SEARCHED = 50  # articles
_LINES = 20
_MARKED = re.compile(r"[“\"«„]([^“”\"«»„]{8,})[”\"»“]")


def answer(question: Question, store: Store) -> Answer:
    """Around the passage of a button, of typed words, or of the message that was replied to."""
    story = current(question, store)
    if places.is_place(question.words):
        found = places.find(question.words, store)
        if found is None:
            return Answer("That passage is not there any more.", (Note("Please ask again."),))
        return _around(found, question, _home(found, story, store), store)
    wanted = [question.words] if question.words else list(_lines(question.reply or ""))
    if not wanted:
        return Answer("Which passage?", (Note("Send /context with words of it, or reply to it with /context."),))
    for words in wanted:
        if place := _printed(words, story, store):
            return _around(place, question, story, store)
    note = Note("/context needs words exactly as an article prints them.")
    return not_said(
        note, question, story, store, wanted[0], lambda other: _printed(wanted[0], other, store) is not None, ()
    )


def _lines(reply: str) -> Iterator[str]:
    """What may be a passage in a message: what it has in marks, then its lines, the longest first."""
    marked = [tidy(found) for found in _MARKED.findall(reply)]
    lines = sorted((tidy(line) for line in reply.splitlines()), key=len, reverse=True)
    yield from (each for each in [*marked, *lines][:_LINES] if len(each.split()) > 1)


def _printed(words: str, story: Story, store: Store) -> Passage | None:
    """The first place in the story's articles that prints the words."""
    needle = tokens(words)
    for article in store.articles(story.id)[:_SEARCHED]:
        for field in (Field.BODY, Field.HEADLINE, Field.CAPTION):
            place = next(find(needle, tokens(store.text(article.version_id, field))), None)
            if place is not None:
                return store.passage(article.version_id, field, place)
    return None


def _home(found: Passage, story: Story, store: Store) -> Story:
    """The story of the passage's article, which need not be the chat's current one."""
    article = store.version(found.version_id)
    if article is None or article.id in story.articles:
        return story
    home = store.story_of(article.id)
    return (store.story(home) if home is not None else None) or story


def _around(found: Passage, question: Question, story: Story, store: Store) -> Answer:
    wide = min(max(question.page, 0), WIDEST)
    whole = _whole_sentences(found, store)
    before, _, after = store.around(whole, sentences=NEAR * (wide + 1))
    asked = follow(question, "context", places.written((found,)), story=story.id)
    middle, quoted_in_it = _with_report(_shown(whole, asked, story, store), found, asked, store)
    blocks: list[Block] = [*_version_note(middle.carriers[0])]
    blocks += [Group("Before", (_plain(before, asked, story, store),))] if before else []
    blocks += [Group("The passage", (middle, *quoted_in_it))]
    blocks += [Group("After", (_plain(after, asked, story, store),))] if after else []
    more = [Next("More around it", replace(asked, page=wide + 1))] if wide < WIDEST and (before or after) else []
    return Answer(heading("Context", story), tuple(blocks), (*more, *_elsewhere(middle, asked)))


def _whole_sentences(found: Passage, store: Store) -> Passage:
    """The passage widened to the sentences that it stands in; as it is where there are none."""
    met = [
        sentence.span
        for sentence in store.sentences(found.version_id)
        if sentence.field is found.field and sentence.span.meets(found.span)
    ]
    if not met:
        return found
    span = Span(min(found.span.start, *(m.start for m in met)), max(found.span.end, *(m.end for m in met)))
    return store.passage(found.version_id, found.field, span)


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
