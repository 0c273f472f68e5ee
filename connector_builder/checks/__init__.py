"""Runs all checks, and places their findings in the author's files. Nothing here prints."""
