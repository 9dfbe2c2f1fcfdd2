"""/who: the people of a story, and for each what is printed about them and what they said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby

from analysis.model import QuoteKind, SpeakerKind
from analysis.words import key
from handlers import showing
from handlers.answer import Answer, Block, Carrier, Entry, Group, Next, Note, Quoted
from handlers.choosing import named_in
from handlers.current import current, follow, heading, title, ways_on
from handlers.elsewhere import not_said, or_there
from handlers.links import to_person, to_story
from handlers.paging import page_of, turns
from handlers.people import did_you_mean, meant, pointer
from handlers.portrait import Portrait, portrait, printed_elsewhere
from handlers.question import Question
from handlers.speech import said_in
from handlers.typed import WORDS_LIMIT, count, short
from store import Store
from store.model import ArticleRow, CastMember, Passage, StoredQuotation, Story

CAST_PAGE = 10
"""People on a page of the cast; an entry is one line."""

ROLES = 8
"""Most roles that are shown."""

_GROUPS = ("", "Organisations that speak", "Other organisations")

Item = tuple[str, StoredQuotation | Passage]


def answer(question: Question, store: Store) -> Answer:
    """The cast by weight, or the one person meant."""
    story = current(question, store)
    asked = replace(question, story=story.id)
    cast = store.cast(story.id)
    if question.words:
        found = meant(question.words, cast)
        if found.clear is None and not found.perhaps:
            return _nobody(asked, story, store)
        told = about(found.clear, asked, story, store) if found.clear else did_you_mean(found.perhaps, cast, asked)
        return or_there(told, asked, story, store, partial(_knows, asked, store=store))
    if question.reply:
        named = named_in(question.reply, cast)
        if len(named) == 1:
            return about(named[0], asked, story, store)
        return did_you_mean(named[:5], cast, asked) if named else _nobody(asked, story, store)
    return _all(cast, asked, story, store)


def _nobody(question: Question, story: Story, store: Store) -> Answer:
    note = Note(f"Nobody of that name or role was found. Story: {title(story)}")
    words, ways = question.words or short(question.reply or "", WORDS_LIMIT), (Next("People", follow(question, "who")),)
    return not_said(note, question, story, store, words, partial(_knows, question, store=store), ways)


def _knows(question: Question, other: Story, store: Store) -> bool:
    """Whether another story has the one who is asked for, or several of that name."""
    cast = store.cast(other.id)
    if question.words:
        return meant(question.words, cast).named
    return len(named_in(question.reply or "", cast)) == 1


def _all(cast: Sequence[CastMember], question: Question, story: Story, store: Store) -> Answer:
    """People first, then organisations that speak, then the other ones, each by weight."""
    speaking = {person for said in said_in(story.id, store) for person in said.people}
    groups = {member.id: _group(member, speaking) for member in cast}
    in_order = sorted(cast, key=lambda member: _GROUPS.index(groups[member.id]))
    page = page_of(in_order, question.page, CAST_PAGE)
    if not page.items:
        return Answer(
            heading("People", story), (Note("Nobody was found by name."),), ways_on(question, leave_out="who")
        )
    blocks: list[Block] = []
    for group, members in groupby(page.items, key=lambda member: groups[member.id]):
        entries = tuple(_entry(member, cast, question, story, store) for member in members)
        blocks += [Group(group, entries)] if group else entries
    return Answer(
        heading("People", story, page.label),
        tuple(blocks),
        (*turns(question, page), Next("Chart", follow(question, "chart")), *ways_on(question, leave_out="who")),
        link=to_story(story),
    )


def _group(member: CastMember, speaking: set[int]) -> str:
    if member.kind is not SpeakerKind.ORGANISATION:
        return ""
    return "Organisations that speak" if member.id in speaking else "Other organisations"


def _entry(member: CastMember, cast: Sequence[CastMember], question: Question, story: Story, store: Store) -> Entry:
    more = {place.version_id for place in printed_elsewhere(member, cast, story, store)}
    where = f"in {len(member.articles) + len(more)} of {count(len(story.articles), 'article')}"
    words = pointer(member, cast)
    return Entry(words, where, follow(question, "who", words))


def about(member: CastMember, question: Question, story: Story, store: Store) -> Answer:
    """One person: names, roles and counts on the first page, then passages page by page."""
    found = portrait(member, story, store)
    page = page_of(_wanted(found, question), question.page, question.preferences.page)
    blocks: list[Block] = [] if page.number else _introduction(member, found, question, story, store)
    for group, items in groupby(page.items, key=lambda item: item[0]):
        blocks.append(Group(group, tuple(_shown(each, question, story, store) for _, each in items)))
    words = pointer(member, store.cast(story.id))
    asked = replace(question, command="who", words=words, reply=None)
    quotes = [Next("Quotes", follow(asked, "quotes", words))] if found.said else []
    people = Next("People", follow(asked, "who"))
    return Answer(
        heading(short(member.name, 60), story, page.label),
        tuple(blocks),
        (*turns(asked, page), *quotes, people),
        link=to_person(member),
    )


def _items(found: Portrait) -> list[Item]:
    return [
        *(("Quotes", said) for said in found.said),
        *(("In quotes of others", said) for said in found.by_others),
        *(("Elsewhere in the articles", sentence) for sentence in found.elsewhere),
    ]


def _wanted(found: Portrait, question: Question) -> list[Item]:
    """Without reported speech where the chat does not want it."""
    return [
        item
        for item in _items(found)
        if question.preferences.indirect or isinstance(item[1], Passage) or item[1].kind is not QuoteKind.INDIRECT
    ]


def _introduction(member: CastMember, found: Portrait, question: Question, story: Story, store: Store) -> list[Block]:
    blocks: list[Block] = []
    if member.aliases:
        blocks.append(Note(f"Also printed as: {short(', '.join(member.aliases), 300)}"))
    there = {*member.articles, *(article.id for place in found.named if (article := store.version(place.version_id)))}
    articles = [each for each in store.articles(story.id) if each.id in there]
    where = f"in {len(articles)} of {count(len(story.articles), 'loaded article')}"
    often = f"Mentioned {count(len(found.named), 'time')} {where}" if found.named else where.capitalize()
    blocks.append(Note(f"{often}: {_names(articles)}"))
    if found.roles:
        shown = tuple(_role(role, member, question, story, store) for role in found.roles[:ROLES])
        blocks.append(Group("As printed", shown))
    return blocks


def _role(role: Passage, member: CastMember, question: Question, story: Story, store: Store) -> Quoted:
    """A role with all who print it of this person: "Mayor" in another article may be somebody else."""
    shown = replace(showing.passage(role, question, story, store), context=None)
    carriers = {shown.carriers[0].article.id: shown.carriers[0]}
    for same in member.roles:
        article = store.version(same.version_id) if key(same.text) == key(role.text) else None
        if article is not None:
            carriers.setdefault(article.id, Carrier(article, (same,)))
    return replace(shown, carriers=tuple(carriers.values()))


def _names(articles: Sequence[ArticleRow]) -> str:
    """The names of the articles, as many as fit a line or two."""
    names = [short(article.name, 80) for article in articles[:4]]
    more = [f"and {len(articles) - 4:,} more"] if len(articles) > 4 else []
    return "; ".join([*names, *more])


def _shown(item: StoredQuotation | Passage, question: Question, story: Story, store: Store) -> Quoted:
    if isinstance(item, Passage):
        return showing.passage(item, question, story, store)
    return showing.listed(item, question, story, store)
