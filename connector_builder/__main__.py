"""`python -m connector_builder`."""

import os
import sys


def _leave_current_folder(path: list[str], folder: str, package: str) -> None:
    """Stops Python from looking for modules in the current folder, which `-m` puts first in `path`.

    The folder may be a stranger's repository: a `yaml.py` in it would be run. Where this package itself comes from there
    (`package` is the folder that contains it), the folder goes last, so that it replaces nothing that is installed.
    """
    if path and path[0] in ("", folder):
        del path[0]
        if package == folder:
            path.append(package)


if __name__ == "__main__":  # worker processes import this module too, under another name
    if not sys.flags.safe_path:
        _leave_current_folder(sys.path, os.getcwd(), os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH109, PTH120 - pathlib isn't imported before this

    from connector_builder.cli import main

    main()
