"""Same spec, same bytes: nothing of the process that compiles shows in what it writes."""

import os
import subprocess
import sys
from pathlib import Path

from tests.support.language_cases import read_cases

PROGRAM = """
import sys
from pathlib import Path
from connector_builder.package import (definition_bytes, properties_bytes)
from connector_builder.language import (Variables, compile_spec)

package = compile_spec(Path(sys.argv[1]), Variables(given={}, file={}, environment={})).package
sys.stdout.buffer.write(definition_bytes(package.definition) + properties_bytes(package.properties))
"""


def test_a_spec_compiles_to_the_same_bytes_whatever_hashes_are(tmp_path: Path) -> None:
    example = read_cases(Path(__file__).with_name("cases") / "example.md")[0]
    path = example.write(tmp_path)
    written = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM, str(path)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            timeout=60,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(written) == 1
    assert b"Flow Run Manager" in written.pop()
