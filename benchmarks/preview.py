"""Measures the preview of the first connector: the first page, the reload after a change, and the sizes of pages."""

import os
import shutil
import signal
import statistics
import subprocess
import time
import urllib.request
from pathlib import Path


def preview(folder: Path, runs: int, tool: list[str], spec: Path, environment: dict[str, str]) -> None:
    """Prints medians in seconds. A reload is all that a browser waits for, but its own drawing."""
    copy = folder / "preview"
    shutil.copytree(spec, copy, dirs_exist_ok=True)
    firsts, used, reloads, size = [], [], [], 0
    for index in range(2 * runs):
        begun, before = time.perf_counter(), os.times()
        process = subprocess.Popen(
            [*tool, "preview", str(copy), "--no-open"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert process.stdout is not None
        address = process.stdout.readline().decode().strip()
        size = len(_read(address))
        firsts.append(time.perf_counter() - begun)
        if index % 2:
            reloads.append(_reload(address, copy / "connector.yaml"))
        process.send_signal(signal.SIGINT)
        process.wait()
        after = os.times()
        if not index % 2:
            used.append(after.children_user - before.children_user + after.children_system - before.children_system)
    subprocess.run([*tool, "preview", str(spec), "--html", str(folder / "page.html")], env=environment, check=True)
    processor = f"{statistics.median(used):.2f} s of the processor"
    print(f"preview, first page: {spread(firsts)}, {processor} (bar 1 s), {size / 1000:.0f} KB (bar 300 KB)")
    print(f"preview, reload: {spread(reloads)} (bar 0.5 s)")
    print(f"preview, one file: {(folder / 'page.html').stat().st_size / 1000:.0f} KB (bar 300 KB)")


def spread(times: list[float]) -> str:
    """What runs took: the median, and the range."""
    return f"{statistics.median(times):.2f} s ({min(times):.2f} to {max(times):.2f})"


def _reload(address: str, file: Path) -> float:
    """Seconds from a change of a file until its connector and an operation were read again."""
    with urllib.request.urlopen(f"{address}events") as events:
        for _ in range(3):
            events.readline()
        begun = time.perf_counter()
        file.write_text(f"{file.read_text(encoding='utf-8')}\n# changed\n", encoding="utf-8")
        events.readline()
        _read(f"{address}connector?connector=0")
        _read(f"{address}operation?connector=0&operation=0")
        return time.perf_counter() - begun


def _read(address: str) -> bytes:
    with urllib.request.urlopen(address) as answer:
        content: bytes = answer.read()
    return content
