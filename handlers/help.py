"""/help: what can be asked, with examples from the story that is loaded."""

from __future__ import annotations

from analysis.model import SpeakerKind
from handlers.answer import Answer, Entry, Group, Note
from handlers.current import find, follow, title
from handlers.plain import no_articles
from handlers.question import Question
from handlers.speech import has_spoken
from handlers.table import COMMANDS
from store import Store
from store.model import CastMember, Story


def answer(question: Question, store: Store) -> Answer:
    """The commands that the asker may use, then examples that really find something."""
    listed = tuple(
        Entry(command.usage, command.help)
        for command in COMMANDS.values()
        if command.menu and command.role <= question.role
    )
    story = find(question, store)
    if story is None:
        return Answer("What you can ask", (*listed, Note(no_articles(question).heading), *no_articles(question).blocks))
    asked = follow(question, "help", story=story.id)
    return Answer("What you can ask", (*listed, *_plain_words(question), *_examples(asked, story, store)))


def _plain_words(question: Question) -> tuple[Note, ...]:
    return (Note("Plain words without a command are a question too."),) if question.private else ()


def _examples(question: Question, story: Story, store: Store) -> tuple[Group, ...]:
    people = [member for member in store.cast(story.id) if member.kind is SpeakerKind.PERSON]
    if not people:
        return ()
    heard = next((member for member in people if has_spoken(member.id, store)), None)
    tries = [follow(question, "who", people[0].name)]
    if heard is not None:
        tries.append(follow(question, "quotes", heard.name))
        tries.append(follow(question, "ask", f"what did {_surname(heard)} say?"))
    return (Group(f"Examples from “{title(story, 60)}”", tuple(_example(each) for each in tries)),)


def _example(question: Question) -> Entry:
    return Entry(f"/{question.command} {question.words}", question=question)


def _surname(member: CastMember) -> str:
    """The shortest other name that is the end of the full one, as most articles print it, else the full name."""
    ends = [alias for alias in member.aliases if member.name.endswith(f" {alias}")]
    return min(ends, key=len, default=member.name)
