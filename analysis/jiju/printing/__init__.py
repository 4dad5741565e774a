"""Tables as people read them: on a terminal, in Markdown, LaTeX, Word and CSV. Nothing here knows what is in them."""
