"""Programs that tests run: browsers, compilers, paconn, a language server, and the servers that stand in for others."""
