"""A browser that signs in by itself: gets the page, and sends its form, in the background.

It is a whole program, for the variable BROWSER: `python browser.py ADDRESS`.
"""

import os
import subprocess
import sys
import urllib.request
from html.parser import HTMLParser
from urllib.parse import urlencode


class Form(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.action, self.fields = "", {}  # type: str, dict[str, str]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = own["action"]
        elif tag == "input":
            self.fields[own["name"]] = own["value"]


def visit(address: str) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(address, timeout=20) as answer:
        form = Form()
        form.feed(answer.read().decode("utf-8"))
    opener.open(form.action, urlencode(form.fields).encode(), timeout=20).close()


if __name__ == "__main__":
    if os.environ.get("VISITING"):
        visit(sys.argv[1])
    else:  # a browser returns at once
        environment = {**os.environ, "VISITING": "1"}
        subprocess.Popen(
            [sys.executable, __file__, sys.argv[1]],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
