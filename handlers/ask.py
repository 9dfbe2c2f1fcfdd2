"""/ask: the printed passages that answer a question, or plainly that the loaded articles do not say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from analysis.words import key
from handlers import check, context, linked, quotes, showing, summary, who
from handlers.answer import Answer, Entry, Note, Quoted
from handlers.choosing import Chosen, by_role, of_member, printed, with_words
from handlers.current import current, follow, heading, title, ways_on
from handlers.evidence import FOUND, best
from handlers.intents import Intent, Wanted, intent_of, is_negated
from handlers.people import did_you_mean, meant
from handlers.plain import NOT_SAID, NOT_SAID_HERE
from handlers.pointing import POINTERS, Pointed, Points, pointed
from handlers.question import Question
from handlers.speech import said_in
from handlers.typed import WORDS_LIMIT, short, tidy
from handlers.wording import has_all, shared, stands_in
from store import Store
from store.model import Passage, Story

MOST = 5
"""Most passages of other stories that are looked at."""

OTHER_STORIES = 3
"""Most other stories that are offered."""

SHORT_NAME = 3
"""Most words that are surely somebody's name, so that nobody else's words are shown for theirs."""

_WHAT_HAPPENED = re.compile(
    r"(?:so |and )?(?:what(?:['’]s| is| has)? (?:happened|happening|going on|new|the (?:news|story))"
    r"|(?:give me )?(?:a |the )?summary|summari[sz]e)(?: please)?[\s?!.]*",
    re.IGNORECASE,
)
"""Questions about the story as a whole."""

LONGEST_CLAIM = 400
"""Most code points of a message that is compared with what is printed, where nothing is asked about it."""


def answer(question: Question, store: Store) -> Answer:
    """Somebody's portrait or quotations where the question asks for these, else the best passages."""
    at = None if is_negated(question.words) else pointed(question.words)
    if at is not None and at.at is not Points.MESSAGE and (question.reply or at.at is Points.WORDS):
        return _at_message(at, question, store)
    story = current(question, store)
    message = "" if question.words and at is None else question.reply or ""
    if message and _is_claim(message) and (found := check.found(replace(question, words=""), store)) is not None:
        return found
    words = tidy(message)[:WORDS_LIMIT] or question.words
    asked = replace(question, words=words, story=story.id, reply=None)
    if not words:
        return Answer(
            "What would you like to know?", (Note("Send /ask with a question about the story."),), ways_on(asked)
        )
    if _WHAT_HAPPENED.fullmatch(words):
        return summary.answer(replace(asked, command="summary", words=""), store)
    if linked.is_link(words):
        return linked.answer(asked, store)
    if is_negated(words):
        note = Note("Ask without “not” for what is printed of somebody's words.")
        return Answer("What somebody did not say cannot be looked up.", (note,), ways_on(asked))
    intent = intent_of(words)
    routed = _routed(intent, asked, story, store) if intent is not None else None
    return routed or _passages(asked, story, store)


def _at_message(at: Pointed, question: Question, store: Store) -> Answer:
    """What the words of the message that is replied to are, whom it is about, or what stands around it."""
    asked = replace(question, words="")
    if at.at is Points.PERSON:
        return who.answer(replace(asked, command="who"), store)
    if at.at is Points.CONTEXT:
        return context.answer(replace(asked, command="context"), store)
    return check.answer(replace(asked, command="check"), store, at.by)


def _is_claim(message: str) -> bool:
    """Whether a message says something short, rather than asks."""
    return len(message) <= LONGEST_CLAIM and "?" not in message and intent_of(tidy(message)) is None


def _routed(intent: Intent, question: Question, story: Story, store: Store) -> Answer | None:
    """The answer about a person or their quotations; None where it is not clear that this is asked."""
    said, cast = said_in(story.id, store), store.cast(story.id)
    if intent.wanted is Wanted.SPEAKER_OF:
        chosen = with_words(intent.about, said)
        return quotes.show(chosen, question, story, store) if chosen else None
    people = meant(intent.name, cast)
    if {*intent.about.lower().split()} <= POINTERS:  # "what did Kelly say about this?"
        intent = replace(intent, about="")
    if intent.wanted is Wanted.PERSON:
        return who.about(people.clear, question, story, store) if people.clear else None
    if people.clear is not None:
        return quotes.show(of_member(people.clear, said, intent.about), question, story, store)
    described = by_role(intent.name, said, intent.about)
    if described is not None:
        return quotes.show(described, question, story, store)
    if people.perhaps:
        after = f" say about {intent.about}?" if intent.about else " say?"
        return did_you_mean(people.perhaps, cast, question, "what did ", after)
    return quotes.show(Chosen("Quotes"), question, story, store) if len(intent.name.split()) <= SHORT_NAME else None


def _passages(question: Question, story: Story, store: Store) -> Answer:
    found = best(question.words, store.search(question.words, story.id, FOUND), store, question.preferences.page)
    if not found:
        return _nothing(question, story, store)
    return Answer(
        heading(f"On “{short(question.words, 60)}”", story),
        tuple(_shown(found, question, story, store)),
        ways_on(question),
    )


def _shown(found: Sequence[Passage], question: Question, story: Story, store: Store) -> Iterable[Quoted]:
    """Each passage once; where a quotation has what is asked for, it is shown as that, with its speaker."""
    said, seen = said_in(story.id, store), list[str]()
    for sentence in found:
        spoken = showing.spoken_at(sentence, said)
        if spoken and not has_all(shared(question.words, sentence.text), printed(spoken)):
            spoken = None
        words = spoken.words if spoken else key(sentence.text)
        if any(stands_in(words, other) for other in seen):
            continue
        seen.append(words)
        if spoken:
            yield showing.listed(spoken, question, story, store)
        else:
            yield showing.passage(sentence, question, story, store)


def _nothing(question: Question, story: Story, store: Store) -> Answer:
    """Nothing in this story; other stories that do have something are offered."""
    others = _other_stories(question, story, store)
    if others:
        entries = tuple(
            Entry(title(each, 120), "", follow(question, "ask", question.words, story=each.id)) for each in others
        )
        return Answer(NOT_SAID_HERE, (Note("Another story may:"), *entries))
    note = Note(f"You can ask who is in the story, who said what, or for a summary. Story: {title(story)}")
    return Answer(NOT_SAID, (note,), ways_on(question))


def _other_stories(question: Question, story: Story, store: Store) -> list[Story]:
    hits = [hit for hit in store.search(question.words, None, FOUND) if hit.article_id not in story.articles]
    found = best(question.words, hits, store, MOST)
    articles = [article.id for each in found if (article := store.version(each.version_id))]
    stories = store.stories() if articles else []
    return [each for each in stories if set(each.articles) & set(articles)][:OTHER_STORIES]
