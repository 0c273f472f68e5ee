"""The connector itself: its head, how people sign in, policies and custom code."""
