"""`restore` and `stop`: what must work while the home is not started."""

from pathlib import Path

from shanhai.cli.printing import say
from shanhai.database import Cluster, home_from_environment
from shanhai.database.restore import restore as put_back


def restore(*, file: Path, force: bool) -> int:
    """Put a backup in the place of the home's data; nothing is touched unless all of it is sound."""
    put_back(home_from_environment(), file, force=force)
    say("已恢复。请运行 shanhai verify 核验日志。")
    return 0


def stop() -> int:
    """Stop the embedded database."""
    Cluster(home_from_environment()).stop()
    say("数据库已停止。")
    return 0
