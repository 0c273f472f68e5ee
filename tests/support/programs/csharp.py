"""Compiles custom code with Mono's compiler of C# against a stand-in of the platform, and runs it."""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

PLATFORM = Path(__file__).with_name("platform.cs")
NEWTONSOFT = Path("/usr/lib/cli/Newtonsoft.Json-5.0/Newtonsoft.Json.dll")  # its place in Debian's packages

NAMESPACES = [
    *("System", "System.Collections", "System.Collections.Generic", "System.Diagnostics", "System.IO"),
    *("System.IO.Compression", "System.Linq", "System.Net", "System.Net.Http", "System.Net.Http.Headers"),
    *("System.Net.Security", "System.Security.Authentication", "System.Security.Cryptography", "System.Text"),
    *("System.Text.RegularExpressions", "System.Threading", "System.Threading.Tasks", "System.Web", "System.Xml"),
    *("System.Xml.Linq", "System.Drawing", "System.Drawing.Drawing2D", "System.Drawing.Imaging"),
    *("Microsoft.Extensions.Logging", "Newtonsoft.Json", "Newtonsoft.Json.Linq"),
]
"""The namespaces of custom code, which needn't name them: most published scripts contain no `using`."""

ASSEMBLIES = ["System.Net.Http", "System.Web", "System.Xml", "System.Xml.Linq", "System.Drawing"]


class NotInstalledError(Exception):
    """The compiler, or an assembly that scripts need, is missing; the message says which."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A script's answer, and the requests that it sent, as `METHOD url`."""

    status: int
    media_type: str
    body: str
    sent: list[str]


@dataclass(frozen=True, slots=True)
class Script:
    """A compiled script, beside the stand-in."""

    mono: str
    library: Path

    def __call__(self, operation: str, url: str, body: str, status: int = 200) -> Answer:
        """Runs the script for `GET url`, with the service's answer."""
        call = {"operation": operation, "method": "GET", "url": url, "status": status, "body": body}
        command = [self.mono, str(self.library.with_name("platform.exe")), str(self.library)]
        found = json.loads(_run(command, json.dumps(call)))
        return Answer(found["status"], found["type"], found["body"], found["sent"])


@dataclass(frozen=True, slots=True)
class Compiler:
    """mcs and mono, and a folder with the compiled stand-in."""

    mcs: str
    mono: str
    folder: Path

    def script(self, source: Path) -> Script:
        """Compiles a script as the platform does: in a file of its own, with all namespaces available."""
        library = self.folder / f"{source.parent.name}.dll"
        used = " ".join(f"using {name};" for name in NAMESPACES)
        text = f'{used}\n#line 1 "{source.name}"\n{source.read_text(encoding="utf-8")}'
        copy = library.with_suffix(".cs")
        copy.write_text(text, encoding="utf-8")
        again = "-nowarn:105"  # a namespace that the script names too
        _run([*self.command(library), "-target:library", again, f"-r:{self.folder / 'platform.exe'}", str(copy)])
        return Script(self.mono, library)

    def command(self, out: Path) -> list[str]:
        """Returns the command that compiles, with all references; warnings are errors."""
        references = [f"-r:{name}" for name in [*ASSEMBLIES, str(self.folder / NEWTONSOFT.name)]]
        return [self.mcs, "-nologo", "-warnaserror", f"-out:{out}", *references]


def find(folder: Path) -> Compiler:
    """Finds the compiler, and compiles the stand-in into `folder`. Raises NotInstalledError if something is missing."""
    mcs, mono = shutil.which("mcs"), shutil.which("mono")
    if mcs is None or mono is None:
        raise NotInstalledError("custom code needs Mono's compiler and runtime, mcs and mono, which aren't there")
    if not NEWTONSOFT.exists():
        raise NotInstalledError(f"custom code needs {NEWTONSOFT}, which isn't there")
    shutil.copy(NEWTONSOFT, folder)
    compiler = Compiler(mcs, mono, folder)
    _run([*compiler.command(folder / "platform.exe"), str(PLATFORM)])
    return compiler


def _run(command: list[str], text: str = "") -> str:
    run = subprocess.run(
        command, input=text, capture_output=True, encoding="utf-8", timeout=60, check=False,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout
