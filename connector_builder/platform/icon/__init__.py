"""What the platform requires of an icon, and reading and writing PNG files."""
