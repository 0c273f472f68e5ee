import hashlib
import shutil
from pathlib import Path

import pytest

from connector_builder.output import OutputError, write
from tests.support.output_folder import FIRST, put, tree


class TestJournals:
    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"{",
            b"[]",
            b'{"version": 2, "folders": [], "moves": []}',
            b'{"version": 1, "moves": []}',
            b'{"version": 1, "folders": null, "moves": []}',
            b'{"version": 1, "folders": [], "moves": null}',
            b'{"version": 1, "folders": [], "moves": [[]]}',
            b'{"version": 1, "folders": [], "moves": [{"name": "a/x"}]}',
            b'{"version": 1, "folders": [], "moves": [{"name": 7, "old": true, "new": null}]}',
            b'{"version": 1, "folders": [], "moves": [{"name": "../x", "old": true, "new": null}]}',
            b'{"version": 1, "folders": [], "moves": [{"name": "/x", "old": true, "new": null}]}',
            b'{"version": 1, "folders": [], "moves": [{"name": "a/../../x", "old": true, "new": null}]}',
            b'{"version": 1, "folders": [], "moves": [{"name": ".connector-builder/lock", "old": true, "new": null}]}',
            b'{"version": 1, "folders": ["../x"], "moves": []}',
        ],
    )
    def test_that_are_none_are_left_alone(self, tmp_path: Path, content: bytes) -> None:
        folder = tmp_path / "output"
        (tmp_path / "x").mkdir()
        journal = put(folder, ".connector-builder/staging/journal.json", content)
        put(folder, ".connector-builder/staging/old/0")
        before = tree(tmp_path)
        with pytest.raises(OutputError) as caught:
            write(folder, FIRST.items(), force=True)
        assert caught.value.message == f"'{journal.as_posix()}' isn't the journal of a run"
        assert caught.value.help == (
            f"restore '{folder.as_posix()}' from version control, delete '{journal.parent.as_posix()}', then try again"
        )
        assert tree(tmp_path) == before

    @pytest.mark.parametrize("link", ["a", ".connector-builder/staging/new", ".connector-builder/staging/old"])
    def test_that_lead_through_a_link(self, tmp_path: Path, link: str) -> None:
        folder = tmp_path / "output"
        outside = tmp_path / "outside"
        put(outside, "0")
        put(outside, "x")
        put(folder, ".connector-builder/staging/journal.json", self.MOVES)
        put(folder, ".connector-builder/staging/old/1", b"planted")
        put(folder, "b/x")
        if link.endswith("old"):
            shutil.rmtree(folder / link)
        try:
            (folder / link).symlink_to(outside, target_is_directory=True)
        except OSError:
            pytest.skip("this account can't make symbolic links")
        with pytest.raises(OutputError, match=f"{link}' is a link"):
            write(folder, FIRST.items())
        assert tree(outside) == {"0": b"mine\n", "x": b"mine\n"}

    MOVES = (
        b'{"version": 1, "folders": [], "moves": ['
        b'{"name": "b/x", "old": true, "new": "%s"}, {"name": "a/y", "old": true, "new": null}]}'
    ) % hashlib.sha256(b"mine\n").hexdigest().encode()
