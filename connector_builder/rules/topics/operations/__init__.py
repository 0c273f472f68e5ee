"""Operations: paths, parameters, responses and triggers."""
