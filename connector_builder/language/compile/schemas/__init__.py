"""Schemas: their forms, fields and field paths."""
