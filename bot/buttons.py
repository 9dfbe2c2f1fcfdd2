"""A further question as the few bytes behind a Telegram button, and back; what comes back may be forged or stale.

What is behind a button is the whole state of its message: the question to ask, and the questions that "Back" leads to.
So a button does the same whenever and how often it is tapped, after a restart too, and nothing is kept of messages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from handlers import COMMANDS
from handlers.question import Question, Role
from store import Store

MOST_BYTES = 64
"""Most bytes behind a button, by the Bot API manual."""

MOST_STEPS = 8
"""Most questions that "Back" leads through."""

_DISMISS = re.compile(r"no(?:\|([a-z_]{1,32}))?")
"""Behind the button that declines; it asks nothing."""

_STEP = r"([a-z_]{1,32})\|([0-9]{0,15})\|([0-9]{0,9})(?:\.([0-9]{1,4}))?\|(y?)\|(.*)"
_COMPACT = re.compile(rf"([ne])\|{_STEP}")
_EARLIER = re.compile(_STEP)
_KEPT = re.compile(r"([ne])#([A-Za-z0-9_-]{1,32})")
_KEPT_TRAIL = re.compile(r"#([A-Za-z0-9_-]{1,32})")
_COMMAND = re.compile(r"[a-z_]{1,32}")


class StaleButton(Exception):  # noqa: N818 - said to whoever tapped, not an error
    """What is behind the button is not known, or not any more."""


@dataclass(frozen=True, slots=True)
class Step:
    """A question, and which part of its answer is shown, from 0, where that has no room in one message."""

    question: Question
    part: int = 0


@dataclass(frozen=True, slots=True)
class View:
    """What a message shows, and the steps that "Back" leads to, the latest first."""

    now: Step
    trail: tuple[Step, ...] = ()

    @property
    def back(self) -> View | None:
        """What was shown before; None where this was first."""
        return View(self.trail[0], self.trail[1:]) if self.trail else None

    @property
    def turns(self) -> bool:
        """Whether the answer may be asked for again, so that its parts can be turned."""
        return _may_be_repeated(self.now.question)

    def at(self, part: int) -> View:
        """Another part of the same answer."""
        return replace(self, now=replace(self.now, part=part))

    def asking(self, question: Question) -> View:
        """The same with another question."""
        return replace(self, now=replace(self.now, question=question))

    def then(self, question: Question) -> View:
        """What a button leads to; another page of the same answer is no step of its own, nor is what changed something.

        A question that is confirmed leads back to what was there before it was asked.
        """
        shown = self.now.question
        stays = question.confirmed or _is_page_of(question, shown) or not _may_be_repeated(shown)
        return View(Step(question), self.trail if stays else (self.now, *self.trail)[:MOST_STEPS])


@dataclass(frozen=True, slots=True)
class Tapped:
    """What a tap asks; ``edits`` says that the answer takes the place of the message with the button."""

    view: View
    edits: bool

    @property
    def question(self) -> Question:
        """What is asked."""
        return self.view.now.question

    def by(self, role: Role) -> Tapped:
        """The same, asked by somebody with a role."""
        return replace(self, view=self.view.asking(replace(self.question, role=role)))


def data_for(view: View, store: Store, *, edits: bool = True) -> str:
    """The data of a button that shows ``view``: itself where it fits, else a kept key. Raises StoreError.

    Where only the steps back do not fit, these are kept, once for all buttons of a message.
    """
    way, now = "e" if edits else "n", _compact(view.now)
    chat = view.now.question.chat
    if now is None or _size(f"{way}|{now}") > MOST_BYTES:
        return f"{way}#{store.keep(chat, json.dumps(_rows(view)))}"
    trail = [_compact(step) for step in view.trail]
    whole = "\n".join([f"{way}|{now}", *(each for each in trail if each is not None)])
    if None not in trail and _size(whole) <= MOST_BYTES:
        return whole
    key = store.keep(chat, json.dumps({"trail": [_row(step) for step in view.trail]}))
    short = f"{way}|{now}\n#{key}"
    return short if _size(short) <= MOST_BYTES else f"{way}#{store.keep(chat, json.dumps(_rows(view)))}"


def question_of(data: str, asker: Question, store: Store) -> Tapped:
    """What is asked by whoever tapped. Chat, rights and time are those of ``asker``, never of the data.

    Raises StaleButton, and StoreError where the store cannot be read.
    """
    if found := _KEPT.fullmatch(data):
        row = _loaded(found[2], store)
        return Tapped(View(_step(row, asker), _trail(row, asker)), found[1] == "e")
    first, *rest = data.split("\n")
    found = _COMPACT.fullmatch(first)
    if found is None or len(rest) > MOST_STEPS:
        raise StaleButton("This button is too old. Please ask again.")
    way, *parts = found.groups()
    return Tapped(View(_spelled(parts, asker), _spelled_trail(rest, asker, store)), way == "e")


def decline(question: Question) -> str:
    """The data of a button that declines to do what a question asks to be confirmed."""
    return f"no|{question.command}"


def declined(data: str) -> str | None:
    """The command that a tap declines, None for any other button."""
    found = _DISMISS.fullmatch(data)
    return None if found is None else found[1] or ""


def story_in(data: str) -> int | None:
    """The story that a button is about, where that can be told from its data alone."""
    found = _COMPACT.fullmatch(data.partition("\n")[0])
    return int(found[3]) if found is not None and found[3] else None


def _compact(step: Step) -> str | None:
    """A step as text; None where it cannot be written in one line."""
    question = step.question
    story = "" if question.story is None else question.story
    page = f"{question.page or ''}{f'.{step.part}' if step.part else ''}"
    confirmed = "y" if question.confirmed else ""
    text = f"{question.command}|{story}|{page}|{confirmed}|{question.words}"
    fits = question.reply is None and "\r" not in text and _EARLIER.fullmatch(text) is not None
    return text if fits else None


def _spelled(parts: Sequence[str | None], asker: Question) -> Step:
    command, story, page, part, confirmed, words = parts
    question = replace(
        asker,
        command=command or "",
        words=words or "",
        story=int(story) if story else None,
        page=int(page or 0),
        confirmed=bool(confirmed),
    )
    return Step(question, int(part or 0))


def _spelled_trail(lines: Sequence[str], asker: Question, store: Store) -> tuple[Step, ...]:
    """The steps behind a button; without those that were kept and are over, the button still works."""
    if len(lines) == 1 and (kept := _KEPT_TRAIL.fullmatch(lines[0])):
        return _trail(_loaded(kept[1], store), asker) if store.kept(kept[1]) is not None else ()
    found = [_EARLIER.fullmatch(line) for line in lines]
    if not all(found):
        raise StaleButton("This button is too old. Please ask again.")
    return tuple(_unconfirmed(_spelled(each.groups(), asker)) for each in found if each is not None)


def _unconfirmed(step: Step) -> Step:
    """A step as it may be gone back to: nothing is confirmed by that."""
    return replace(step, question=replace(step.question, confirmed=False))


def _size(text: str) -> int:
    """Bytes of UTF-8; more than any button has for a text that UTF-8 cannot carry."""
    try:
        return len(text.encode())
    except UnicodeEncodeError:
        return MOST_BYTES + 1


def _is_page_of(question: Question, shown: Question) -> bool:
    same = question.command == shown.command and question.words == shown.words and question.reply == shown.reply
    return same and not question.confirmed and shown.story in {None, question.story}


def _may_be_repeated(shown: Question) -> bool:
    command = COMMANDS.get(shown.command)
    return command is not None and not command.acts and not shown.confirmed


def _rows(view: View) -> dict[str, object]:
    return {**_row(view.now), "trail": [_row(step) for step in view.trail]}


def _row(step: Step) -> dict[str, object]:
    """The parts of a step that do not depend on who taps."""
    names = ("command", "words", "story", "page", "reply", "confirmed")
    return {**{name: getattr(step.question, name) for name in names}, "part": step.part}


def _loaded(key: str, store: Store) -> Mapping[str, object]:
    payload = store.kept(key)
    if payload is None:
        raise StaleButton("This button is too old. Please ask again.")
    try:
        row = json.loads(payload)
    except ValueError:
        row = None
    if not isinstance(row, dict):
        raise StaleButton("This button cannot be read. Please ask again.")
    return row


def _trail(row: Mapping[str, object], asker: Question) -> tuple[Step, ...]:
    rows = row.get("trail", [])
    steps = rows[:MOST_STEPS] if isinstance(rows, list) else []
    return tuple(_unconfirmed(_step(each, asker)) for each in steps)


def _step(row: Mapping[str, object], asker: Question) -> Step:
    try:
        command, story, reply = row["command"], row["story"], row["reply"]
        if not isinstance(command, str) or not _COMMAND.fullmatch(command):
            raise ValueError("no command")
        question = replace(
            asker,
            command=command,
            words=str(row["words"]),
            story=None if story is None else int(str(story)),
            page=int(str(row["page"])),
            reply=None if reply is None else str(reply),
            confirmed=row["confirmed"] is True,
        )
        return Step(question, int(str(row.get("part", 0))))
    except (ValueError, TypeError, KeyError):
        raise StaleButton("This button cannot be read. Please ask again.") from None
