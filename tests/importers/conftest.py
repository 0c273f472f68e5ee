"""What tests of the language and hostile input have is of use here too."""

import sys
from pathlib import Path

for name in ("language", "hostile"):
    sys.path.append(str(Path(__file__).parents[1] / name))
