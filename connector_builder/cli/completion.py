"""`connector-builder completion`."""

import click

from connector_builder.cli import console
from connector_builder.cli.program import COMPLETING, note_verbose

NAME = "connector-builder"
NAMES = ("bash", "zsh", "fish", "powershell")


@click.command()
@click.argument("shell", type=click.Choice(NAMES))
@click.option(
    "-v",
    "--verbose",
    is_flag=True,
    expose_value=False,
    callback=note_verbose,
    help="Print the details of internal errors.",
)
def completion(shell: str) -> None:
    """Print the script that completes this command in a shell.

    Add its output to the shell's own configuration. In bash, zsh and fish:

    \b
    eval "$(connector-builder completion bash)"      in ~/.bashrc
    eval "$(connector-builder completion zsh)"       in ~/.zshrc
    connector-builder completion fish | source       in ~/.config/fish/config.fish

    In PowerShell, add this line to the file $PROFILE:

    \b
    connector-builder completion powershell | Out-String | Invoke-Expression
    """
    from click.shell_completion import ShellComplete

    from connector_builder.cli.shells import SHELLS

    kind = SHELLS[shell](click.get_current_context().find_root().command, {}, NAME, COMPLETING)
    console.out(ShellComplete.source(kind))  # not the shell's own, which runs the shell to check its version
