"""Requests that somebody sent, as an API: HAR, Postman collections, commands of curl and PowerShell, .http files.

Each format is read as calls (`call.py`). From there on all are one: `noise.py` keeps the calls of an API, `templates.py`
finds the variables in paths, `samples.py` merges and masks what was answered, `signin.py` sees how people sign in, and
`convert.py` writes a spec of it, which the compiler turns into a package.

No value of a header, a cookie, a query or a form is ever written.
"""
