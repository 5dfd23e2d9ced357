"""`check`."""

from datetime import date
from pathlib import Path
from typing import Any

from shanhai.access.sessions import acting_as
from shanhai.asking.scopes import by_code
from shanhai.base.findings import Finding, Refused, WrongUse
from shanhai.check.checking import Checked
from shanhai.check.checking import check as check_text
from shanhai.check.reading import read
from shanhai.check.verdicts import VERDICTS_ZH, Judged, Verdict
from shanhai.check.wire import answer
from shanhai.cli.printing import print_json, print_table, say


def check(*, file: Path, pairing: str | None, published: date | None, user: str, as_json: bool) -> int:
    """Check an article; exit code 0 whatever the verdicts."""
    checked = check_file(file, pairing=pairing, published=published, user=user)
    if as_json:
        print_json(answer(checked))
    else:
        _tell(checked)
    return 0


def check_file(file: Path, *, pairing: str | None, published: date | None, user: str) -> Checked:
    """The file's text checked under a user's rights; newlines stay as they are, and a byte order mark counts, for offsets count them."""
    try:
        text = file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as wrong:
        raise Refused(
            f"《{file.name}》不是 UTF-8 编码的文本（第 {wrong.start} 字节起）。请另存为 UTF-8 后再核对。"
        ) from wrong
    with acting_as(user):
        try:
            if pairing:
                by_code(pairing)
        except WrongUse as unknown:
            return _read_only(text, published, str(unknown))
        return check_text(text, pairing=pairing, published=published)


def _read_only(text: str, published: date | None, reason: str) -> Checked:
    """The claims of a text that is held against nothing, because the pairing asked for is not there for this reader."""
    reading = read(text, published=published)
    judged = (
        Judged(Verdict.UNCERTAIN if claim.unreadable else Verdict.NOT_IN_RECORDS, reason) for claim in reading.claims
    )
    findings = (*reading.findings, Finding("check.no_pairing", reason, blocks=False))
    return Checked(reading, tuple(judged), findings, None, None, reconstructed=False)


def _tell(checked: Checked) -> None:
    rows: list[list[Any]] = []
    for claim, judged in zip(checked.reading.claims, checked.judged, strict=True):
        rows.append([claim.surface, VERDICTS_ZH[judged.verdict], judged.figure, judged.computed, judged.reason])
    print_table("核对结果", ("文中的数", "结论", "指标", "记录算得", "理由"), rows)
    for finding in checked.findings:
        say(f"· {finding.message}")
    if checked.reconstructed:
        say("以上由重建的示例记录支持，人物与凭证均为虚构。")
    say("，".join(f"{VERDICTS_ZH[Verdict(code)]} {count}" for code, count in counts(checked).items()))


def counts(checked: Checked) -> dict[str, int]:
    """How many claims have each verdict."""
    found: dict[str, int] = {}
    for judged in checked.judged:
        found[judged.verdict.value] = found.get(judged.verdict.value, 0) + 1
    return found
