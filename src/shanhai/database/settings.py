"""The server's settings: a small office, bulk loads, nobody from outside."""

import os
from pathlib import Path

from shanhai.database.refusals import unavailable

OWN_SETTINGS = "local.conf"
SHARED_MEMORY = Path("/dev") / "shm"

ACCESS = "# 只有本机、只经套接字、只凭口令；每次启动重写\nlocal all all scram-sha-256\n"

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "max_connections": "60",
    "shared_buffers": "512MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "128MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "jit": "off",
    # No copy of this server follows it: the shorter log makes bulk loads faster.
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "checkpoint_completion_target": "0.9",
    "timezone": "Asia/Shanghai",
    "log_timezone": "Asia/Shanghai",
    "datestyle": "ISO, YMD",
    "default_text_search_config": "pg_catalog.simple",
    "lc_messages": "C",
    # Statements, their parameters and the details of an error may carry what people have in their records.
    "log_min_messages": "warning",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] %q%u ",
    "cluster_name": "shanhai",
}

DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
PASSING = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


def write_settings(cluster: Path, *, durable: bool) -> None:
    """Write the settings and the access list of a cluster, where they differ from what is there.

    `durable=False` is for tests only: a crash of the machine may then destroy everything. An office's own changes go
    into `local.conf` beside them, which is read last.
    """
    chosen = {**SETTINGS, **(DURABLE if durable else PASSING), "dynamic_shared_memory_type": _shared_memory()}
    lines = ["# 每次启动重写；本单位自己的设置写在同一文件夹的 local.conf"]
    lines += [f"{name} = '{value}'" for name, value in chosen.items()]
    lines += [f"include_if_exists '{OWN_SETTINGS}'", ""]
    for name, text in {"postgresql.conf": "\n".join(lines), "pg_hba.conf": ACCESS}.items():
        _replace(cluster / name, text)


def _shared_memory() -> str:
    """Parallel queries share memory in /dev/shm where there is one to speak of; containers often give next to none."""
    try:
        room = os.statvfs(SHARED_MEMORY)
    except OSError:
        return "mmap"
    return "posix" if room.f_bavail * room.f_frsize >= 256 << 20 and os.access(SHARED_MEMORY, os.W_OK) else "mmap"


def _replace(path: Path, text: str) -> None:
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    owner = path.parent.stat()
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.chmod(0o600)
        os.chown(part, owner.st_uid, owner.st_gid)
        part.rename(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise unavailable(
            f"写不了数据库的设置 {path}（{error.strerror}）",
            expected="数据文件夹可写、磁盘有剩余空间",
            to_do="检查该文件夹的权限与磁盘空间后再试",
        ) from error
