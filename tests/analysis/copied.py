"""Makes paragraphs of news, copies of them with known edits, and paragraphs that only look like copies.

The words are made up or of every newsroom's stock, the sentences follow a few dozen patterns, so that much is common
to paragraphs that have nothing to do with each other. The same seed makes the same paragraphs.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass


def _words(line: str) -> list[str]:
    return line.split()


SYLLABLES = _words("bar den kol mar tis ven rin sol gar pel tor lan mik dor sen val hem ras nor lim fer cas")
NOUNS = _words("""council ferry bridge budget school hospital harbour strike report inquiry contract border treaty vote
 railway forecast drought flood storm market factory union court trial appeal verdict airport pipeline reactor
 vaccine clinic museum festival election ballot coalition minister spokesman regulator watchdog bank lender loan
 tax tariff export import harvest crop fishery quota permit licence merger takeover bid rival supplier retailer
 tenant landlord estate suburb valley coast island river dam reservoir forest reserve patrol convoy ceasefire
 hostage prisoner militia rebel general soldier veteran pension fund audit deficit surplus bond share dividend
 engine battery satellite rocket telescope survey census poll petition protest march rally curfew""")
ADJECTIVES = _words("""regional national local senior former acting independent controversial disputed delayed planned
 costly
 rising falling record annual monthly temporary permanent public private foreign domestic rural urban coastal
 northern southern eastern western early late fresh final interim draft joint separate crucial routine modest
 sharp sudden gradual steady fragile tense calm heavy light partial full""")
VERBS = _words("""approved rejected delayed announced suspended reviewed opened closed repaired bought sold sued praised
 criticised defended abandoned revived extended renewed cancelled funded inspected raided evacuated flooded
 damaged blocked reached missed doubled halved cleared monitored questioned ignored welcomed condemned""")
ROLES = _words("mayor minister spokeswoman analyst professor judge commissioner union leader economist surgeon")
ADVERBS = _words("""reportedly apparently again already barely briefly carefully clearly eventually finally formally
 generally
 hardly however immediately initially largely later meanwhile merely mostly nearly never now officially often only
 openly originally partly perhaps plainly possibly previously probably publicly quickly quietly rarely recently
 reluctantly repeatedly seemingly slowly sometimes soon still strictly suddenly therefore typically usually""")
DAYS = _words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
SAYING = ("said", "told reporters", "added", "told parliament", "wrote in a statement")
AGENCIES = ("Reuters", "AFP", "AP", "dpa")

LEADS = (
    "This is a developing story and will be updated as more information becomes available to the newsroom.",
    "Subscribe to the morning briefing for the latest news and analysis delivered to your inbox every day.",
    "The company did not immediately respond to a request for comment sent outside of regular business hours.",
)
SHORT = (
    "The inquiry continues.",
    "He declined to comment.",
    '"We are very proud," she said.',
    "Police are investigating.",
)
TEMPLATES = (
    "Shares of {org} {moved} {number} per cent to {price} on {day} in {place}, their {adj} close since {month}, after"
    " the company reported quarterly earnings of {price} a share, beating the {price} that analysts had expected on"
    " average.",
    "The benchmark index in {place} closed {number} points {way} at {big} on {day}, with turnover of {big} million and"
    " {number} stocks higher against {number} lower, as investors waited for the central bank's decision on rates.",
    "An earthquake of magnitude {price} struck off the coast of {place} on {day} at a depth of {number} kilometres, the"
    " seismological institute said. There were no immediate reports of damage and no tsunami warning was issued.",
    "{place} beat {other} {digit}-{digit} at home on {day} thanks to a late goal by {name} in the {number}th minute,"
    " and moved up to {digit}th in the table. The next match is away from home in two weeks' time.",
    "{words} people were killed and {more} were injured when a bus overturned on a mountain road near {place} on {day},"
    " police said. The driver was among the dead and an investigation into the cause of the accident was opened.",
    "{name}, {number}, of {place}, appeared before magistrates in {other} charged with fraud. The defendant spoke only"
    " to confirm a name, an age and an address, and was remanded in custody until a hearing next month.",
    "The weather in {place} will be mostly cloudy on {day} with highs of {number} degrees and lows of {digit}, and a"
    " moderate breeze from the west. There is a chance of showers in the evening and overnight.",
)


@dataclass(frozen=True, slots=True)
class Copied:
    """A paragraph, a copy of it, and what was done to the copy."""

    original: str
    copy: str
    edit: str


class News:
    """Paragraphs as newsrooms write them."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def paragraph(self, fewest: int = 2, most: int = 5) -> str:
        """Sentences of several patterns, with names and figures."""
        return " ".join(self.sentence() for _ in range(self.chance.randint(fewest, most)))

    def sentence(self) -> str:
        """One sentence of 10 to 30 words, with adverbs anywhere."""
        words = self._pattern().split(" ")
        for _ in range(self.chance.randint(1, 3)):
            words.insert(self.chance.randint(1, len(words) - 1), self._any(ADVERBS))
        return " ".join(words)

    def _pattern(self) -> str:
        a, a2, v, v2 = (*self.chance.sample(ADJECTIVES, 2), *self.chance.sample(VERBS, 2))
        n, n2, n3 = self.noun(), self.noun(), self.noun()
        name, place, day = self.name(), self.place(), self._any(DAYS)
        number, saying = self.chance.randint(2, 9_999), self._any(SAYING)
        patterns = (
            f"The {a} {n} {v} the {n2} on {day} after a {a2} {n3} in {place}.",
            f"{name}, a {a} {self._any(ROLES)} in {place}, {saying} that the {n} was never {v2}.",
            f'"We {v} the {a} {n} because the {n2} was {v2}," {name} {saying}.',
            f"According to {self._any(AGENCIES)}, about {number} people {v} the {n} near {place}.",
            f"It was not clear whether the {a} {n} would be {v} before the {n2} in {place}.",
            f"The {n} in {place} was {v} by the {a} {n2} and later {v2} by a {n3}.",
            f"More than {number} {n}s were {v} last year, a {a2} {n2} showed.",
            f"{name} {saying} that the {a} {n} and the {n2} could not be {v} at the same time.",
            f"Critics of the {n} say that the {a} {n2} {v} too much of the {a2} {n3}.",
            f"In {place}, the {n2} {v} the {n} for the {self._any(('first', 'third'))} time in {number} days.",
            f"But the {a} {n}, which {v} the {n2}, has yet to be {v2} by the {n3} of {place}.",
            f"Residents of {place} {v} a {n} last winter, when the {a} {n2} was {v2} for {number} hours.",
            f'Asked about the {n}, {name} {saying} it was "a {a} {n2}" and left for {place}.',
            f"A {a} {n} has {v} {number} {n2}s since {day}, against {number // 3} in the {a2} {n3}.",
            f"Lawyers for {name} argued that no {n} had {v} the {a} {n2} before {day}.",
            f"Neither the {n} nor {name} would say who {v} the {a} {n2} of {place}.",
            f"What the {a} {n} will cost {place} is not known, but its {n2} has been {v} twice.",
            f"Under the plan, every {n} of {place} would be {v} within {number} days of a {a} {n2}.",
            f"For years the {n} was {v} by {name}, whose {a} {n2} also {v2} {place}.",
        )
        return self._any(patterns)

    def noun(self) -> str:
        """A noun, most often with another one before it."""
        return " ".join(self.chance.sample(NOUNS, self.chance.choice((1, 2, 2))))

    def name(self) -> str:
        """A first name and a surname."""
        return f"{self._word(2)} {self._word(3)}"

    def place(self) -> str:
        """A town."""
        return self._word(2)

    def _word(self, syllables: int) -> str:
        return "".join(self._any(SYLLABLES) for _ in range(syllables)).capitalize()

    def _any(self, choices: list[str] | tuple[str, ...]) -> str:
        return self.chance.choice(choices)

    def filled(self, template: str) -> str:
        """A template with facts."""
        digits = self.chance.randint
        words = self.chance.sample(_words("two three four five six seven eight nine eleven twelve fifteen"), 2)
        return template.format(
            org=f"{self._word(2)} {self._word(2)}",
            name=self.name(),
            place=self.place(),
            other=self.place(),
            day=self._any(DAYS),
            month=self._any(_words("January February April June July August")),
            adj=self._any(_words("highest lowest strongest weakest")),
            moved=self._any(("rose", "fell")),
            way=self._any(("higher", "lower")),
            number=digits(11, 99),
            digit=digits(1, 9),
            price=f"{digits(1, 99)}.{digits(0, 99):02}",
            big=f"{digits(1, 30)},{digits(100, 999)}",
            words=words[0].capitalize(),
            more=words[1],
        )


def copies(seed: int, count: int) -> Iterator[Copied]:
    """Originals with a copy each, all kinds of edits in turn."""
    news = News(seed)
    for number in range(count):
        edit = list(EDITS)[number % len(EDITS)]
        original = news.paragraph(3, 5) if edit in LONG else news.paragraph()
        yield Copied(original, EDITS[edit](original, news), edit)


def look_alikes(seed: int, count: int) -> Iterator[str]:
    """Paragraphs none of which is a copy of another: templates, boilerplate openings, short ones, one line changed."""
    news = News(seed)
    for number in range(count):
        kind = number % 4
        if kind < 2:
            yield news.filled(TEMPLATES[number // 4 % len(TEMPLATES)])
        elif kind == 2:
            yield f"{LEADS[number // 4 % len(LEADS)]} {news.paragraph(2, 4)}"
        else:
            yield SHORT[number // 4 % len(SHORT)]


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+(?=[A-Z\"])", text)


def _typography(text: str, news: News) -> str:
    curly = re.sub(r'"([^"]*)"', "“\\1”", text).replace("'", "’")
    return curly.replace(", ", ",\u00a0", 1).replace(" people", "\u2009people") + " "


def _word_changed(text: str, news: News) -> str:
    words = text.split(" ")
    plain = [at for at, word in enumerate(words) if word.isalpha() and word.islower() and len(word) > 4]
    for at in news.chance.sample(plain, min(len(plain), 1 + len(words) // 40)):
        words[at] = news.chance.choice(ADJECTIVES)
    return " ".join(words)


def _dropped(text: str, news: News) -> str:
    found = _sentences(text)
    found.pop(news.chance.randrange(len(found)))
    return " ".join(found)


def _added(text: str, news: News) -> str:
    found = _sentences(text)
    found.insert(news.chance.randint(0, len(found)), news.sentence())
    return " ".join(found)


def _reordered(text: str, news: News) -> str:
    found = _sentences(text)
    at = news.chance.randrange(len(found) - 1)
    found[at], found[at + 1] = found[at + 1], found[at]
    return " ".join(found)


def _cut_short(text: str, news: News) -> str:
    words = text.split(" ")
    return " ".join(words[: round(len(words) * news.chance.uniform(0.6, 0.85))]).rstrip(",") + " ..."


def _attribution(text: str, news: News) -> str:
    changed = re.sub(r"According to \w+", f"According to {news.chance.choice(AGENCIES)}", text)
    for one, other in zip(SAYING, SAYING[1:] + SAYING[:1], strict=True):
        if f" {one}" in changed:
            return changed.replace(f" {one}", f" {other}", 1)
    return f"{changed} {news.chance.choice(AGENCIES)} reported it first."


def _several(text: str, news: News) -> str:
    return _typography(_word_changed(_attribution(text, news), news), news)


Edit = Callable[[str, News], str]
EDITS: dict[str, Edit] = {
    "as it is": lambda text, news: text,
    "typography": _typography,
    "word changed": _word_changed,
    "sentence dropped": _dropped,
    "sentence added": _added,
    "reordered": _reordered,
    "cut short": _cut_short,
    "attribution changed": _attribution,
    "several": _several,
}
LONG = frozenset({"sentence dropped"})
