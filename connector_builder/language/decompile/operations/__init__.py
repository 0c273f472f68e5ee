"""Operations: request lines, parameters, responses, webhooks and polling."""
