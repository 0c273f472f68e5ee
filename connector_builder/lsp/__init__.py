"""The language server: what an editor asks while someone writes a spec or a package.

`buffers.py` has the files as the editor shows them; `checking.py` finds what is wrong in them; `spec_tree.py` finds what
a place in a spec is; `names.py` finds where a name is declared and used. `server.py` answers in the terms of the protocol
(https://microsoft.github.io/language-server-protocol/), and is the only module that knows pygls.
"""
