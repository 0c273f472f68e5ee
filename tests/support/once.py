"""Work that several workers of one run need: the first worker does it."""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

_WAIT = 0.05
_TRIES = 12_000


def run_folder(factory: pytest.TempPathFactory) -> Path:
    """Returns a folder that all workers of this run of pytest share."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def once(folder: Path, name: str, make: Callable[[], Any]) -> Any:
    """Returns the value of `make()`, which may be any JSON.

    One of the workers that share the folder makes it; others wait.

    Raises what `make` raises; in workers that waited, RuntimeError.
    """
    result = folder / f"{name}.json"
    try:
        (folder / f"{name}.claim").touch(exist_ok=False)
    except FileExistsError:
        return _awaited(result)
    outcome: dict[str, Any] = {"error": "interrupted"}
    try:
        outcome = {"value": make()}
    except Exception as error:
        outcome = {"error": f"{type(error).__name__}: {error}"}
        raise
    finally:
        whole = result.with_suffix(".partial")
        whole.write_text(json.dumps(outcome), encoding="utf-8")
        whole.replace(result)
    return outcome["value"]


def _awaited(result: Path) -> Any:
    for _ in range(_TRIES):
        if result.exists():
            outcome = json.loads(result.read_bytes())
            if "error" in outcome:
                raise RuntimeError(f"another test failed to make '{result.stem}': {outcome['error']}")
            return outcome["value"]
        time.sleep(_WAIT)
    raise RuntimeError(f"'{result.stem}' was never made")
