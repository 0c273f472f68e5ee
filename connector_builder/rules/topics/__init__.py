"""The rules: a room for each part of a package, with one module for each topic."""
