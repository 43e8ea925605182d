"""Count lines of code, for the documents that state a number of them."""

from __future__ import annotations

import ast
from pathlib import Path


def code_lines(path: Path) -> int:
    """Lines of code: neither blank, nor comment, nor docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    prose = {
        line
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    lines = path.read_text(encoding="utf-8").splitlines()
    return sum(
        1
        for number, line in enumerate(lines, 1)
        if line.strip() and not line.strip().startswith("#") and number not in prose
    )
