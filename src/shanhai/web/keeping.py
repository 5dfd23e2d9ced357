"""Files a user sent, kept for a day until they are decided on: each delivery in a folder only its sender can name.

The folder lies in the home, is entered by nobody else, and is emptied as soon as its rows are saved.
"""

import json
import re
import secrets
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeAlias

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404

from shanhai.access.sessions import Actor
from shanhai.base.findings import Refused
from shanhai.base.language import noted, say
from shanhai.web.reading import reading

KEPT_FOR = timedelta(days=1)
LARGEST = 60 << 20
MOST = 20
_LETTER, _ANSWER, STATE = "delivery.json", "answer.json", "state.json"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{10,60}")


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one user sent at one time: its token, the names the files had, and what was told with them."""

    token: str
    folder: Path
    names: tuple[str, ...]
    told: dict[str, Any]

    @property
    def files(self) -> list[tuple[str, Path]]:
        """The files as the sender called them, and where each lies."""
        return [(name, self.folder / _stored(number, name)) for number, name in enumerate(self.names)]

    @property
    def open(self) -> bool:
        """Whether the files are still there to be decided on."""
        return all(path.exists() for _, path in self.files)

    def answer(self) -> dict[str, Any]:
        """What was last told about the delivery, in the language being read."""
        path = self.folder / _ANSWER
        found: dict[str, Any] = json.loads(path.read_text("utf-8")).get(reading().language, {}) if path.exists() else {}
        return found

    def keep_answers(self, answers: dict[str, dict[str, Any]]) -> None:
        """Keep what is told about the delivery for its page, by the language it is told in."""
        write(self.folder / _ANSWER, answers)

    def close(self) -> None:
        """Remove the files; what was told stays until the day is over."""
        for path in self.folder.iterdir():
            if path.name not in (_LETTER, _ANSWER, STATE):
                path.unlink(missing_ok=True)

    def remove(self) -> None:
        """Remove everything of it at once: its sender does not want it any more."""
        shutil.rmtree(self.folder, ignore_errors=True)


Files: TypeAlias = Sequence[UploadedFile]  # type: ignore[type-arg]  # generic in the stubs only


def keep(actor: Actor, files: Files, *, now: datetime, told: dict[str, Any] | None = None) -> Delivery:
    """Keep files for their sender; those too many or too large are refused. Older deliveries of anybody are removed."""
    if not files:
        raise Refused(say("还没有选择文件。"))
    if len(files) > MOST:
        raise Refused(say("一次最多 {most} 个文件，这次选了 {count} 个。请分几次上传。", most=MOST, count=len(files)))
    for file in files:
        if (size := file.size or 0) > LARGEST:
            sentence = noted("《{name}》有 {size} MB，超过 {most} MB。请拆成几个工作簿。")
            raise Refused(say(sentence, name=file.name, size=size >> 20, most=LARGEST >> 20))
    names = _apart(str(file.name or say("文件")) for file in files)
    delivery = reserve(actor, now=now, told=told, names=names)
    for (_, path), file in zip(delivery.files, files, strict=True):
        with path.open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
    return delivery


def reserve(
    actor: Actor, *, now: datetime, told: dict[str, Any] | None = None, names: tuple[str, ...] = ()
) -> Delivery:
    """A delivery without files yet, such as work that only asks; older deliveries of anybody are removed."""
    root = _root()
    _sweep(root, now)
    delivery = Delivery(secrets.token_urlsafe(18), root, names, told or {})
    folder = root / delivery.token
    folder.mkdir(mode=0o700)
    write(folder / _LETTER, {"user": actor.user_id, "names": names, "told": told or {}})
    return Delivery(delivery.token, folder, names, told or {})


def find(actor: Actor, token: str) -> Delivery:
    """A delivery of this user; anybody else's is not there."""
    delivery = of_user(actor.user_id, token)
    if delivery is None:
        raise Http404
    return delivery


def of_user(user_id: int, token: str) -> Delivery | None:
    """The delivery of this token where it is there and this user's."""
    folder = _root() / token
    try:
        letter = json.loads((folder / _LETTER).read_text("utf-8")) if _TOKEN.fullmatch(token) else {}
    except (OSError, ValueError):
        return None
    if letter.get("user") != user_id:
        return None
    return Delivery(token, folder, tuple(letter["names"]), letter["told"])


def _stored(number: int, name: str) -> str:
    """What a file is called in its folder: by its number, with the ending that readers of workbooks go by."""
    ending = Path(name).suffix.lower()
    return f"file-{number}{ending if re.fullmatch(r'[.][a-z0-9]{1,5}', ending) else ''}"


def _root() -> Path:
    root: Path = settings.HOME.root / "uploads"
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    return root


def _sweep(root: Path, now: datetime) -> None:
    for folder in root.iterdir():
        if folder.stat().st_mtime < (now - KEPT_FOR).timestamp():
            shutil.rmtree(folder, ignore_errors=True)


def write(path: Path, told: dict[str, Any]) -> None:
    """Write what is told, whole or not at all: another process may read it at any moment."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    part.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    part.replace(path)


def _apart(names: Iterable[str]) -> tuple[str, ...]:
    """Names without folders, each once."""
    found: list[str] = []
    for name in names:
        plain = name.replace("\\", "/").rpartition("/")[2][:120] or say("文件")
        found.append(say("（{n}）{name}", n=len(found) + 1, name=plain) if plain in found else plain)
    return tuple(found)
