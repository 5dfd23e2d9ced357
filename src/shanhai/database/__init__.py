"""The database: PostgreSQL from the wheel inside the data folder, or an office's own; its roles, backup and restore."""

from shanhai.database.backup import Backup, backup
from shanhai.database.cluster import Cluster, connections
from shanhai.database.connections import Connections
from shanhai.database.home import Home, home_from_environment
from shanhai.database.refusals import DatabaseUnavailable, explained
from shanhai.database.restore import restore
from shanhai.database.roles import handing_over, journal_membership, refuse_powerful_role

__all__ = [
    "Backup",
    "Cluster",
    "Connections",
    "DatabaseUnavailable",
    "Home",
    "backup",
    "connections",
    "explained",
    "handing_over",
    "home_from_environment",
    "journal_membership",
    "refuse_powerful_role",
    "restore",
]
