"""An operation as people see it: the fields that they fill in, what later steps get, and how apps and agents show it.

`build.py` makes it of a definition and its properties. `fields.py` flattens schemas, for it and for the comparison of two versions.
"""
