"""What every part of the API shares, and the tokens."""
