"""Rules over a pair of packages: what changed between two versions of a connector, and what that does to what people have built.

A kind of change is a rule (`kinds/`); the other modules find the changes. `compare.py` brings them together.
"""
