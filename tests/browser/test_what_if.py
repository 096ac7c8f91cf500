"""What if, by dragging: the server's figure follows the slider, and the address says what is supposed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def supposing(page: Page) -> Iterator[Page]:
    """Ada, who has a year of receipts."""
    sign_in(page, "ada@example.org")
    page.goto("/roi/what-if")
    yield page
    assert page.troubles == []  # type: ignore[attr-defined]


def test_dragging_a_share_down_moves_the_figures_and_the_address(supposing: Page) -> None:
    claimed = supposing.locator("#supposed tbody tr").first.locator("td")
    account = claimed.nth(0).text_content() or ""
    slider = supposing.locator("input[type=range]").first
    with supposing.expect_response("**/roi/what-if?share=0*"):
        slider.fill("0")
    expect(claimed.nth(1)).to_have_text("0.00")
    expect(claimed.nth(0)).to_have_text(account)
    expect(supposing.locator("#share")).to_have_value("0")
    expect(supposing).to_have_url("/roi/what-if?share=0&sure=100")
    supposing.reload()
    expect(supposing.locator("#supposed tbody tr").first.locator("td").nth(1)).to_have_text("0.00")
