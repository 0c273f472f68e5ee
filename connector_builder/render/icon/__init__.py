"""The icon of a package: drawn from the connector's title and colour, and checked where the author brings one."""
