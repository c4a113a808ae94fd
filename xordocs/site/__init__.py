"""The site: notebooks in, Markdown and figures out.

Nothing here knows of neural networks: it would build any folder of notebooks. `plugin` is the one
package that imports MkDocs.
"""
