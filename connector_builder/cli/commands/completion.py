"""`connector-builder completion`."""

import click

from connector_builder.cli import console
from connector_builder.cli.program import COMPLETING
from connector_builder.cli.shared import verbose_option

NAME = "connector-builder"
NAMES = ("bash", "zsh", "fish", "powershell")


@click.command()
@click.argument("shell", type=click.Choice(NAMES))
@verbose_option()
def completion(shell: str) -> None:
    """Print the script that completes this command in a shell.

    \b
    connector-builder completion bash

    The shell reads the script when it starts. Add a line to its configuration:

    \b
    ~/.bashrc                   eval "$(connector-builder completion bash)"
    ~/.zshrc                    eval "$(connector-builder completion zsh)"
    ~/.config/fish/config.fish  connector-builder completion fish | source
    $PROFILE (PowerShell)       connector-builder completion powershell | Out-String | iex
    """
    from click.shell_completion import ShellComplete

    from connector_builder.cli.shells import SHELLS

    kind = SHELLS[shell](click.get_current_context().find_root().command, {}, NAME, COMPLETING)
    console.out(ShellComplete.source(kind))  # not the shell's own, which runs the shell to check its version
