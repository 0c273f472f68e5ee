"""What `call` does: `prepared` builds the requests, `signing` signs them, `sending` sends them, `each` sends many."""
