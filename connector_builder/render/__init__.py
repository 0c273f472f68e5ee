"""From a package to documents and pictures. Writes no files."""
