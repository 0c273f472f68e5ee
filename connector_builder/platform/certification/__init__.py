"""What certification requires of a connector, and of the package that is submitted."""
