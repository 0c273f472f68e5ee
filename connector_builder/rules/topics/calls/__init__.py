"""What one operation asks of another: lists to pick from, schemas, trees."""
