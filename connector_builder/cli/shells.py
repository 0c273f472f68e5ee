"""The shells that complete the command: those that click knows, and PowerShell."""

import os
from typing import ClassVar

from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
    split_arg_string,
)


class PowerShellComplete(ShellComplete):
    """Completes commands, options and values in PowerShell 5.1 and 7, which click doesn't know.

    https://learn.microsoft.com/powershell/module/microsoft.powershell.core/register-argumentcompleter
    """

    name: ClassVar[str] = "powershell"
    source_template: ClassVar[str] = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($word, $command, $position)
    $before = @{ Words = $env:COMP_WORDS; Word = $env:COMP_WORD; Asked = $env:%(complete_var)s }
    try {
        $env:COMP_WORDS = $command.ToString()
        $env:COMP_WORD = $word
        $env:%(complete_var)s = 'powershell_complete'
        %(prog_name)s | ForEach-Object {
            $kind, $value, $help = $_ -split "`t", 3
            if ($kind -eq 'plain') {
                [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $help)
            } else {
                Get-ChildItem -Path "$word*" | ForEach-Object {
                    $path = Resolve-Path -Relative $_.FullName
                    [System.Management.Automation.CompletionResult]::new($path, $_.Name, 'ProviderItem', $_.FullName)
                }
            }
        }
    } finally {
        $env:COMP_WORDS = $before.Words
        $env:COMP_WORD = $before.Word
        $env:%(complete_var)s = $before.Asked
    }
}
"""

    def get_completion_args(self) -> tuple[list[str], str]:
        """Returns the words before the one to complete, and that one as far as it is written."""
        words, word = split_arg_string(os.environ["COMP_WORDS"])[1:], os.environ.get("COMP_WORD", "")
        return words[:-1] if word and words and words[-1] == word else words, word

    def format_completion(self, item: CompletionItem) -> str:
        """Returns a line: the kind, the value, and its help, which PowerShell doesn't accept empty."""
        return f"{item.type}\t{item.value}\t{item.help or item.value}"


add_completion_class(PowerShellComplete)
SHELLS: dict[str, type[ShellComplete]] = {
    shell.name: shell for shell in (BashComplete, ZshComplete, FishComplete, PowerShellComplete)
}
