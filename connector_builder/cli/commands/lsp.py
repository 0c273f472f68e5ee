"""`connector-builder lsp`."""

import click

from connector_builder.app.shared.misuse import Misuse
from connector_builder.cli.program import DONE

INSTALL = 'pip install "connector-builder[lsp]"'
_NEEDED = frozenset({"pygls", "lsprotocol", "cattrs"})


@click.command()
@click.option("--stdio", is_flag=True, expose_value=False, help="Talk over standard input and output, as always: some editors say it.")  # fmt: skip
def lsp() -> int:
    """Serve an editor: findings while you type, quick fixes, completion and more.

    The editor starts this command, and speaks the language server protocol with it over standard input and output. docs/editor.md shows the
    set-up of each editor. The command requires the extra: pip install "connector-builder[lsp]".

    \b
    connector-builder lsp
    """
    try:
        from connector_builder.lsp.server import serve
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in _NEEDED:
            raise
        raise Misuse("this command requires more than is installed", INSTALL) from error
    serve()
    return DONE
