"""The statuses of HTTP and their phrases."""

# The phrases of RFC 9110. Python's own table changes from version to version, but the output must not change.
PHRASES = {
    "200": "OK", "201": "Created", "202": "Accepted", "203": "Non-Authoritative Information", "204": "No Content",
    "205": "Reset Content", "206": "Partial Content", "207": "Multi-Status", "300": "Multiple Choices",
    "301": "Moved Permanently", "302": "Found", "303": "See Other", "304": "Not Modified", "307": "Temporary Redirect",
    "308": "Permanent Redirect", "400": "Bad Request", "401": "Unauthorized", "402": "Payment Required", "403": "Forbidden",
    "404": "Not Found", "405": "Method Not Allowed", "406": "Not Acceptable", "408": "Request Timeout", "409": "Conflict",
    "410": "Gone", "411": "Length Required", "412": "Precondition Failed", "413": "Content Too Large", "414": "URI Too Long",
    "415": "Unsupported Media Type", "416": "Range Not Satisfiable", "417": "Expectation Failed", "421": "Misdirected Request",
    "422": "Unprocessable Content", "423": "Locked", "424": "Failed Dependency", "425": "Too Early", "426": "Upgrade Required",
    "428": "Precondition Required", "429": "Too Many Requests", "431": "Request Header Fields Too Large",
    "451": "Unavailable For Legal Reasons", "500": "Internal Server Error", "501": "Not Implemented", "502": "Bad Gateway",
    "503": "Service Unavailable", "504": "Gateway Timeout", "505": "HTTP Version Not Supported", "507": "Insufficient Storage",
    "default": "The operation failed.",
}  # fmt: skip


def is_status(text: str) -> bool:
    """Whether a text is a status: three digits, or `default`."""
    return text in PHRASES or (text.isdecimal() and len(text) == 3)


def status_of(phrase: str) -> str | None:
    """The status that a phrase names, however it is written: `201` for `created`, `404` for `NotFound`; else None."""
    letters = "".join(filter(str.isalpha, phrase)).lower()
    return next(
        (status for status, said in PHRASES.items() if "".join(filter(str.isalpha, said)).lower() == letters), None
    )
