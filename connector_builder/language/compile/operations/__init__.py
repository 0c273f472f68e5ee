"""Operations: request lines, parameters, bodies, responses and triggers."""
