import re

from connector_builder.app.shared.config import Settings
from connector_builder.cli import program
from connector_builder.cli.commands.init import TEMPLATES
from docs.pages.commands import commands_page


def test_every_command_and_option_is_on_the_page() -> None:
    page = commands_page()
    assert re.findall(r"^## (\w+)$", page, re.MULTILINE)[: len(program.commands)] == list(program.commands)
    for command in program.commands.values():
        for part in command.params:
            assert all(option in page for option in part.opts if option.startswith("-"))
    assert page.endswith("when lines move.\n")
    assert page.count("```") % 2 == 0


def test_a_command_on_the_page() -> None:
    listed = "\n".join(f"{name:<11}{line}" for name, line in TEMPLATES.items())
    names = "\\|".join(TEMPLATES)
    assert commands_page().split("## ")[1] == (
        "init\n\n"
        "```\nconnector-builder init [OPTIONS] DIRECTORY\n```\n\n"
        "Write a starter spec into DIRECTORY. The command never overwrites a file.\n\n"
        "```\nconnector-builder init my-connector\nconnector-builder build my-connector\n```\n\n"
        "--from makes the spec of something that you have, in place of a starter:\n\n"
        "```\nconnector-builder init specs/orders --from 'curl https://api.contoso.example/orders/17'\n```\n\n"
        f"--template chooses the starter:\n\n```\n{listed}\n```\n\n"
        "| option | |\n| --- | --- |\n"
        f"| `--template {names}` | Starter to use: one of the names above. Default: minimal. |\n"
        "| `--auth none\\|apiKey\\|basic\\|windows\\|aad\\|oauth2` | How people sign in. This chooses the starter. |\n"
        "| `--from SOURCE` | Make the spec of this, as import does: a command of curl or PowerShell, a file, an address. |\n"
        "| `--title TEXT` | The title of the connector. |\n"
        "| `--server URL` | The address of the service, such as https://api.contoso.example/v1. |\n"
        "| `--client-id ID` | The client ID, for aad, oauth2 and multiAuth. |\n"
        "| `-q, --quiet` | Print errors only. |\n"
        "| `-v, --verbose` | Print the details of internal errors. |\n\n"
    )


def test_every_setting_is_on_the_page() -> None:
    configuration = commands_page().split("```yaml\n")[1].split("```")[0]
    keys = [line.split(":")[0] for line in configuration.splitlines()]
    assert keys == [name.replace("_", "-") for name in Settings._fields if name != "file"]
