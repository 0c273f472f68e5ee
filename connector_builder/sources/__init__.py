"""From a file or folder to a package: what it is, what is wrong with it, what is mended and left out."""
