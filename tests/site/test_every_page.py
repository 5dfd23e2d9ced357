"""Every page there is, at both widths and in both languages: sound for axe, no wider than the screen, no complaint.

With SHANHAI_SCREENSHOTS=1 each is also kept as a picture in docs/screenshots: at a desk in both languages, on a
telephone in Chinese.
"""

import os
import re
import sys

import office
import pytest
from browser import WIDTHS, violations

from shanhai.web.declare import PAGES
from shanhai.web.guides import GUIDES

pytestmark = pytest.mark.browser
PAIR = office.PAIR
PICTURES = office.ROOT / "docs" / "screenshots"
DESK, PHONE = WIDTHS
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
def test_every_page_is_sound(page_of, site, language):
    """Each page is fetched once and looked at in both widths: no script of the site asks how wide the screen is."""
    pages, wrong = {}, {}
    for name, account, path in everything():
        if account not in pages:
            pages[account] = page_of(DESK, account)
            pages[account].context.add_cookies([{"name": "shanhai_reading", "value": f"{language}.auto", "url": site}])
        page = pages[account]
        page.goto(path)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if found := _faults(page, path, language, width):
                wrong[name, width] = found
            _keep(page, name, width, language)
    sys.stdout.write(f"{len(everything())} pages at {WIDTHS} px in {language}\n")
    assert wrong == {}


def _faults(page, path, language, width):
    """What axe finds, what is wider than the screen, what is in the other language."""
    found = [(each["id"], each["nodes"][0]["html"][:160], len(each["nodes"])) for each in violations(page)]
    shown = page.evaluate(
        "({lang: document.documentElement.lang, wide: document.documentElement.scrollWidth, screen: window.innerWidth})"
    )
    assert shown["screen"] == width
    if shown["wide"] > width:
        found.append(("wider than the screen", path, shown["wide"]))
    if shown["lang"] != {"zh-hans": "zh-Hans", "en": "en"}[language]:
        found.append(("wrong language", path, 1))
    return found


def test_no_script_of_the_site_asks_how_wide_the_screen_is():
    """So a page that is made narrow is the page that a telephone fetches."""
    scripts = sorted((office.ROOT / "src").rglob("static/**/*.js"))
    assert scripts
    asking = re.compile(
        r"matchMedia|(?:inner|outer|client|offset|scroll|screen)Width|screen\.|resize|getBoundingClientRect"
    )
    assert [(script.name, asking.findall(script.read_text("utf-8"))) for script in scripts] == [
        (script.name, []) for script in scripts
    ]


def test_a_page_with_faults_would_be_found(page_of):
    """At each width, and again after the first: axe stays on the page from one width to the next."""
    page = page_of(DESK)
    page.goto("/sign-in")
    page.evaluate("""() => {
        const wide = document.createElement("div");
        wide.style.minWidth = "1000px";
        wide.append(document.createElement("img"));
        document.body.append(wide);
    }""")
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found[width] = {fault for fault, *_ in _faults(page, "/sign-in", "en", width)}
    assert {"image-alt", "wrong language"} <= found[DESK]
    assert found[PHONE] == found[DESK] | {"wider than the screen"}


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
