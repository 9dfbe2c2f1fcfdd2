"""Other stories on an article's page: extractors take the first that they meet for the article, so they go before."""

from __future__ import annotations

from ingest.heading_area import heading_of
from ingest.markup import Element, drop, words_of

LONGEST_TEASER = 600  # code points
LEAST_TEASERS = 2


def drop_other_stories(tree: Element, headline: str) -> None:
    """Takes out the article elements beside the one that holds the main heading, and teasers set as such in it."""
    stories = list(tree.iter("article"))
    if len(stories) < 2:
        return
    heading = heading_of(tree, headline)
    own = None if heading is None else next(heading.iterancestors("article"), None)
    if own is not None:
        around, inside = set(own.iterancestors("article")), set(own.iter("article"))
        for story in stories:
            if story is not own and story not in around and story not in inside:
                drop(story)
    teasers = [one for one in tree.iter("article") if one is not own and _is_teaser(one)]
    if len(teasers) >= LEAST_TEASERS or own is not None:
        for teaser in teasers:
            drop(teaser)


def _is_teaser(story: Element) -> bool:
    """Whether it is little more than a heading that leads elsewhere."""
    linked = story.xpath(".//h2//a | .//h3//a | .//h4//a | .//a//h2 | .//a//h3 | .//a//h4 | ./a")
    return bool(linked) and len(words_of(story)) <= LONGEST_TEASER
