"""The services and programs of CI: their files run, and reports read, as they do it."""
