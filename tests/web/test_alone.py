"""The server without a network: everything works, and nothing tries to leave the machine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
CAGE = ["unshare", "--user", "--map-root-user", "--net"]


def may_be_caged() -> bool:
    """Whether this machine lets us make a network namespace with a device in it."""
    made = [*CAGE, "sh", "-c", "test -w /dev/net/tun && ip link set lo up && ip tuntap add dev try0 mode tun"]
    return shutil.which("unshare") is not None and subprocess.run(made, capture_output=True).returncode == 0


@pytest.mark.model
def test_everything_works_without_a_network_and_nothing_tries_to_leave(index_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(index_folder, tmp_path / "index")
    log = tmp_path / "asked.log"
    log.touch()
    caged = may_be_caged()  # elsewhere the audit hook alone looks
    command = [sys.executable, str(HERE / "alone.py"), str(tmp_path / "index"), str(log), "caged" if caged else "free"]
    env = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(HERE.parents[1] / "src"), os.environ.get("PYTHONPATH", "")]),
    }
    run = subprocess.run(CAGE * caged + command, env=env, capture_output=True, text=True, timeout=150)
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout.splitlines()[-1])
    assert told["done"] == {
        "page": True, "added": 1, "found": True, "verdict": "verbatim", "tool": "verbatim", "read": True,
    }  # fmt: skip
    assert told["packets"] == []
    assert log.read_text() == ""
    assert told["noticed"] == ["192.0.2.7"] * caged
