"""`demo`: the whole way once, from the example's workbooks to its checked article, with a summary."""

import csv
from collections import Counter
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection

from shanhai.access.actions import account_names, keep_evidence
from shanhai.access.entering import SEPARATOR
from shanhai.access.sessions import acting_as
from shanhai.asking import scopes, values
from shanhai.base.dates import MachineClock, today
from shanhai.check.verdicts import VERDICTS_ZH, Verdict
from shanhai.cli.articles import check_file, counts
from shanhai.cli.printing import print_json, print_table, say
from shanhai.cli.starting import OPERATOR, add_user
from shanhai.journal.models import Evidence, Record
from shanhai.loading.executing import Order, load

PAIRING = "331081-511381"
#: Of the example accounts only; they exist where the example was loaded on purpose.
PASSWORD = "shanhai-demo"  # noqa: S105 - shown to everybody who runs the demo
GIVES_EVIDENCE = "langzhong"
GIVE_WORDS = {"wenling": "13-温岭的意见.xlsx", "langzhong": "14-阆中的意见.xlsx"}
ACCOUNTS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("wenling", "温岭协作办（示例）", {"role": "clerk", "side": "east"}),
    ("wenling-caizheng", "温岭财政（示例）", {"role": "finance", "side": "east"}),
    ("langzhong", "阆中协作办（示例）", {"role": "clerk", "side": "west"}),
    ("langzhong-caizheng", "阆中财政（示例）", {"role": "finance", "side": "west"}),
    ("shenji", "审计（示例）", {"role": "auditor", "side": "any"}),
)


def demo(*, examples: Path, as_json: bool) -> int:
    """Load the example, compute the figures, check the article, print what came of it."""
    loaded = load_examples(examples)
    _accounts()
    _keep_evidence(examples / "wenling-langzhong" / "evidence")
    loaded += give_words(examples)
    with acting_as(OPERATOR):
        records = _records()
        asked = scopes.by_code(PAIRING)
        found = values.values(asked, values.window_of(asked, as_of=today(MachineClock())))
    article = check_file(examples / "article.txt", pairing=None, published=None, user=OPERATOR)
    summary = {
        "workbooks": loaded, "records": records, "figures": {name: value.plain for name, value in sorted(found.items())},
        "verdicts": counts(article),
    }  # fmt: skip
    if as_json:
        print_json(summary)
    else:
        _tell(summary)
    return 0


def load_examples(examples: Path) -> list[dict[str, Any]]:
    """Load every workbook of the examples; what is known already stays as it is."""
    return [_load(path) for path in _workbooks(examples)]


def _workbooks(examples: Path) -> list[Path]:
    """The example's workbooks in their order, then the notices whose text and rows agree."""
    return [*sorted((examples / "wenling-langzhong").glob("*.xlsx")), *sorted((examples / "notices").glob("*.xlsx"))]


def give_words(examples: Path) -> list[dict[str, Any]]:
    """Load what each side says of the other's records, each under its own clerk's account: nobody else may say it."""
    return [_load(examples / "wenling-langzhong" / "words" / name, user) for user, name in GIVE_WORDS.items()]


def _load(path: Path, user: str = OPERATOR) -> dict[str, Any]:
    with acting_as(user) as actor:
        outcome = load(Order([(path.name, path)]), actor=actor, today=today(MachineClock()))
    return {
        "file": path.name, "saved": outcome.saved, "rows": outcome.plan.rows, "new": sum(sheet.new.height for sheet in outcome.plan.sheets),
        "findings": [finding.message for finding in outcome.findings if finding.blocks],
    }  # fmt: skip


def _accounts() -> None:
    with acting_as(OPERATOR):
        scope = scopes.by_code(PAIRING).scope
    known = account_names("owner")
    for username, name, grant in ACCOUNTS:
        if username not in known:
            add_user(username, name, password=PASSWORD, grants=[grant | {"reach": "scope", "scope_id": scope.pk}])


def _keep_evidence(folder: Path) -> None:
    """Give the example's invented pictures to their records, each once; Langzhong's clerk gives them."""
    with acting_as(GIVES_EVIDENCE) as actor, (folder / "index.csv").open(encoding="utf-8", newline="") as index:
        known = set(Evidence.objects.values_list("record_type", "record_key", "name"))
        for line in csv.DictReader(index):
            key = f"{PAIRING}{SEPARATOR}{line['key']}"
            record = apps.get_model(line["record_type"])._default_manager.filter(key=key).first()
            if record is not None and (line["record_type"], key, line["file"]) not in known:
                keep_evidence(record, name=line["file"], body=(folder / line["file"]).read_bytes(), actor=actor)


def _records() -> dict[str, int]:
    """How many records of each type the reader sees."""
    found: Counter[str] = Counter()
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if issubclass(model, Record):
                cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
                found[str(model._meta.verbose_name)] = cursor.fetchone()[0]
    return {name: count for name, count in found.items() if count}


def _tell(summary: dict[str, Any]) -> None:
    for book in summary["workbooks"]:
        state = "已保存" if book["saved"] else "未保存" if book["findings"] else "已有，没有变化"
        say(f"《{book['file']}》 {book['rows']} 行：{state}")
        for message in book["findings"][:3]:
            say(f"    ✗ {message}")
    print_table("记录", ("记录", "条数"), summary["records"].items())
    print_table("指标", ("指标", "值"), summary["figures"].items())
    print_table(
        "示例文章的数字",
        ("结论", "条数"),
        ((VERDICTS_ZH[Verdict(code)], count) for code, count in summary["verdicts"].items()),
    )
    say(
        f"记录共 {sum(summary['records'].values())} 条，指标 {len(summary['figures'])} 个，文章里的数字 {sum(summary['verdicts'].values())} 个。"
    )
    say(
        f"示例账号：{'、'.join(account[0] for account in ACCOUNTS)}，口令 {PASSWORD}。示例记录据公开汇总数重建，人物与凭证均为虚构。"
    )
