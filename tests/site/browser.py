"""Chromium for the browser tests: the distribution's, installed with a Chinese font where that may be done; and what every such test asks of a page."""

import os
import shutil
import subprocess

import office
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

PICTURES = office.ROOT / "docs" / "screenshots"
#: A desk's screen and a telephone's, in pixels.
WIDTHS = (1440, 390)
NAMES = ("chromium", "chromium-browser", "google-chrome")
PACKAGES = ("chromium", "fonts-noto-cjk")


def found():
    """The browser on this machine, or nothing."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def ready():
    """The browser, installed first where it is missing and this process may; the reason where it cannot be had."""
    if not (found() and _chinese_font()) and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "timeout": 600, "check": False}
        subprocess.run(["apt-get", "update"], **quiet)
        options = {"env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, **quiet}
        subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", *PACKAGES], **options)
    return found(), "Chromium is not on this machine and could not be installed with apt-get"


def _chinese_font():
    listing = shutil.which("fc-list")
    return bool(listing and subprocess.run([listing, ":lang=zh"], capture_output=True, check=False).stdout.strip())


def sign_in(page, account):
    page.goto("/sign-in")
    page.get_by_label("账号").fill(account)
    page.get_by_label("密码").fill(office.PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("button", name="退出")).to_be_visible()


_AXE = Axe()
_RUN = "axe.run(document, {resultTypes: ['violations']}).then((found) => found.violations)"


def violations(page):
    """What axe finds on a page; it is brought to the page once, however often it is asked there."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_AXE.axe_script)
    return page.evaluate(_RUN)


def is_sound(page, name=""):
    """Nothing for axe to find, nothing wider than the screen; a picture where they are asked for."""
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in violations(page)] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    if name and os.environ.get("SHANHAI_SCREENSHOTS") == "1":
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(PICTURES / f"{name}.png"))


def is_sound_at_both_widths(page):
    """The same of a page that stands there, at a desk and on a telephone; no script of the site asks how wide it is."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("window.innerWidth") == width
        is_sound(page)
