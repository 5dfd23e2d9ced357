"""Chromium for the browser tests: the distribution's, installed with a Chinese font where that may be done."""

import os
import shutil
import subprocess

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
