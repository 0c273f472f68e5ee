"""Reads files and folders from others as packages: recognises and repairs them, and reports defects and omissions."""
