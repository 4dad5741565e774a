"""Formulas over named columns, as trial and fact files hold them: checked when the file is read, before anything runs.

A formula has Python's grammar, numbers, texts in quotes, names of columns, + - * / **, comparisons, `in` with a list,
`and`, `or`, `not`, and the functions below. It is not executed as a program, so that a file of somebody else's is safe.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Collection, Mapping
from typing import Any

import numpy as np
import pandas as pd

from jiju.languages import translated
from jiju.results.validation import nearest


def rank(values: Any) -> Any:
    """Share of the values that are no greater, from above 0 to 1; missing values have none."""
    return pd.Series(values).rank(pct=True)


FUNCTIONS: Mapping[str, Callable[[Any], Any]] = {
    "log": np.log, "exp": np.exp, "sqrt": np.sqrt, "abs": np.abs, "rank": rank
}  # fmt: skip

BINARY = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
          ast.Pow: operator.pow}  # fmt: skip
COMPARED = {ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le,
            ast.Gt: operator.gt, ast.GtE: operator.ge}  # fmt: skip


def parsed(text: str) -> ast.expr:
    """ValueError where it is no formula, with what cannot be read."""
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except SyntaxError as error:
        raise ValueError(translated("{text!r} is no formula: {msg}", text=text, msg=error.msg)) from None
    _check(tree, text)
    return tree


def _check(node: ast.expr, text: str) -> None:
    match node:
        case ast.Constant(value=bool() | int() | float() | str()) | ast.Name():
            return
        case ast.UnaryOp(op=ast.USub() | ast.Not(), operand=inner):
            _check(inner, text)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in BINARY:
            _check(left, text)
            _check(right, text)
        case ast.BoolOp(values=parts):
            for part in parts:
                _check(part, text)
        case ast.Compare(left=left, ops=[ast.In() | ast.NotIn()], comparators=[ast.List(elts=items)]):
            _check(left, text)
            if not all(isinstance(item, ast.Constant) for item in items):
                raise ValueError(translated(
                    "in {text!r}: `in` takes a list of values, such as ['shangyu', 'zhuji']",
                    text=text,
                ))
        case ast.Compare(left=left, ops=ops, comparators=others) if all(type(op) in COMPARED for op in ops):
            for part in (left, *others):
                _check(part, text)
        case ast.Call(func=ast.Name(id=name), args=[inner], keywords=[]):
            if name not in FUNCTIONS:
                raise ValueError(translated(
                    "in {text!r}: no function {name!r}{nearest}",
                    text=text, name=name, nearest=nearest(name, FUNCTIONS),
                ))
            _check(inner, text)
        case _:
            raise ValueError(translated(
                "in {text!r}: {unparse!r} has no place in a formula",
                text=text, unparse=ast.unparse(node),
            ))


def names(text: str) -> list[str]:
    """The columns a formula asks for, in the order of their first use."""
    tree = parsed(text)
    called = {node.func for node in ast.walk(tree) if isinstance(node, ast.Call)}
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node not in called]
    return list(dict.fromkeys(node.id for node in sorted(found, key=lambda node: node.col_offset)))


def check(text: str, columns: Collection[str], what: str = "columns") -> None:
    """ValueError where the formula cannot be read or asks for a column that there is not."""
    for name in names(text):
        if name not in columns:
            raise ValueError(translated(
                "in {text!r}: no {what} {name!r}{nearest}",
                text=text, what=what[:-1], name=name,
                nearest=nearest(name, columns, translated("{what} are", what=what)),
            ))


def evaluate(text: str, table: pd.DataFrame) -> pd.Series:
    """The value of a formula in each row; infinite or missing where a logarithm or a quotient has none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        value = _value(parsed(text), table)
    return value if isinstance(value, pd.Series) else pd.Series(value, index=table.index)


def _value(node: ast.expr, table: pd.DataFrame) -> Any:
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            return table[name]
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            return ~_truth(_value(inner, table))
        case ast.UnaryOp(operand=inner):
            return -_value(inner, table)
        case ast.BinOp(left=left, op=op, right=right):
            return BINARY[type(op)](_number(_value(left, table)), _number(_value(right, table)))
        case ast.BoolOp(op=op, values=parts):
            found = [_truth(_value(part, table)) for part in parts]
            return np.logical_and.reduce(found) if isinstance(op, ast.And) else np.logical_or.reduce(found)
        case ast.Compare(left=left, ops=[ast.In() | ast.NotIn() as op], comparators=[ast.List() as wanted]):
            inside = pd.Series(_value(left, table)).isin(ast.literal_eval(wanted))
            return inside if isinstance(op, ast.In) else ~inside
        case ast.Compare(left=left, ops=ops, comparators=others):
            sides = [_value(part, table) for part in (left, *others)]
            steps = [COMPARED[type(op)](sides[k], sides[k + 1]) for k, op in enumerate(ops)]
            return np.logical_and.reduce([_truth(step) for step in steps])
        case ast.Call(func=ast.Name(id=name), args=[inner]):
            return FUNCTIONS[name](_number(_value(inner, table)))
    raise AssertionError(ast.dump(node))


def _truth(value: Any) -> Any:
    return value.astype(bool) if isinstance(value, pd.Series | np.ndarray) else np.bool_(value)


def _number(value: Any) -> Any:
    """Truth counts as 0 and 1."""
    return value.astype(float) if isinstance(value, pd.Series) and value.dtype == bool else value
