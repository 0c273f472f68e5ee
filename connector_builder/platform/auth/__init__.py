"""Signing in: the kinds of authentication, what OAuth 2 requires, and Microsoft's APIs that a token can be for."""
