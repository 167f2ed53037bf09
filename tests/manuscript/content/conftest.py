"""`--hypothesis-profile thorough` looks longer for a counterexample than the everyday run does."""

from hypothesis import settings

settings.register_profile("thorough", max_examples=3000, deadline=None)
