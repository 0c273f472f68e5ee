"""Operations, parameters, responses and schemas, each in the shortest form that says it."""
