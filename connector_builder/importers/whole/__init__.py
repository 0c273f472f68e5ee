"""What is decided for the spec as a whole: defaults, what is said once, order, files."""
