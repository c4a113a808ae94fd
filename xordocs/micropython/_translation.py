"""Python as MicroPython reads it: without what only a type checker or a reader needs.

MicroPython keeps no annotations and has no `typing`, so a named tuple's fields are written out; it
unpacks no list within another, so these are joined by ``+``.
"""

import ast

__all__ = ["translate"]

ABSENT = {"typing", "collections.abc", "jaxtyping", "numpy.typing"}
"""Modules that MicroPython has not, whose names stand in annotations alone."""

GENERICS = {"Callable", "Float", "NDArray", "dict", "list", "tuple"}
"""What a name for a type begins with."""


def translate(source: str) -> str:
    """Return a module's text without docstrings, comments, annotations and the names they need.

    Args:
        source: The module's text.

    Raises:
        ValueError: It uses one of these names elsewhere.
    """
    absent = _names_from_absent(ast.parse(source))
    tree = _Translator().visit(ast.parse(source))
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    if stray := sorted(used & absent):
        raise ValueError(f"MicroPython has no {', '.join(stray)}: use it in annotations only")
    tree = _UnusedImports(used | _exported(tree)).visit(tree)
    return ast.unparse(ast.fix_missing_locations(tree)) + "\n"


def _exported(tree: ast.Module) -> set[str]:
    """Return the names in ``__all__``, which is dropped."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            tree.body.remove(node)
            return set(ast.literal_eval(node.value))
    return set()


def _names_from_absent(tree: ast.AST) -> set[str]:
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in ABSENT and not node.level
        for alias in node.names
    }


class _Translator(ast.NodeTransformer):
    def visit_Module(self, node: ast.Module) -> ast.Module:
        self.generic_visit(node)
        if any(isinstance(each, ast.Name) and each.id == "namedtuple" for each in ast.walk(node)):
            node.body.insert(0, ast.parse("from collections import namedtuple").body[0])
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        """Drop docstrings, of a constant, too."""
        self.generic_visit(node)
        if isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            return None
        return node

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.AST | None:
        return None if node.module in ABSENT and not node.level else node

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        node.returns = None
        self.generic_visit(node)
        node.body = node.body or [ast.Pass()]
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST | None:
        self.generic_visit(node)
        return ast.Assign([node.target], node.value) if node.value else None

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        """Empty a name for a type, such as ``Parameters = list[Layer]``."""
        value = node.value
        if isinstance(value, ast.Subscript) and ast.unparse(value.value) in GENERICS:
            node.value = ast.Constant(None)
        self.generic_visit(node)
        return node

    def visit_List(self, node: ast.List) -> ast.AST:
        self.generic_visit(node)
        return _joined(node.elts) if _has_star(node) else node

    def visit_Tuple(self, node: ast.Tuple) -> ast.AST:
        self.generic_visit(node)
        if not _has_star(node):
            return node
        return ast.Call(ast.Name("tuple", ast.Load()), [_joined(node.elts)], [])

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        """Write out a named tuple's fields, which stand in annotations."""
        fields = [
            each.target.id
            for each in node.body
            if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)
        ]
        self.generic_visit(node)
        if not any(isinstance(base, ast.Name) and base.id == "NamedTuple" for base in node.bases):
            node.body = node.body or [ast.Pass()]
            return node
        made = ast.parse(f"namedtuple({node.name!r}, {tuple(fields)!r})", mode="eval").body
        if not node.body:
            return ast.Assign([ast.Name(node.name, ast.Store())], made)
        node.bases = [made]
        return node


class _UnusedImports(ast.NodeTransformer):
    """Drops imported names that annotations alone have used."""

    def __init__(self, used: set[str]) -> None:
        self.used = used

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.AST | None:
        node.names = [each for each in node.names if (each.asname or each.name) in self.used]
        return node if node.names else None


def _has_star(node: ast.List | ast.Tuple) -> bool:
    """Tell whether a list that is read, not assigned to, unpacks another one in it."""
    starred = any(isinstance(each, ast.Starred) for each in node.elts)
    return starred and isinstance(node.ctx, ast.Load)


def _joined(items: list[ast.expr]) -> ast.expr:
    """Return ``[a, *b]`` as ``[a] + list(b)``."""
    parts = [
        ast.Call(ast.Name("list", ast.Load()), [item.value], [])
        if isinstance(item, ast.Starred)
        else ast.List([item], ast.Load())
        for item in items
    ]
    joined: ast.expr = parts[0]
    for part in parts[1:]:
        joined = ast.BinOp(joined, ast.Add(), part)
    return joined
