"""`connector-builder preview`."""

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from connector_builder.app.shared.misuse import Misuse
from connector_builder.cli import console
from connector_builder.cli.options import SPECS, Common
from connector_builder.cli.program import DONE
from connector_builder.cli.shared import variable_options, verbose_option

if TYPE_CHECKING:
    from connector_builder.app.preview.sources import Options

_PATH = click.Path(path_type=Path)
LINK = "vscode://file{path}:{line}:{column}"
_LINK = re.compile(r"(?!(?:javascript|data|vbscript):)[a-z][a-z0-9+.-]*:[!-~]{1,500}", re.IGNORECASE)


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH...]", type=_PATH)
@click.option("--html", "file", type=_PATH, metavar="FILE", help="Write one file that shows the same, and end.")
@click.option("--no-open", is_flag=True, help="Print the address only, don't open a browser.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port to serve at. Default: a free one.")
@click.option(
    "--editor-link",
    "link",
    default=LINK,
    show_default=True,
    metavar="ADDRESS",
    help="What a place links to, with {path}, {line} and {column}; '' for no links.",
)
@variable_options("the specs")
@verbose_option()
def preview(
    paths: tuple[Path, ...],
    file: Path | None,
    no_open: bool,
    port: int,
    link: str,
    given: tuple[str, ...],
    vars_file: Path | None,
) -> int:
    """Show in a browser what people will see of a connector.

    PATH is a spec, the folder of a package, a single definition, or a folder of several of these. Default: specs. The page shows each operation's card,
    its dynamic content, the connection dialog, the function in Power Apps, the tool of an agent and the README. It shows changes as soon as a file is saved.
    Only this computer can open it. Ctrl-C ends it.

    \b
    connector-builder preview specs/my-connector
    connector-builder preview specs/my-connector --html preview.html
    """
    from connector_builder.app.preview.site import Looks, Site
    from connector_builder.app.shared.targets import find_targets
    from connector_builder.report.escape import terminal

    if link and not _LINK.fullmatch(link):
        raise Misuse("'--editor-link' must be an address with a scheme", f"write one such as {LINK}")
    targets = find_targets(paths or [SPECS])
    options = _options(given, vars_file)
    site = Site(targets, options, Looks(link))
    if given:  # else a start need not wait for all of several connectors
        site.refuse_unused(options.variables())
    if file is not None:
        if file.suffix.lower() in (".yaml", ".yml", ".json") and os.path.lexists(file):
            raise Misuse(f"'{file}' would be overwritten", "name a file such as preview.html")
        console.write_files({file: site.html().decode("utf-8")})
        console.out(f"wrote {terminal(file.as_posix())}\n")
        return DONE
    running = site.serve(port)
    console.out(f"{running.address}\n")
    console.say("Ctrl-C ends the preview")
    if not no_open:
        _open(running.address)
    running.run()
    console.say("the preview has ended")
    return DONE


def _options(given: tuple[str, ...], vars_file: Path | None) -> "Options":
    """Returns how to read connectors. Raises Misuse for what the configuration or the variables have wrong."""
    from connector_builder.app.preview.sources import Options
    from connector_builder.app.shared.config import read_settings
    from connector_builder.report import FORMATS

    settings = read_settings(Path.cwd(), FORMATS)
    common = Common(
        format="text",
        output_file=None,
        further=(),
        select=settings.select or (),
        ignore=settings.ignored,
        baseline=settings.baseline,
        fail_on="never",
        certification=bool(settings.certification),
        given=given,
        vars_file=vars_file or settings.vars_file,
        jobs=None,
        quiet=False,
        verbose=False,
        settings=settings,
    )
    common.variables()
    return Options(common.variables, common.vars_file, common.checks(common.known()))


def _open(address: str) -> None:
    """Opens the browser without waiting for it; not where there is no desktop, since that may start one in the terminal."""
    import threading
    import webbrowser

    if has_desktop(sys.platform, os.environ):
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def has_desktop(platform: str, environment: Mapping[str, str]) -> bool:
    """Checks whether a browser can have a window."""
    return platform in ("win32", "darwin") or any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
