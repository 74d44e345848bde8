"""Numbers as code writes them down."""

import ast


def literal_number(expr: ast.expr) -> float | None:
    """The number that is written, or a product of such: `2 * 60 * 60`; None for anything else."""
    match expr:
        case ast.Constant(value=bool()):
            return None
        case ast.Constant(value=int() | float() as value):
            return float(value)
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            one, other = literal_number(left), literal_number(right)
            return None if one is None or other is None else one * other
        case _:
            return None
