"""The board's desk, and what is public, for programs; over the same actions as the pages."""
