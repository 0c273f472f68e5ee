"""What the commands do, one module each, as library calls; and what they share. Prints nothing."""
