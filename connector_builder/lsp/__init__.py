"""The language server: what an editor asks while someone writes a spec or a package.

`buffers.py` has the files as the editor shows them; `checking.py` finds what is wrong in them, when `workspace.py` and `runs.py` decide
that they are checked. `spec_tree.py` finds what a place in a spec
is; `names.py` where a name is declared and used; `completing.py`, `explaining.py` and `outline.py` answer from these. All are
functions without a protocol. `server.py`, `features.py` and `answers.py` speak it
(https://microsoft.github.io/language-server-protocol/), by pygls.
"""
