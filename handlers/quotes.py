"""/quotes: who said what, each quotation once over all copies of a story."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from analysis.model import QuoteKind
from handlers import showing
from handlers.answer import Answer, Next, Note
from handlers.choosing import Chosen, by_intent, by_message, by_words, of_member
from handlers.current import current, follow, heading, title, ways_on
from handlers.elsewhere import not_said, or_there
from handlers.grouping import once
from handlers.intents import intent_of
from handlers.links import to_person, to_story
from handlers.paging import page_of, turns
from handlers.people import did_you_mean, meant, pointer
from handlers.question import Question
from handlers.speech import said_in
from handlers.typed import WORDS_LIMIT, count, short
from store import Store
from store.model import Story


def answer(question: Question, store: Store) -> Answer:
    """All quotations, or those of a speaker, or those with the words, or those a replied-to message is about."""
    story = current(question, store)
    asked = replace(question, story=story.id)
    said = said_in(story.id, store)
    if question.words:
        chosen = by_words(question.words, said, store.cast(story.id))
        shown = show(chosen, asked, story, store)
        if chosen.member is None and not chosen.perhaps:
            return shown
        return or_there(shown, asked, story, store, partial(_has, asked, store=store))
    if question.reply:
        return show(by_message(question.reply, said, store.cast(story.id)), asked, story, store)
    return show(Chosen("Quotes", tuple(said)), asked, story, store)


def show(chosen: Chosen, question: Question, story: Story, store: Store) -> Answer:
    """One page of the quotations, or plainly that there are none."""
    if chosen.perhaps:
        return did_you_mean(chosen.perhaps, store.cast(story.id), question)
    shown = once(chosen.quotations)
    wanted = [said for said in shown if question.preferences.indirect or said.kind is not QuoteKind.INDIRECT]
    page = page_of(wanted, question.page, question.preferences.page)
    if not page.items:
        return _hidden(len(shown), question, story) if shown else _none(chosen, question, story, store)
    return Answer(
        heading(short(chosen.label, 80), story, page.label),
        tuple(showing.listed(said, question, story, store) for said in page.items),
        (*turns(question, page), *_about(chosen, question, store), *ways_on(question, leave_out="quotes")),
        link=to_story(story) if chosen.member is None else to_person(chosen.member),
    )


def _hidden(amount: int, question: Question, story: Story) -> Answer:
    """All that was found is reported speech, which the chat does not want."""
    note = Note(f"{count(amount, 'reported statement')} without quotation marks: hidden here by /settings.")
    return Answer(heading("Quotes", story), (note,), (Next("Settings", follow(question, "settings")),))


def _none(chosen: Chosen, question: Question, story: Story, store: Store) -> Answer:
    every = Next("All quotes", follow(question, "quotes"))
    if chosen.member is None:
        missing = "No quotation has such a speaker or such words." if question.words or question.reply else ""
        note, ways = Note(f"{missing} Story: {title(story)}".strip()), (every, *ways_on(question, leave_out="quotes"))
    else:
        note = Note(f"No such quotation of {chosen.member.name} was found. Story: {title(story)}")
        ways = (*_about(chosen, question, store), every)
    words = question.words or short(question.reply or "", WORDS_LIMIT)
    return not_said(note, question, story, store, words, partial(_has, question, store=store), ways)


def _has(question: Question, other: Story, store: Store) -> bool:
    """Whether another story has quotations for the question."""
    said, cast = said_in(other.id, store), store.cast(other.id)
    intent = intent_of(question.words) if question.command == "ask" else None
    if intent is not None:
        return bool(by_intent(intent, said, cast).quotations)
    if question.words:
        chosen = by_words(question.words, said, cast)
        spoke = any(of_member(member, said).quotations for member in chosen.perhaps)
        return bool(chosen.quotations) or (spoke and meant(question.words, cast).named)
    return bool(by_message(question.reply or "", said, cast).quotations)


def _about(chosen: Chosen, question: Question, store: Store) -> tuple[Next, ...]:
    """A button to the person whose quotations these are."""
    if chosen.member is None or question.story is None:
        return ()
    words = pointer(chosen.member, store.cast(question.story))
    return (Next(f"About {short(chosen.member.name, 40)}", follow(question, "who", words)),)
