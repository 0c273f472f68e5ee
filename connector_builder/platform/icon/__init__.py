"""What the platform asks of an icon, and how a PNG is read and written."""
