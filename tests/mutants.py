"""Mutants of a program: each differs from it in an operator, a side of one, or a number."""

import ast
from collections.abc import Callable, Iterator

OPERATORS = {
    ast.Add: [ast.Sub], ast.Sub: [ast.Add], ast.Mult: [ast.Div, ast.Add], ast.Div: [ast.Mult],
    ast.MatMult: [ast.Mult], ast.Pow: [ast.Mult], ast.FloorDiv: [ast.Mult],
}  # fmt: skip
"""What stands in the place of each operator."""


def mutants(source: str) -> Iterator[tuple[str, str]]:
    """Yield each mutant's source, and the lines of it that differ."""
    original = ast.unparse(ast.parse(source)).splitlines()
    for place, node in enumerate(ast.walk(ast.parse(source))):
        for change in _changes(node):
            tree = ast.parse(source)
            change(list(ast.walk(tree))[place])
            mutant = ast.unparse(ast.fix_missing_locations(tree))
            lines = zip(mutant.splitlines(), original, strict=True)
            yield mutant, "\n".join(line.strip() for line, was in lines if line != was)


def _changes(node: ast.AST) -> list[Callable[[ast.AST], None]]:
    """Return what may be changed of a node, as functions that change one like it."""
    if isinstance(node, ast.BinOp):
        others = [_set("op", other()) for other in OPERATORS[type(node.op)]]
        return [*others, _set("left", node.right), _set("right", node.left)]
    if isinstance(node, ast.Compare):
        return [_set("ops", [ast.LtE() if isinstance(node.ops[0], ast.Lt) else ast.Lt()])]
    if isinstance(node, ast.UnaryOp):
        return [_set("op", ast.UAdd())]
    if isinstance(node, ast.Constant) and not isinstance(node.value, str):
        return [_set("value", not node.value if node.value is True else node.value + 1)]
    return []


def _set(name: str, value: object) -> Callable[[ast.AST], None]:
    return lambda node: setattr(node, name, value)
