"""Every page there is, at both widths and in both languages: sound for axe, no wider than the screen, no complaint.

With SHANHAI_SCREENSHOTS=1 each is also kept as a picture in docs/screenshots: at a desk in both languages, on a
telephone in Chinese.
"""

import os
import sys

import office
import pytest
from axe_playwright_python.sync_playwright import Axe

from shanhai.web.declare import PAGES
from shanhai.web.guides import GUIDES

pytestmark = pytest.mark.browser
PAIR = office.PAIR
PICTURES = office.ROOT / "docs" / "screenshots"
PHONE, DESK = 390, 1440
TALLEST = 2200

#: Name of the picture, account, address.
GENERIC = (
    ("sign-in", "", "/sign-in"),
    ("home", "west-clerk", f"/?scope={PAIR}"),
    ("area", "auditor", "/areas/funds"),
    ("figure", "auditor", "/figures/funds.arranged?as_of=2024-06-30"),
    ("figure-rate", "auditor", "/figures/funds.spending_rate?as_of=2024-06-30"),
    ("figure-day", "auditor", "/figures/agreements.pairing_began"),
    ("list", "auditor", "/lists/funds.payment"),
    ("list-filtered", "auditor", "/lists/funds.release?kind_code=transfer&word=none&sort=-released_on"),
    ("words", "west-clerk", f"/words?scope={PAIR}"),
    ("words-confirm", "west-clerk", f"/words/confirm-all?scope={PAIR}&type=talent.secondment"),
    ("record", "west-clerk", f"/records/funds.release/{PAIR}/BF-2023-001"),
    ("record-project", "auditor", f"/records/projects.project/{PAIR}/XM-2022-010"),
    ("project", "auditor", f"/areas/projects/projects/{PAIR}/XM-2022-010"),
    ("upload", "west-finance", "/upload"),
    ("jobs", "west-finance", "/jobs"),
    ("form-new", "west-finance", "/forms/new/funds.payment"),
    ("form-correct", "west-finance", f"/forms/correct/funds.payment/{PAIR}/ZF-2022-0003"),
    ("drafts", "west-finance", "/drafts"),
    ("check", "viewer", "/check"),
    ("journal", "auditor", "/journal"),
    ("search", "auditor", "/search?q=橄榄"),
    ("api", "auditor", "/api/v1/"),
    ("account", "viewer", "/account"),
    ("help", "viewer", "/help"),
    ("tour", "viewer", "/help/tour"),
    ("guide", "viewer", f"/help/guides/{GUIDES[0].slug}"),
    ("sheet-help", "viewer", "/help/sheets/funds.payment"),
    ("figure-help", "viewer", "/help/figures/funds.arranged"),
    ("figure-persons", "auditor", "/figures/planting.people_benefited?as_of=2024-06-30"),
    ("record-posting", "west-clerk", f"/records/talent.secondment/{PAIR}/XP-2022-001"),
    ("base", "auditor", f"/areas/planting/bases/{PAIR}/JD-2021-01"),
    ("statement", "auditor", "/areas/orders/statement?town=千佛镇&village=示例千佛二村&year=2022&as_of=2024-06-30"),
    ("person", "auditor", f"/areas/people/people/{PAIR}/RY-ZZ-0001"),
    ("not-there", "viewer", "/nothing-here"),
)


def everything():
    """The generic pages, and every page an area declares for its menu."""
    declared = [
        (one.name.replace("_", "-"), "auditor", f"/areas/{one.area}/{one.route}")
        for one in PAGES.values()
        if one.in_menu
    ]
    return [*GENERIC, *sorted(declared)]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("width", [DESK, PHONE])
def test_every_page_is_sound(page_of, site, width, language):
    pages, wrong = {}, {}
    for name, account, path in everything():
        if account not in pages:
            pages[account] = page_of(width, account)
            pages[account].context.add_cookies([{"name": "shanhai_reading", "value": f"{language}.auto", "url": site}])
        page = pages[account]
        page.goto(path)
        found = [
            (each["id"], each["nodes"][0]["html"][:160], len(each["nodes"]))
            for each in Axe().run(page).response["violations"]
        ]
        if not page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
            found.append(("wider than the screen", path, page.evaluate("document.documentElement.scrollWidth")))
        if page.evaluate("document.documentElement.lang") != {"zh-hans": "zh-Hans", "en": "en"}[language]:
            found.append(("wrong language", path, 1))
        if found:
            wrong[name] = found
        _keep(page, name, width, language)
    sys.stdout.write(f"{len(everything())} pages at {width} px in {language}\n")
    assert wrong == {}


def _keep(page, name, width, language):
    if os.environ.get("SHANHAI_SCREENSHOTS") != "1" or (width == PHONE and language != "zh-hans"):
        return
    PICTURES.mkdir(parents=True, exist_ok=True)
    ending = "phone" if width == PHONE else {"zh-hans": "zh", "en": "en"}[language]
    height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
    page.screenshot(
        path=str(PICTURES / f"{name}-{ending}.jpg"), type="jpeg", quality=55, full_page=True,
        clip={"x": 0, "y": 0, "width": width, "height": height},
    )  # fmt: skip
