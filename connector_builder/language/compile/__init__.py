"""Compiles a checked spec to a package. Each module compiles one part of the language; `build` puts them together."""
