"""Pages ask nothing of another host, carry no script or style of their own, and say what they are given."""

import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "shanhai"
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
SHEETS = sorted([*PACKAGE.rglob("static/**/*.css"), *PACKAGE.rglob("static/**/*.js")])
FORBIDDEN = {
    "a style of its own": re.compile(r"<style|\sstyle="),
    "a script of its own": re.compile(r"<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", re.I),
    "another host": re.compile(r"(?:href|src|action|url\()\s*=?\s*[\"']?(?:https?:)?//", re.I),
    "text passed unescaped": re.compile(r"\|\s*safe\b|autoescape\s+off"),
}


def faults(text):
    return [fault for fault, pattern in FORBIDDEN.items() if pattern.search(text)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_is_closed_and_says_what_it_is_given(path):
    text = path.read_text(encoding="utf-8")
    assert faults(text) == []
    assert "{% comment %}" in text


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_posted_form_carries_its_token(path):
    text = path.read_text(encoding="utf-8")
    assert len(re.findall(r'<form[^>]*method="post"', text)) == text.count("{% csrf_token %}")


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_sheets_and_scripts_fetch_nothing(path):
    assert not re.search(r"https?://|@import|fetch\(|XMLHttpRequest|eval\(", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('<p style="color:red">', "a style of its own"),
        ("<script>go()</script>", "a script of its own"),
        ('<button onclick="go()">', "a script of its own"),
        ('<img src="https://example.org/x.png">', "another host"),
        ("{{ text|safe }}", "text passed unescaped"),
    ],
)
def test_each_fault_would_be_found(text, fault):
    assert faults(text) == [fault]
