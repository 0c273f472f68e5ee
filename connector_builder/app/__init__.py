"""The commands as library calls, one module each, and what they share. Nothing here prints."""
