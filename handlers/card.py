"""/card: one printed quotation as a picture to pass on."""

from __future__ import annotations

from dataclasses import replace

from handlers import finding, passages, places, showing
from handlers.answer import Answer, Card, Next, Note, Quoted
from handlers.current import current, follow, heading
from handlers.question import Question
from store import Store
from store.model import Passage, StoredQuotation, Story

LONGEST = 700
"""Most code points that are still easy to read in a picture."""


def answer(question: Question, store: Store) -> Answer:
    """The quotation or sentence of a button, of typed words, or of the message that was replied to."""
    story = current(question, store)
    place = finding.place_of(question, story, store)
    if place is None:
        gone = question.words and places.is_place(question.words)
        return passages.GONE if gone else _not_found(question, story)
    home = finding.home(place, story, store)
    quoted = _quoted(place, question, home, store)
    if sum(len(part.text) for part in quoted.parts) > LONGEST:
        return Answer("This passage is too long for a picture.", next=(_text(quoted),) if quoted.context else ())
    return Answer(heading("Picture", home), (quoted,), picture=Card(quoted))


def _not_found(question: Question, story: Story) -> Answer:
    if question.words or question.reply:
        note = "No loaded article of this story prints these words."
        return Answer(heading("Picture", story), (Note(note),), (Next("Quotes", follow(question, "quotes")),))
    return Answer("A picture of which passage?", (Note("Send /card with words of it, or reply to it with /card."),))


def _quoted(place: Passage, question: Question, story: Story, store: Store) -> Quoted:
    """The whole quotation that the place is of, else the sentences of the place as the outlet's own words."""
    said = store.quotation_at(place)
    if said is not None and _is_of(place, said):
        return replace(showing.quotation(said, question, story, store), wrong=None)
    return showing.passage(finding.whole_sentences(place, store), question, story, store)


def _is_of(place: Passage, said: StoredQuotation) -> bool:
    """Whether the place lies in the quotation, is all of it, or is mostly its words."""
    same = places.written((place,)) == places.written(said.parts)
    return same or showing.is_inside(place, said) or showing.spoken_at(place, [said]) is not None


def _text(quoted: Quoted) -> Next:
    assert quoted.context is not None
    return Next("Show it as text", quoted.context)
