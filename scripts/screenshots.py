"""Take the README's pictures from the running demo into docs/images: `make screenshots` beside `make demo`.

Nothing is written in the demo. It is read back to a day on which there is something to see, in the holidays too.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

from scripts.browser import FLAGS, executable

CHECKOUT = Path(__file__).resolve().parents[1]
HOME = Path(os.environ.get("ZVONOK_HOME") or CHECKOUT / "var")
IMAGES = CHECKOUT / "docs" / "images"
LARGEST_KB = 150
DESK, PHONE = (1280, 720), (360, 740)
TURNS = 40


@dataclass(frozen=True)
class Picture:
    """What is photographed: whose page, how to get there from the person's own home, and how it looks."""

    name: str
    role: str
    find: Callable[[Page], object]
    size: tuple[int, int] = DESK
    theme: str = "light"
    language: str = "ru"


def main() -> None:
    """Take all pictures; a page that cannot be had, or a picture grown too large, is an error."""
    accounts = {one["role"]: one for one in json.loads(_accounts().read_text())}
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        for picture in PICTURES:
            account = accounts[picture.role]
            with _signed_in(browser, account, picture) as page:
                picture.find(page)
                _take(page, IMAGES / f"{picture.name}.png")


def full_week(page: Page) -> None:
    """Turn back to a week with marks in it, in which the child was not ill."""

    def is_full() -> bool:
        return page.locator("[data-mark]").count() > 5 and page.locator("[data-absence]").count() < 4

    _turn_back(page, is_full)


def marks(page: Page) -> None:
    """Open the marks by subject, of the whole year when the period has just begun."""
    page.locator('a[href$="/marks/"]').first.click()
    page.wait_for_load_state()
    if page.locator("[data-subject] [data-mark]").count() < 10:
        page.locator('a[href*="marks/?"]').last.click()
        page.wait_for_load_state()


def lesson(page: Page) -> None:
    """Open the first lesson of a teacher's latest filled day."""
    page.goto("/journal/")
    _turn_back(page, lambda: page.locator("[data-lesson] [data-homework]").count() > 0)
    page.locator("[data-lesson]:has([data-homework]) a").first.click()
    page.wait_for_load_state()


def journal(page: Page) -> None:
    """Open the journal page to which that lesson belongs."""
    lesson(page)
    page.locator('main a[href^="/journal/0"]').first.click()
    page.locator("td[data-cell] input").first.wait_for()


def office_day(page: Page) -> None:
    """Open the latest day of the school with lessons."""
    page.goto("/office/day/")
    _turn_back(page, lambda: page.locator("[data-lesson]").count() > 0)


PICTURES = (
    Picture("week", "parent", full_week),
    Picture("week-phone", "parent", full_week, PHONE, "dark"),
    Picture("week-english", "parent", full_week, language="en"),
    Picture("marks", "parent", marks),
    Picture("marks-phone", "parent", marks, PHONE),
    Picture("journal", "teacher", journal),
    Picture("lesson", "teacher", lesson),
    Picture("office-day", "deputy", office_day),
)


@contextmanager
def _signed_in(browser: Browser, account: dict[str, str], picture: Picture) -> Iterator[Page]:
    address = urlsplit(account["url"])
    port = os.environ.get("PORT") or address.port
    base = f"{address.scheme}://{address.hostname}:{port}"
    width, height = picture.size
    context = browser.new_context(
        base_url=base,
        viewport={"width": width, "height": height},
        locale="en-GB" if picture.language == "en" else "ru-RU",
    )
    chosen = {"language": picture.language, "theme": picture.theme}
    context.add_cookies([{"name": name, "value": value, "url": base} for name, value in chosen.items()])
    page = context.new_page()
    page.goto("/sign-in/")
    page.fill("[name=login]", account["login"])
    page.fill("[name=password]", account["password"])
    page.click("[data-form=sign-in] [type=submit]")
    page.wait_for_load_state()
    page.goto(address.path)
    yield page
    context.close()


def _turn_back(page: Page, is_enough: Callable[[], bool]) -> None:
    for _ in range(TURNS):
        if is_enough():
            return
        page.locator("a[rel=prev]").first.click()
        page.wait_for_load_state()
    sys.exit(f"Nothing to see at {page.url}, {TURNS} pages back in time.")


def _take(page: Page, path: Path) -> None:
    page.evaluate("document.fonts.ready")
    page.screenshot(path=path, animations="disabled")
    size = path.stat().st_size // 1024
    print(f"{path.relative_to(CHECKOUT)}: {size} kB", flush=True)
    if size > LARGEST_KB:
        sys.exit(f"{path.name} is larger than {LARGEST_KB} kB.")


def _accounts() -> Path:
    path = HOME / "demo" / "accounts.json"
    if not path.exists():
        sys.exit(f"There is no demo in {HOME}. Start it with: make demo")
    return path


if __name__ == "__main__":
    try:
        main()
    except (BrowserError, LookupError) as error:
        sys.exit(f"The pictures could not be taken; does the demo run (make demo)? {error}")
