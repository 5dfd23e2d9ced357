"""The commands and their options. Each body lives in a module that is loaded once the home runs."""

import gc
from collections.abc import Callable
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from shanhai.cli.starting import OPERATOR, scratch_home, start
from shanhai.cli.starting import migrate as bring_up_to_date
from shanhai.database import home_from_environment
from shanhai.web.metrics_folder import use_folder

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="山海：结对双方共用的一本账，每个数字都能打开。",
)
user_app = typer.Typer(no_args_is_help=True, help="账号与授权")
app.add_typer(user_app, name="user")

PairingOption = Annotated[str | None, typer.Option("--pairing", help="结对代码，如 331081-511381")]
AsOption = Annotated[str, typer.Option("--as", help="以哪个账号的权限")]
JsonOption = Annotated[bool, typer.Option("--json", help="标准输出只有 JSON")]
YearOption = Annotated[int | None, typer.Option("--year", help="只算某一年")]
AsOfOption = Annotated[datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="截至哪一天")]


def _run(module: str, function: str, **given: Any) -> None:
    """Start the home, then run the command's body; its answer is the exit code."""
    gc.disable()  # what is loaded here stays: looking through it again and again took a quarter of the start
    try:
        start()
        body: Callable[..., int] = getattr(import_module(f"shanhai.cli.{module}"), function)
    finally:
        gc.freeze()
        gc.enable()
    raise typer.Exit(body(**given))


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None


@app.command()
def figures(
    *,
    pairing: PairingOption = None,
    year: YearOption = None,
    as_of: AsOfOption = None,
    user: AsOption = OPERATOR,
    json: JsonOption = False,
) -> None:
    """全部指标的值。"""
    _run("numbers", "figures", pairing=pairing, year=year, as_of=_day(as_of), user=user, as_json=json)


@app.command("open")
def open_(
    figure: Annotated[str, typer.Argument(help="指标名，如 funds.arranged 或 funds.arranged[field=education]")],
    *,
    pairing: PairingOption = None, year: YearOption = None, as_of: AsOfOption = None, user: AsOption = OPERATOR, json: JsonOption = False,
    page: Annotated[int, typer.Option("--page", help="第几页，每页 10000 行")] = 1,
) -> None:  # fmt: skip
    """打开一个指标：它的值、怎样合计、每一行记录。"""
    _run(
        "numbers",
        "open_figure",
        figure=figure,
        pairing=pairing,
        year=year,
        as_of=_day(as_of),
        user=user,
        as_json=json,
        page=page,
    )


@app.command()
def check(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    *,
    pairing: PairingOption = None,
    published: Annotated[datetime | None, typer.Option("--published", formats=["%Y-%m-%d"], help="文章发表日期")] = None,
    user: AsOption = OPERATOR, json: JsonOption = False,
) -> None:  # fmt: skip
    """逐条核对文章里的数字。"""
    _run("articles", "check", file=file, pairing=pairing, published=_day(published), user=user, as_json=json)


@app.command()
def template(
    sheet: Annotated[str, typer.Argument(help="表名，如 funds.allocation")] = "",
    out: Annotated[Path | None, typer.Argument(help="存到哪个文件")] = None,
    listed: Annotated[bool, typer.Option("--list", help="列出全部表名")] = False,
) -> None:
    """写出一张空白工作簿模板。"""
    _run("workbooks", "template", sheet=sheet, out=out, listed=listed)


@app.command()
def load(
    files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False)],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只说会怎样，不保存")] = False,
    errors: Annotated[Path | None, typer.Option("--errors", help="把问题标在工作簿副本里，存到这个文件")] = None,
    correct: Annotated[str, typer.Option("--correct", help="更正已有记录的事由")] = "",
    accept_difference: Annotated[str, typer.Option("--accept-difference", help="文中数与行合计不符仍保存的事由")] = "",
    user: AsOption = OPERATOR, json: JsonOption = False,
) -> None:  # fmt: skip
    """装载工作簿：全部保存，或一行也不保存。"""
    _run(
        "workbooks", "load", files=files, dry_run=dry_run, errors=errors, correct=correct,
        accept_difference=accept_difference, user=user, as_json=json,
    )  # fmt: skip


@app.command()
def verify(json: JsonOption = False) -> None:
    """证明日志没有被改过、截过、重写过。"""
    _run("office", "verify", as_json=json)


@app.command()
def backup(file: Path) -> None:
    """备份密钥以外的一切。"""
    _run("office", "backup", file=file)


@app.command()
def restore(file: Path, force: Annotated[bool, typer.Option("--force", help="替换现有数据")] = False) -> None:
    """从备份恢复。"""
    raise typer.Exit(import_module("shanhai.cli.restoring").restore(file=file, force=force))


@app.command()
def migrate() -> None:
    """建立或升级数据库，并说明做了几步。"""
    steps, empty = bring_up_to_date()
    raise typer.Exit(import_module("shanhai.cli.office").migrated(steps=steps, empty=empty))


@app.command()
def ready(json: JsonOption = False) -> None:
    """网站能不能用：逐项检查，有一项不行就以 1 退出。"""
    _run("office", "ready", as_json=json)


@app.command()
def stop() -> None:
    """停止自带的数据库。"""
    raise typer.Exit(import_module("shanhai.cli.restoring").stop())


@app.command()
def serve(
    *,
    host: Annotated[str, typer.Option(help="监听地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口")] = 8000,
    workers: Annotated[int, typer.Option(min=0, max=64, help="进程数；0 按本机处理器数，最多 4")] = 0,
    threads: Annotated[int, typer.Option(min=0, max=64, help="每个进程同时办理几个请求；0 为 4")] = 0,
    worker: Annotated[bool, typer.Option("--worker/--no-worker", help="同时运行后台处理")] = True,
) -> None:
    """启动网站和后台处理。"""
    _run("office", "serve", host=host, port=port, workers=workers, threads=threads, worker=worker)


@app.command()
def worker(attached: Annotated[bool, typer.Option("--attached", hidden=True)] = False) -> None:
    """只运行后台处理（试读、保存、导出等较久的工作）。"""
    use_folder(home_from_environment().root)
    _run("working", "work", attached=attached)


@app.command()
def demo(
    examples: Annotated[Path, typer.Argument(exists=True, file_okay=False)] = Path("examples"),
    json: JsonOption = False,
) -> None:
    """装载示例工作簿，计算指标，核对示例文章，并打印小结。"""
    _run("showing", "demo", examples=examples, as_json=json)


@app.command()
def bench(
    name: Annotated[str, typer.Argument(help="figures、intake、check、site、matching 或 overlaps")],
    rows: Annotated[int | None, typer.Option("--rows", help="行数；不写时按规定的规模（figures 为一千万）。")] = None,
    json: JsonOption = False,
) -> None:
    """基准：与同次运行的对照之比；在一个用完即弃的数据文件夹里运行。"""
    with scratch_home():
        _run("benches", "bench", name=name, rows=rows, as_json=json)


@app.command()
def generate(
    *,
    pairings: Annotated[int, typer.Option(help="结对数")] = 1,
    years: Annotated[int, typer.Option(help="自 2021 年起的年数")] = 3,
    people: Annotated[int, typer.Option(help="全部结对的总人数")] = 1_000,
    seed: Annotated[int, typer.Option(help="随机数种子；相同的种子得到相同的数据")] = 1,
    json: JsonOption = False,
) -> None:
    """生成整套合成数据（农户、人员、收益、就业、订单、培训、资金），并给出真实合计。"""
    _run("generated", "generate", pairings=pairings, years=years, people=people, seed=seed, as_json=json)


@user_app.command("list")
def user_list() -> None:
    """现有账号与授权。"""
    _run("office", "list_users")


@user_app.command("add")
def user_add(
    username: str,
    *,
    name: Annotated[str, typer.Option("--name", help="显示名")],
    role: Annotated[str, typer.Option("--role", help="clerk、finance、project_owner、team、auditor、viewer、operator")],
    side: Annotated[str, typer.Option("--side", help="east、west、own 或 any")],
    pairing: PairingOption = None,
    region: Annotated[str, typer.Option("--region", help="本行政区参与的全部结对")] = "",
    password: Annotated[str, typer.Option("--password", help="首次登录的密码；不写则生成一个并显示一次")] = "",
) -> None:
    """新建账号。"""
    _run(
        "office",
        "new_user",
        username=username,
        name=name,
        role=role,
        side=side,
        pairing=pairing,
        region=region,
        password=password,
    )


@user_app.command("reset")
def user_reset(
    username: str,
    *,
    factor: Annotated[bool, typer.Option("--second-factor", help="重设二次验证，而不是密码")] = False,
    reason: Annotated[str, typer.Option("--reason", help="事由，写入日志")] = "",
) -> None:
    """重设密码（显示一次性密码）或二次验证。"""
    _run("office", "reset_user", username=username, factor=factor, reason=reason)
