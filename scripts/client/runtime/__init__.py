"""The client's runtime: all of `meta_b2b_client` that does not depend on the document.

`python -m scripts.generate` copies it into the package, and makes `_sync/` there from `_async/`.
"""
