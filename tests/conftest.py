"""What every test stands on: a quiet environment, and one real index of the sample corpus."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from qa.assistant import Assistant

ROOT = Path(__file__).parents[1]

if "PYTEST_XDIST_WORKER" in os.environ:  # before PyTorch is there: two workers' threads would wait for each other
    os.environ.setdefault("OMP_NUM_THREADS", "1")

# Machines are shared and slow at times: a deadline would fail by the weather.
settings.register_profile("qa", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("qa")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take minutes come first, so that no worker is alone with one in the end."""
    items.sort(key=lambda item: not any(item.iter_markers("crash")) and not any(item.iter_markers("browser")))


@pytest.fixture(scope="session", autouse=True)
def quiet_environment() -> Iterator[None]:
    """No setting of the person who runs the tests reaches them, and nothing asks the network."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("QA_")]:
            patch.delenv(name)
        patch.setenv("HF_HUB_OFFLINE", "1")
        patch.setenv("TOKENIZERS_PARALLELISM", "false")
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def page() -> Path:
    """The sample page."""
    return next((ROOT / "corpus").glob("*.txt"))


@pytest.fixture(scope="session")
def sample(quiet_environment: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over `corpus/`, with the real model. Shared by all tests: look, do not change."""
    import qa

    with qa.open(tmp_path_factory.mktemp("sample") / "index") as assistant:
        report = assistant.add(ROOT / "corpus")
        assert report.added and not report.failed, report
        yield assistant
