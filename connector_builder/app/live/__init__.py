"""What the live commands do. Only these modules import the network layer; commands import them when they run."""
