"""What one import decides for many parts: defaults, what is said once, order, templates."""
