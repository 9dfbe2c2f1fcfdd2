"""/summary: the most central sentences of a story, each as a passage with its carriers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.document import Field
from analysis.summary import summarise
from handlers import showing
from handlers.answer import Answer, Next, Note, Quoted
from handlers.current import current, heading, ways_on
from handlers.grouping import once
from handlers.links import to_story
from handlers.question import Question
from handlers.speech import said_in
from store import Store
from store.model import Passage, StoredQuotation, Story

WORDS = 110
"""Most words of a summary at first; each "Longer" allows as many more."""

LONGEST = 2
"""Times that a summary is made longer."""

COMPARED = 20
"""Most articles that are compared; the work is squared."""


def answer(question: Question, store: Store) -> Answer:
    """Whole sentences that stand alone, in the order of the story."""
    story = current(question, store)
    length = min(max(question.page, 0), LONGEST)
    found = _central(story, store, WORDS * (length + 1))
    if not found:
        return Answer(heading("Summary", story), (Note("No sentence was found that stands alone."),), ways_on(question))
    longer = replace(question, page=length + 1, story=story.id)
    further = [Next("Longer", longer)] if length < LONGEST and len(found) > 1 else []
    further += [Next("Shorter", replace(longer, page=length - 1))] if length else []
    return Answer(
        heading("Summary", story),
        tuple(_shown(found, question, story, store)),
        (*further, *ways_on(question, leave_out="summary")),
        link=to_story(story),
    )


def _central(story: Story, store: Store, words: int) -> list[Passage]:
    """The sentences; a headline where the articles have none that stands alone."""
    fields = [store.sentences(article.version_id) for article in store.articles(story.id)[:COMPARED]]
    articles = [[each for each in sentences if each.field is Field.BODY] for sentences in fields]
    chosen = summarise([[sentence.text for sentence in sentences] for sentences in articles], words)
    central = [articles[place.article][place.sentence] for place in chosen]
    return central or [each for sentences in fields for each in sentences if each.field is Field.HEADLINE][:1]


def _shown(found: Sequence[Passage], question: Question, story: Story, store: Store) -> Iterator[Quoted]:
    """The sentences; what is wholly somebody's speech is shown as that quotation, once."""
    said = said_in(story.id, store)
    seen: list[StoredQuotation] = []
    for sentence in found:
        spoken = next((each for each in said if showing.is_inside(sentence, each)), None)
        if spoken is None:
            yield showing.first_printed(sentence, question, story, store)
        elif len(once([*seen, spoken])) > len(seen):
            seen.append(spoken)
            yield showing.listed(spoken, question, story, store)
