"""Shows connectors as people will see them, in a browser.

`connector.py` makes the data of one connector, `sources.py` reads it and notices changes, `site.py` answers the page.
"""
