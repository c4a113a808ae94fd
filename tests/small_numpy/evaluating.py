"""Evaluate expressions in any of three NumPys and tell the results bit for bit.

CPython runs this module, with NumPy and with the small NumPy, and MicroPython does, with its text.
"""

import json
import struct

KINDS = ("bool", "int64", "float64")
CAUGHT = (ValueError, TypeError, IndexError, ArithmeticError, NotImplementedError, AttributeError)


def bits_of(number):
    """Return a float's 64 bits as text; all NaNs count as one."""
    return "nan" if number != number else struct.pack("<d", number).hex()


def float_of(bits):
    return float("nan") if bits == "nan" else struct.unpack("<d", bytes.fromhex(bits))[0]


def encode(value):
    """Return a result as JSON can hold it."""
    if isinstance(value, (tuple, list)):
        return ["items", [encode(each) for each in value]]
    if value is None or isinstance(value, str):
        return ["text", value]
    if hasattr(value, "shape") and value.shape != ():
        kind = str(value.dtype)
        numbers = value.reshape(-1).tolist()
        return ["array", kind, list(value.shape), [encode(each)[1] for each in numbers]]
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, bool):
        return ["bool", value]
    if isinstance(value, int):
        return ["int64", value]
    return ["float64", bits_of(value)]


def decode(np, encoded):
    """Return the argument that `encode` wrote down."""
    kind = encoded[0]
    if kind == "array":
        numbers = [decode(np, [encoded[1], each]) for each in encoded[3]]
        return np.array(numbers, dtype=encoded[1]).reshape(tuple(encoded[2]))
    return float_of(encoded[1]) if kind == "float64" else encoded[1]


def evaluate(np, code, arguments):
    """Run code and return the result that it leaves in ``result``, or the error, encoded."""
    names = {"np": np}
    for name, argument in arguments.items():
        names[name] = decode(np, argument)
    try:
        exec(code if "result" in code else "result = " + code, names)
        return encode(names["result"])
    except CAUGHT as error:
        kinds = [kind.__name__ for kind in CAUGHT if isinstance(error, kind)]
        return ["error", kinds[0], str(error)]


def answer(np, question):
    """Evaluate what `json` holds: code and arguments."""
    code, arguments = json.loads(question)
    return json.dumps(evaluate(np, code, arguments))
