"""Pages of blocks: every item on one page, and no way off the end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from handlers.paging import PAGE, page_of, turns
from handlers.question import Question

QUESTION = Question(command="quotes", words="Kelly", story=3)


@given(st.integers(0, 40), st.integers(1, 9))
def test_pages_hold_each_item_once(amount: int, size: int) -> None:
    """All pages together are the items, in order, and only the last page may be short."""
    items = list(range(amount))
    first = page_of(items, 0, size)
    pages = [page_of(items, number, size) for number in range(first.of)]
    assert [item for page in pages for item in page.items] == items
    assert all(len(page.items) == size for page in pages[:-1])


@given(st.integers())
def test_any_number_gets_a_page(number: int) -> None:
    """A number out of range gets the nearest page."""
    page = page_of(range(12), number)
    assert page.items
    assert page.number == min(max(number, 0), 2)


def test_turns_lead_to_the_pages_beside() -> None:
    """The middle page has both buttons, the same question with another page; one page has none."""
    middle = page_of(range(3 * PAGE), 1)
    assert middle.label == "page 2 of 3"
    assert [each.question for each in turns(QUESTION, middle)] == [
        Question(command="quotes", words="Kelly", story=3, page=page, now=QUESTION.now) for page in (0, 2)
    ]
    alone = page_of(range(PAGE), 0)
    assert not turns(QUESTION, alone)
    assert not alone.label
