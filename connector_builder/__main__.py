"""`python -m connector_builder`."""

from connector_builder.cli import main

if __name__ == "__main__":  # the processes of `--jobs` import this module too
    main()
