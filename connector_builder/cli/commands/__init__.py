"""The commands, a module each: options in, one library call, report, exit status."""
