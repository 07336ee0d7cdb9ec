"""Serve the index named by $QA_INDEX (or `.qa`) in the browser: python app.py.

Indexes nothing by itself: `qa index FOLDER` does. GRADIO_SERVER_NAME and GRADIO_SERVER_PORT say where to
listen; QA_AUTH (user:password) who may ask, and QA_NO_AUTH=1 that everybody may; QA_EXAMPLES may name a text file of
sample questions, one a line.
"""

from __future__ import annotations

import os
import sys

import qa
from qa.settings import load
from qa.web.guard import users
from qa.web.samples import read_examples
from qa.web.serve import port_number, serve


def main() -> int:
    """2 with one line on stderr when it cannot serve; stopped by a signal, it ends with 128 and its number."""
    try:
        everybody = os.environ.get("QA_NO_AUTH", "") in {"1", "true", "yes"}
        listed = os.environ.get("QA_EXAMPLES", "")
        with qa.open(load().index_dir) as assistant:
            serve(
                assistant,
                host=os.environ.get("GRADIO_SERVER_NAME", "127.0.0.1"),
                port=port_number(os.environ.get("GRADIO_SERVER_PORT", "7860")),
                examples=read_examples(listed) if listed else (),
                users=() if everybody else users(),
                open_to_all=everybody,
            )
    except qa.QAError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:  # before it serves
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
