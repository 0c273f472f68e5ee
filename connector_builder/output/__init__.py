"""File names and bytes to a folder, all or nothing; or a comparison with what is there."""
