"""Schemas: fields, bodies, dynamic schemas, and samples instead of fields."""
