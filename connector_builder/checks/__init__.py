"""Runs everything that checks, and turns what it says into places in the author's files. Prints nothing."""
