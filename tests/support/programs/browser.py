"""A browser for the tests of pages: that of the system, driven by Playwright; and axe, which finds what is hard to use."""

import contextlib
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, Page, sync_playwright

AXE = "4.14.1"
_NAMES = ("chromium", "chromium-browser")


class NotInstalledError(Exception):
    """What a test needs can't be had here; the message says why."""


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """A running browser: Chromium, or else Chrome or Edge. Raises NotInstalledError if there is none."""
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    ways: list[tuple[str | None, str | None]] = [(path, None)] if path else [(None, "chrome"), (None, "msedge")]
    with sync_playwright() as playwright:
        running = None
        for executable, channel in ways:
            with contextlib.suppress(Error):
                # In containers its sandbox can't be made, and it reads only pages of ours. It would look long for graphics that aren't there.
                options = ["--no-sandbox", "--disable-gpu"]
                running = playwright.chromium.launch(args=options, executable_path=executable, channel=channel)
                break
        if running is None:
            raise NotInstalledError("the tests of pages need a browser: 'apt-get install chromium', or Chrome")
        try:
            yield running
        finally:
            running.close()


def axe(folder: Path) -> str:
    """Returns the script of axe. Installs it in `folder` if it isn't there."""
    npm = shutil.which("npm")
    script = folder / f"axe-core-{AXE}" / "node_modules/axe-core/axe.min.js"
    if not script.exists():
        if npm is None:
            raise NotInstalledError("axe needs npm, which isn't there")
        with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as staging:
            made = Path(staging) / "axe"
            made.mkdir()
            options = ["--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--prefix", str(made)]
            try:
                subprocess.run(
                    [npm, "install", *options, f"axe-core@{AXE}"],
                    check=True, capture_output=True, encoding="utf-8", errors="replace", timeout=300,
                )  # fmt: skip
            except (subprocess.SubprocessError, OSError) as error:
                told = (getattr(error, "stderr", None) or str(error)).strip().splitlines() or ["no message"]
                raise NotInstalledError(f"axe-core {AXE} can't be installed: {told[-1]}") from error
            with contextlib.suppress(OSError):  # another run was faster
                made.rename(folder / f"axe-core-{AXE}")
    return script.read_text(encoding="utf-8")


def complaints(page: Page, script: str) -> list[tuple[str, Any]]:
    """Returns what axe finds on a page: each rule with the elements."""
    # Its policy keeps scripts out of the page; a debugger may add one.
    run = "axe.run(document, {resultTypes: ['violations']}).then((result) => result.violations)"
    found = page.evaluate(f"{script}; {run}")
    return [(one["id"], [node["target"] for node in one["nodes"]]) for one in found]
