"""The text engine: pure functions over body HTML. No Django, no ORM, no input or output.

`canonical.canonicalise` turns whatever was typed, pasted or imported into the one canonical body; every other module
here takes such a body. What a body may hold is written down once, in `schema`.
"""
