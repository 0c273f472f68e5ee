"""Connectors and pictures for the tests of pages."""
