"""Custom code: what the platform requires of a script, and the C# that is read for it."""
