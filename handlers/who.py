"""/who: the people of a story, and for each what is printed about them and what they said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from analysis.model import SpeakerKind
from handlers import showing
from handlers.answer import Answer, Block, Entry, Group, Next, Note, Quoted
from handlers.choosing import named_in
from handlers.current import current, follow, heading, title, ways_on
from handlers.paging import page_of, turns
from handlers.people import did_you_mean, meant, pointer
from handlers.plain import NOT_SAID
from handlers.portrait import Portrait, portrait
from handlers.question import Question
from handlers.typed import count, short
from store import Store
from store.model import ArticleRow, CastMember, Passage, StoredQuotation, Story

CAST_PAGE = 10
"""People on a page of the cast; an entry is one line."""

ROLES = 3
"""Most roles that are shown."""

Item = tuple[str, StoredQuotation | Passage]


def answer(question: Question, store: Store) -> Answer:
    """The cast by weight, or the one person meant."""
    story = current(question, store)
    asked = replace(question, story=story.id)
    cast = store.cast(story.id)
    if question.words:
        found = meant(question.words, cast)
        if found.clear is not None:
            return about(found.clear, asked, story, store)
        return did_you_mean(found.perhaps, cast, asked) if found.perhaps else _nobody(asked, story)
    if question.reply:
        named = named_in(question.reply, cast)
        if len(named) == 1:
            return about(named[0], asked, story, store)
        return did_you_mean(named[:5], cast, asked) if named else _nobody(asked, story)
    return _all(cast, asked, story)


def _nobody(question: Question, story: Story) -> Answer:
    note = Note(f"Nobody of that name or role was found. Story: {title(story)}")
    return Answer(NOT_SAID, (note,), (Next("People", follow(question, "who")),))


def _all(cast: Sequence[CastMember], question: Question, story: Story) -> Answer:
    """People first, then organisations that speak, each by weight."""
    in_order = sorted(cast, key=lambda member: member.kind is SpeakerKind.ORGANISATION)
    page = page_of(in_order, question.page, CAST_PAGE)
    if not page.items:
        return Answer(
            heading("People", story), (Note("Nobody was found by name."),), ways_on(question, leave_out="who")
        )
    blocks: list[Block] = []
    for organisations, members in groupby(page.items, key=lambda member: member.kind is SpeakerKind.ORGANISATION):
        entries = tuple(_entry(member, cast, question, story) for member in members)
        blocks += [Group("Organisations that speak", entries)] if organisations else entries
    return Answer(
        heading("People", story, page.label),
        tuple(blocks),
        (*turns(question, page), *ways_on(question, leave_out="who")),
    )


def _entry(member: CastMember, cast: Sequence[CastMember], question: Question, story: Story) -> Entry:
    where = f"in {len(member.articles)} of {count(len(story.articles), 'article')}"
    words = pointer(member, cast)
    return Entry(words, where, follow(question, "who", words))


def about(member: CastMember, question: Question, story: Story, store: Store) -> Answer:
    """One person: names, roles and counts on the first page, then passages page by page."""
    found = portrait(member, story, store)
    page = page_of(_items(found), question.page)
    blocks: list[Block] = [] if page.number else _introduction(member, found, question, story, store)
    for group, items in groupby(page.items, key=lambda item: item[0]):
        blocks.append(Group(group, tuple(_shown(each, question, story, store) for _, each in items)))
    words = pointer(member, store.cast(story.id))
    asked = replace(question, command="who", words=words, reply=None)
    quotes = [Next("Quotes", follow(asked, "quotes", words))] if found.said else []
    people = Next("People", follow(asked, "who"))
    return Answer(
        heading(short(member.name, 60), story, page.label), tuple(blocks), (*turns(asked, page), *quotes, people)
    )


def _items(found: Portrait) -> list[Item]:
    return [
        *(("Quotes", said) for said in found.said),
        *(("In quotes of others", said) for said in found.by_others),
        *(("Elsewhere in the articles", sentence) for sentence in found.elsewhere),
    ]


def _introduction(member: CastMember, found: Portrait, question: Question, story: Story, store: Store) -> list[Block]:
    blocks: list[Block] = []
    if member.aliases:
        blocks.append(Note(f"Also printed as: {short(', '.join(member.aliases), 300)}"))
    articles = [each for each in store.articles(story.id) if each.id in member.articles]
    where = f"in {len(articles)} of {count(len(story.articles), 'loaded article')}"
    often = f"Mentioned {count(found.times, 'time')} {where}" if found.times else where.capitalize()
    blocks.append(Note(f"{often}: {_names(articles)}"))
    if found.roles:
        roles = (showing.passage(role, question, story, store) for role in found.roles[:ROLES])
        shown = tuple(replace(role, context=None) for role in roles)
        blocks.append(Group("As printed", shown))
    return blocks


def _names(articles: Sequence[ArticleRow]) -> str:
    """The names of the articles, as many as fit a line or two."""
    names = [short(article.name, 80) for article in articles[:4]]
    more = [f"and {len(articles) - 4:,} more"] if len(articles) > 4 else []
    return "; ".join([*names, *more])


def _shown(item: StoredQuotation | Passage, question: Question, story: Story, store: Store) -> Quoted:
    if isinstance(item, Passage):
        return showing.passage(item, question, story, store)
    return showing.quotation(item, question, story, store)
