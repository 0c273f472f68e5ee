"""Policies: the templates, and the expressions in their values."""
