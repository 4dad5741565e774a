"""A city of one's own, made of a table of firms or from a template."""
