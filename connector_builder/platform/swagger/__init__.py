"""The definition: the objects and extensions of Swagger 2.0, and the walks over references, operations and schemas."""
