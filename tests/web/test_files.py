"""What a visitor may name: uploaded files only, no other file of this machine and no address."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from qa.web.files import allowed


def named(path: str) -> dict[str, object]:
    return {"path": path, "meta": {"_type": "gradio.FileData"}}


def test_only_uploaded_files_are_allowed() -> None:
    folder = Path(tempfile.gettempdir()) / "gradio"
    for path, wanted in (
        (str(folder / "ab" / "a.txt"), True),
        (str(folder / ".." / "secret.txt"), False),
        ("/etc/passwd", False),
        ("http://127.0.0.1:9/a.txt", False),
    ):
        assert allowed(json.dumps({"data": [[named(path)], None]}).encode()) is wanted
    assert allowed(b'{"data": ["a question", null, {"speaker": "Anna"}]}')
    assert not allowed(b'{"meta": {"_type": "gradio.FileData"}}')


@pytest.mark.model
@pytest.mark.parametrize("endpoint", ["ask", "check_quotation"])
def test_no_other_file_is_read_through_a_call(site: str, tmp_path: Path, endpoint: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("nobody may read this")
    body = json.dumps({"data": [named(str(secret)), None, None][: 3 if endpoint == "ask" else 2]}).encode()
    request = Request(f"{site}/gradio_api/call/{endpoint}", body, {"Content-Type": "application/json"})
    with pytest.raises(HTTPError) as refused:
        urlopen(request)
    assert refused.value.code == 403
