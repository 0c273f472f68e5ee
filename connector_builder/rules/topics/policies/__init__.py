"""Policies, and the expressions in them."""
