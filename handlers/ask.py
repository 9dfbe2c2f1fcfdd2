"""/ask: the printed passages that answer a question, or plainly that the loaded articles do not say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from analysis.words import key
from handlers import check, quotes, showing, who
from handlers.answer import Answer, Entry, Note, Quoted
from handlers.choosing import Chosen, by_role, of_member, printed, with_words
from handlers.current import current, follow, heading, title, ways_on
from handlers.evidence import FOUND, best
from handlers.intents import Intent, Wanted, intent_of, is_negated
from handlers.people import did_you_mean, meant
from handlers.plain import NOT_SAID, NOT_SAID_HERE
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

_POINTS = re.compile(
    r"(?:and |but |so |hey |wait,? |ok,? )?(?:(?:is|was) (?:that|this|it) (?:really )?(?:true|right|real|correct|so)"
    r"|really|true|true or false|fact ?check(?: (?:this|that))?|check (?:this|that|it)"
    r"|did (?:he|she|they) (?:really |actually |ever )?say (?:that|this|it|so)|who said (?:that|this|it|so)"
    r"|where (?:is|was) (?:that|this|it) from)[\s?!.]*",
    re.IGNORECASE,
)
"""Questions that only point at the message they reply to: its words are what is to be looked up."""


def answer(question: Question, store: Store) -> Answer:
    """Somebody's portrait or quotations where the question asks for these, else the best passages."""
    if question.reply and _POINTS.fullmatch(question.words):
        return check.answer(replace(question, command="check", words=""), store)
    story = current(question, store)
    words = question.words or tidy(question.reply or "")[:WORDS_LIMIT]
    asked = replace(question, words=words, story=story.id, reply=None)
    if not words:
        return Answer(
            "What would you like to know?", (Note("Send /ask with a question about the story."),), ways_on(asked)
        )
    if is_negated(words):
        note = Note("Ask without “not” for what is printed of somebody's words.")
        return Answer("What somebody did not say cannot be looked up.", (note,), ways_on(asked))
    intent = intent_of(words)
    routed = _routed(intent, asked, story, store) if intent is not None else None
    return routed or _passages(asked, story, store)


def _routed(intent: Intent, question: Question, story: Story, store: Store) -> Answer | None:
    """The answer about a person or their quotations; None where it is not clear that this is asked."""
    said, cast = said_in(story.id, store), store.cast(story.id)
    if intent.wanted is Wanted.SPEAKER_OF:
        chosen = with_words(intent.about, said)
        return quotes.show(chosen, question, story, store) if chosen else None
    people = meant(intent.name, cast)
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
