"""How people connect: apiProperties.json, its connection parameters, and security definitions."""
