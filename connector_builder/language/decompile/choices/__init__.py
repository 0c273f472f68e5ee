"""The decisions of one import for many parts: defaults, parts that are written once, order, templates."""
