"""An article as it is sent: its text, put back to what was typed, and the day it was published."""

from datetime import date

from django.http import HttpRequest

from shanhai.base.findings import Refused
from shanhai.base.language import say

LONGEST = 200_000


def text_of(request: HttpRequest) -> str:
    """The text as given: newlines of a form are put back to what was typed."""
    file = request.FILES.get("file")
    text = _decoded(file.read(LONGEST * 4 + 1)) if file else request.POST.get("text", "").replace("\r\n", "\n")
    if not text.strip():
        raise Refused(say("还没有稿件。请贴上文字，或选择一个文本文件。"))
    if len(text) > LONGEST:
        raise Refused(say("稿件超过 {most:,} 字。请分成几篇核对。", most=LONGEST))
    return text


def _decoded(body: bytes) -> str:
    for encoding in ("utf-8-sig" if body.startswith(b"\xef\xbb\xbf") else "utf-8", "gb18030"):
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Refused(say("这个文件不是纯文本。请在 Word 里另存为“纯文本（.txt）”，或把文字复制过来。"))


def published_on(given: str) -> date | None:
    """The day of publication; one that is no day is refused."""
    try:
        return date.fromisoformat(given) if given else None
    except ValueError as wrong:
        raise Refused(say("发表日期“{given}”看不懂。请写成 2024-08-31 的样子。", given=given)) from wrong
