"""The editor's desk for programs, over the same actions as its pages."""
