"""Writing a text in the forms people carry away: JATS XML, Word, Markdown, one HTML file, PDF.

`text.ExportedText` is all that the writers know; `gathering` makes one of a draft or of a frozen
Version, and `formats` names the writers. What an export says of its review is handed in: it is
derived where the review is known, never here.
"""
