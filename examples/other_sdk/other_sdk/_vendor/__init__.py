"""Copies of other packages; `python -m codegen vendor` of actuallycare writes them."""
