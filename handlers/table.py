"""The table of commands as data, so that menus, help and the documentation say the same as the code does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from handlers.question import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command: what it is called, what it does, how it is used, who may use it.

    ``role`` is the least role that gets an answer, ``in_groups`` the same in a group, and ``always`` says that it is
    answered to those too who are not on the list of BOT_ACCESS. ``menu`` is whether Telegram's menus offer it,
    ``needs_story`` whether it answers from loaded articles, ``raw`` whether its words are taken as sent (a pasted
    article), ``files`` whether a file that is sent with it belongs to it, ``acts`` whether asking it may change
    something, so that nothing goes back to it, ``long`` whether it may take many seconds, so that a front lets other
    questions go on beside it.
    """

    name: str
    help: str
    usage: str
    examples: tuple[str, ...]
    role: Role = Role.READER
    in_groups: Role = Role.READER
    always: bool = False
    menu: bool = True
    needs_story: bool = True
    raw: bool = False
    files: bool = False
    acts: bool = False
    long: bool = False

    def role_for(self, *, private: bool) -> Role:
        """The least role that gets an answer in a private chat, or in a group."""
        return self.role if private else max(self.role, self.in_groups)


_ALL = (
    Command(
        name="start",
        help="What this bot does",
        usage="/start",
        examples=("/start",),
        menu=False,
        needs_story=False,
    ),
    Command(
        name="help",
        help="What you can ask",
        usage="/help",
        examples=("/help",),
        needs_story=False,
    ),
    Command(
        name="ask",
        help="Find the passages that answer a question",
        usage="/ask words",
        examples=("/ask why did they meet?", "/ask what did Kelly say about Trump?"),
    ),
    Command(
        name="summary",
        help="The most central sentences of the story",
        usage="/summary",
        examples=("/summary",),
    ),
    Command(
        name="quotes",
        help="Who said what, word for word",
        usage="/quotes [who or words]",
        examples=("/quotes", "/quotes Kelly", "/quotes sanctions"),
    ),
    Command(
        name="who",
        help="Who is in the story, and what they said",
        usage="/who [name or role]",
        examples=("/who", "/who Putin", "/who secretary of state"),
    ),
    Command(
        name="sources",
        help="The loaded articles of the story",
        usage="/sources",
        examples=("/sources",),
    ),
    Command(
        name="changes",
        help="What an outlet changed in an article",
        usage="/changes [number in /sources]",
        examples=("/changes", "/changes 2"),
    ),
    Command(
        name="context",
        help="The text around a passage",
        usage="/context words of the passage",
        examples=("/context not the only game in town",),
    ),
    Command(
        name="card",
        help="A quotation as a picture",
        usage="/card words of the passage",
        examples=("/card not the only game in town",),
    ),
    Command(
        name="chart",
        help="Who is quoted how often, by outlet",
        usage="/chart",
        examples=("/chart",),
    ),
    Command(
        name="check",
        help="Whether words were printed just so, altered, or not at all",
        usage="/check words",
        examples=("/check Kim Jong Un is now happy to talk to anyone", "/check Putin said “there are no secrets”"),
    ),
    Command(
        name="wrong",
        help="Tell the admins that a quotation is not right",
        usage="/wrong place",
        examples=("/wrong @1:body:86:169",),
        menu=False,
        needs_story=False,
        acts=True,
    ),
    Command(
        name="stories",
        help="The loaded stories",
        usage="/stories",
        examples=("/stories",),
        needs_story=False,
    ),
    Command(
        name="story",
        help="Choose the story that answers come from",
        usage="/story N",
        examples=("/story 1",),
        in_groups=Role.GROUP_ADMIN,
        acts=True,
    ),
    Command(
        name="settings",
        help="How this chat wants its answers",
        usage="/settings",
        examples=("/settings", "/settings page 8", "/settings quotes short"),
        in_groups=Role.GROUP_ADMIN,
        needs_story=False,
        acts=True,
    ),
    Command(
        name="privacy",
        help="What this bot keeps, and for how long",
        usage="/privacy",
        examples=("/privacy",),
        always=True,
        needs_story=False,
    ),
    Command(
        name="forget",
        help="Erase what is kept of this chat and of you",
        usage="/forget",
        examples=("/forget",),
        in_groups=Role.GROUP_ADMIN,
        always=True,
        menu=False,
        needs_story=False,
        acts=True,
    ),
    Command(
        name="id",
        help="Your number in Telegram, and that of this chat",
        usage="/id",
        examples=("/id",),
        menu=False,
        needs_story=False,
        always=True,
    ),
    Command(
        name="load",
        help="Load articles: links, files or pasted text",
        usage="/load link, text or file",
        examples=("/load https://example.org/news/article",),
        role=Role.ADMIN,
        needs_story=False,
        raw=True,
        files=True,
        acts=True,
    ),
    Command(
        name="feeds",
        help="The feeds that are followed, and how they are",
        usage="/feeds [add link]",
        examples=("/feeds", "/feeds add https://example.org", "/feeds pause 2", "/feeds export"),
        role=Role.ADMIN,
        needs_story=False,
        raw=True,
        files=True,
        acts=True,
    ),
    Command(
        name="cancel",
        help="Stop loading",
        usage="/cancel",
        examples=("/cancel",),
        role=Role.ADMIN,
        needs_story=False,
        acts=True,
    ),
    Command(
        name="reports",
        help="The quotations that readers call wrong",
        usage="/reports",
        examples=("/reports",),
        role=Role.ADMIN,
        needs_story=False,
    ),
    Command(
        name="fix",
        help="Set who is quoted, or that nobody is",
        usage="/fix place [name]",
        examples=("/fix @1:body:86:169 Robert Kelly", "/fix @1:body:86:169 not a quotation"),
        role=Role.ADMIN,
        menu=False,
        needs_story=False,
        acts=True,
    ),
    Command(
        name="reread",
        help="Read all articles again with today's analysis",
        usage="/reread",
        examples=("/reread",),
        role=Role.ADMIN,
        needs_story=False,
        acts=True,
    ),
    Command(
        name="unload",
        help="Forget an article with all its versions; asks first",
        usage="/unload [number, link or headline]",
        examples=("/unload 2", "/unload https://example.org/news/article"),
        role=Role.ADMIN,
        needs_story=False,
        acts=True,
    ),
    Command(
        name="stats",
        help="How much is loaded, and how the bot is doing",
        usage="/stats",
        examples=("/stats",),
        role=Role.ADMIN,
        needs_story=False,
    ),
    Command(
        name="backup",
        help="A copy of what is loaded, as a file",
        usage="/backup",
        examples=("/backup",),
        role=Role.ADMIN,
        needs_story=False,
        acts=True,
        long=True,
    ),
    Command(
        name="admins",
        help="The admins of this bot; add and remove them",
        usage="/admins [add or remove] [id]",
        examples=("/admins", "/admins add 1234567", "/admins remove 1234567"),
        role=Role.ADMIN,
        needs_story=False,
        acts=True,
    ),
    Command(
        name="allow",
        help="Give a chat or a person answers, where access is listed",
        usage="/allow [id]",
        examples=("/allow", "/allow 1234567", "/allow -1001234567890"),
        role=Role.ADMIN,
        needs_story=False,
        acts=True,
    ),
    Command(
        name="deny",
        help="Take a chat or a person off the list",
        usage="/deny [id]",
        examples=("/deny", "/deny 1234567"),
        role=Role.ADMIN,
        needs_story=False,
        acts=True,
    ),
)

COMMANDS: Mapping[str, Command] = MappingProxyType({command.name: command for command in _ALL})
