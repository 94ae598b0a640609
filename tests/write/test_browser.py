"""The page in a browser: axe-core finds nothing serious in light, dark and at 390 px, and nothing runs out of the page."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from rapporteur.model.account import PostureRow
from rapporteur.stages.write import render
from tests.chromium import chromium
from tests.write import sample

CHROMIUM = chromium()
MISSING = [name for name in ("playwright", "axe_playwright_python") if importlib.util.find_spec(name) is None]
if CHROMIUM is None:
    pytest.skip("no Chromium on this machine (Debian: apt install chromium)", allow_module_level=True)
if MISSING:
    pytest.skip(f"not installed: {', '.join(MISSING)}", allow_module_level=True)

from playwright.sync_api import Page, sync_playwright  # noqa: E402 - only where a browser is there

VIEWS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
SERIOUS = ("serious", "critical")


def axe() -> str:
    """The source of axe-core as the package ships it."""
    found = importlib.util.find_spec("axe_playwright_python")
    assert found and found.origin
    return (Path(found.origin).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    cited = sample.account().brief[0]
    level: PostureRow = {
        "place": "Camp Ostravel",
        "whose": "Velmark",
        "date": "2031-03",
        "dated": "placed",
        "level": "from about 60 to at least 90",
        "said_by": ["Ilse Tarn", "the ministry in Ostravel"],
        "reports": 2,
        "origins": 1,
        "text": cited.text,
        "cites": [cited.cites[0]],
    }
    account = msgspec.structs.replace(sample.account(), posture=(level,))
    html = render(account, sample.readings()).decode()
    with sync_playwright() as driver:
        # The sandbox needs rights that build machines seldom give; the page is our own and loads nothing.
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        opened = browser.new_page()
        opened.set_content(html)
        opened.add_script_tag(content=axe())
        yield opened
        browser.close()


def look(page: Page, width: int, scheme: Any) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_axe_finds_nothing_serious(page: Page, width: int, scheme: str) -> None:
    look(page, width, scheme)
    found = page.evaluate("async () => (await axe.run()).violations")
    told = [f"{v['id']}: {v['help']} at {[n['target'] for n in v['nodes'][:3]]}" for v in found if v["impact"] in SERIOUS]
    assert not told


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_does_not_scroll_sideways(page: Page, width: int) -> None:
    look(page, width, "light")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_axe_would_find_something(page: Page) -> None:
    """The check itself works: a picture without a name and pale text are found."""
    browser = page.context.browser
    assert browser
    spoilt = browser.new_page()
    spoilt.set_content(
        '<html lang="en"><title>t</title><main><img src="x"><p style="color:#ddd;background:#fff">pale</p></main></html>'
    )
    spoilt.add_script_tag(content=axe())
    found = {v["id"] for v in spoilt.evaluate("async () => (await axe.run()).violations") if v["impact"] in SERIOUS}
    spoilt.close()
    assert {"image-alt", "color-contrast"} <= found
