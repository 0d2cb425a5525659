from __future__ import annotations

import re
from pathlib import Path

import pytest

import sceau


def test_the_examples_run(capsys: pytest.CaptureFixture[str]) -> None:
    text = (Path(sceau.__file__).parent / "README.md").read_text()
    names: dict[str, object] = {}

    for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
        exec(block, names)  # one page, read from top to bottom

    assert capsys.readouterr().out == "passed passed indeterminate\npassed\n.jwt ()\n"
