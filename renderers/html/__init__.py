"""Pages' moving parts as HTML: forms from definitions, summaries, procedure pages.

Built as strings with every word escaped, since a form is drawn again at each change; the frames around them are
Jinja templates.
"""
