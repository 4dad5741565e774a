"""Reports: what results say, as one page for people who will install nothing.

From the ground up: `content` what a page consists of, `subject` what is reported on; then a module a chapter,
`figures`, `page` how it is laid out, and `report`, which puts all of it together.
"""
