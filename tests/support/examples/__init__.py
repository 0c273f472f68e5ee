"""The examples in the docs of rules, as files, as packages, and with their fixes."""
