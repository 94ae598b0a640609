"""The page in a browser: axe-core finds nothing serious in light, dark and at 390 px, and nothing runs out of the page."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from rapporteur.model.account import PostureRow
from rapporteur.stages.write import render
from tests.write import sample

if importlib.util.find_spec("axe_playwright_python") is None:
    pytest.skip("not installed: axe_playwright_python", allow_module_level=True)

VIEWS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
SERIOUS = ("serious", "critical")


def axe() -> str:
    """The source of axe-core as the package ships it."""
    found = importlib.util.find_spec("axe_playwright_python")
    assert found and found.origin
    return (Path(found.origin).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(browser: Any) -> Iterator[Any]:
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
    opened = browser.new_page()
    opened.set_content(html)
    opened.add_script_tag(content=axe())
    yield opened
    opened.close()


def look(page: Any, width: int, scheme: Any) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_axe_finds_nothing_serious(page: Any, width: int, scheme: str) -> None:
    look(page, width, scheme)
    found = page.evaluate("async () => (await axe.run()).violations")
    told = [f"{v['id']}: {v['help']} at {[n['target'] for n in v['nodes'][:3]]}" for v in found if v["impact"] in SERIOUS]
    assert not told


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_does_not_scroll_sideways(page: Any, width: int) -> None:
    look(page, width, "light")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_axe_would_find_something(page: Any) -> None:
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
