"""The language server: what an editor asks while someone writes a spec or a package.

- `buffers.py` has the files as the editor shows them, `workspace.py` the specs and packages that they are part of.
- `checking.py` finds what is wrong, when `runs.py` says that it is time.
- `spec_tree.py` finds what a place in a spec is, `flow.py` what is inside brackets, `names.py` where a name is declared and
  used, `built.py` what a part builds.
- `completing.py`, `explaining.py`, `outline.py` and `renaming.py` answer from these.

All of these are functions without a protocol. `server.py`, `features.py`, `answers.py` and `protocol.py` speak it
(https://microsoft.github.io/language-server-protocol/), by pygls.
"""
