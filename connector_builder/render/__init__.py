"""Turns a package into documents and pictures. Writes no files."""
