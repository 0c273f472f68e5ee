"""Facts about the platform as data, and the code that reads them, a folder for each topic. Needs no rules, YAML or files."""
