"""Files that pages hand out."""

from urllib.parse import quote

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attached(name: str) -> str:
    """The header under which a file is saved by its Chinese name, and never shown inside a page."""
    return f"attachment; filename*=UTF-8''{quote(name, safe='-._')}"
