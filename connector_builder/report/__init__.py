"""Findings to text, JSON and the formats that pipelines read. Decides nothing."""
