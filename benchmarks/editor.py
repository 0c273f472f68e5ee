"""Measures what the language server needs for a pause in typing: `python -m benchmarks.editor SPEC…`."""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from connector_builder.language.load import MAIN
from connector_builder.language.reuse import Reuse
from connector_builder.lsp.buffers import Buffers
from connector_builder.lsp.checking import find, setup_of
from connector_builder.lsp.features import view_of

RUNS = 9


def measure(path: Path, clock: Callable[[], float]) -> None:
    """Prints medians in milliseconds: of a check after a change of the main file, and of the tree for a question."""
    main = path / MAIN if path.is_dir() else path
    text = main.read_text(encoding="utf-8")
    buffers, reuse, checks, views = Buffers(), Reuse(), [], []
    for run in range(RUNS + 1):
        buffers.put(main, f"{text}\n# {run}\n")
        target = buffers.target(main)
        assert target is not None
        begun = clock()
        find(target, setup_of(main.parent), reuse)
        between = clock()
        view_of(target, reuse)
        checks.append(between - begun)
        views.append(clock() - between)
    check, view = (statistics.median(times[1:]) * 1000 for times in (checks, views))  # the first one imports modules
    print(
        f"{path}, {clock.__name__}: findings {check:.0f} ms (fastest {min(checks) * 1000:.0f} ms), places {view:.0f} ms"
    )


if __name__ == "__main__":
    # The clock says what people wait for; processor time is the same on a busy machine.
    for name in sys.argv[1:]:
        measure(Path(name), time.perf_counter)
        measure(Path(name), time.process_time)
