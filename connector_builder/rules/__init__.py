"""What is wrong with a package: one walk, many rules, each yielding pointers and messages. Knows no files, no lines, no YAML."""
