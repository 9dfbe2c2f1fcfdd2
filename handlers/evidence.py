"""The sentences that answer a question, best first, or none where the evidence is weak."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.asked import Asked, read
from analysis.ranking import Window, rank
from analysis.words import key
from store import Store
from store.model import Hit, Passage

FOUND = 50
"""Most windows that are ranked."""


def best(words: str, hits: Sequence[Hit], store: Store, most: int) -> list[Passage]:
    """The best sentence of each window that answers, each once over all copies, cut from the article loaded first.

    A headline helps to find a window, but a sentence with no word of the question is no answer because of it.
    """
    windows = [_window(hit, store) for hit in hits]
    asked = {word.form for word in Asked.of(words).words}
    chosen: dict[str, tuple[int, Passage]] = {}
    for one in rank(words, windows, most=FOUND):
        article, sentence = hits[one.at].article_id, hits[one.at].sentences[one.sentence]
        if asked.isdisjoint(word.form for word in read(sentence.text)):
            continue
        words_of = key(sentence.text)
        before = chosen.get(words_of)
        if before is None or article < before[0]:
            chosen[words_of] = (article, sentence)
    return [sentence for _, sentence in chosen.values()][:most]


def _window(hit: Hit, store: Store) -> Window:
    article = store.article(hit.article_id)
    texts = tuple(sentence.text for sentence in hit.sentences)
    return Window(texts, article.headline if article else "", (article and article.outlet) or "", hit.article_id)
