"""The definition as a whole: its head and addresses, references, the shape of every part, and texts."""
