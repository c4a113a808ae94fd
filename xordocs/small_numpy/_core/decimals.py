"""The decimal digits of a float, exactly, since an interpreter's own printing may round twice.

Steele and White, "How to print floating-point numbers accurately" (1990), with integers as large as
it takes; NumPy prints by the same algorithm.
"""

import math

__all__ = ["fixed", "scientific", "shortest"]


def shortest(x: float) -> tuple[str, int]:
    """Return the fewest digits that mean this float and no other.

    Args:
        x: A finite number above 0.

    Returns:
        Digits without trailing zeros, and the power of ten of the first one.
    """
    top, bottom, half_up, half_down, even = _fraction(x)
    exponent = math.floor(math.log10(x)) - 1  # one less: the logarithm may round up
    if exponent >= 0:
        bottom *= 10**exponent
    else:
        scale = 10**-exponent
        top, half_up, half_down = top * scale, half_up * scale, half_down * scale
    while top + half_up > 10 * bottom or (even and top + half_up == 10 * bottom):
        bottom *= 10
        exponent += 1
    digits = ""
    while True:
        digit = top // bottom
        top -= digit * bottom
        low = top < half_down or (even and top == half_down)
        high = top + half_up > bottom or (even and top + half_up == bottom)
        if low or high:
            break
        digits += str(digit)
        top, half_up, half_down = top * 10, half_up * 10, half_down * 10
    if high and not (low and 2 * top < bottom):
        digit += 1
    return digits + str(digit), exponent


def _fraction(x: float) -> tuple[int, int, int, int, bool]:
    """Return x as top / bottom, half the gaps to its neighbours, and whether it ends in a 0 bit."""
    mantissa, power = _parts(x)
    top, bottom, half_up, half_down = 2 * mantissa, 2, 1, 1
    if mantissa == 2**52 and power > -1074:  # below a power of two floats lie closer
        top, bottom, half_up = 4 * mantissa, 4, 2
    if power >= 0:
        scale = 2**power
        top, half_up, half_down = top * scale, half_up * scale, half_down * scale
    else:
        bottom *= 2**-power
    return top, bottom, half_up, half_down, mantissa % 2 == 0


def _parts(x: float) -> tuple[int, int]:
    """Return the integers of x = mantissa * 2**power."""
    power = max(math.frexp(x)[1] - 53, -1074)
    return int(
        math.ldexp(x, -power) if power > -1000 else math.ldexp(x * 2.0**100, -power - 100)
    ), power


def _rounded(x: float, places: int) -> int:
    """Return x * 10**places as the nearest integer, of two the even one."""
    mantissa, power = _parts(x)
    top, bottom = mantissa, 1
    if power >= 0:
        top *= 2**power
    else:
        bottom = 2**-power
    if places >= 0:
        top *= 10**places
    else:
        bottom *= 10**-places
    whole, rest = divmod(top, bottom)
    return whole + (2 * rest > bottom or (2 * rest == bottom and whole % 2 == 1))


def fixed(x: float, precision: int) -> str:
    """Return a finite number with a point: its shortest digits, or so many places of it."""
    sign = "-" if math.copysign(1.0, x) < 0 else ""
    if x == 0:
        return sign + "0."
    digits, exponent = shortest(abs(x))
    places = max(len(digits) - 1 - exponent, 0)
    if places > precision:
        digits, places = str(_rounded(abs(x), precision)), precision
    else:
        digits += "0" * (places + exponent + 1 - len(digits))
    digits = "0" * (places + 1 - len(digits)) + digits
    point = len(digits) - places
    return sign + digits[:point] + "." + digits[point:].rstrip("0")


def scientific(x: float, precision: int, least: int = 0) -> tuple[str, int]:
    """Return a finite number's digits, ``d.ddd``, and its exponent.

    Args:
        x: The number.
        precision: The most places behind the point.
        least: The fewest; where its shortest digits are fewer, those of its exact value follow.
    """
    sign = "-" if math.copysign(1.0, x) < 0 else ""
    if x == 0:
        return sign + "0." + "0" * least, 0
    digits, exponent = shortest(abs(x))
    if len(digits) <= least:
        digits = str(_rounded(abs(x), least - exponent))
    if len(digits) > precision + 1:
        digits = str(_rounded(abs(x), precision - exponent))
        if len(digits) > precision + 1:  # 9.99 became 10.0
            exponent += 1
        digits = digits[: precision + 1].rstrip("0")
    digits += "0" * (least + 1 - len(digits))
    return sign + digits[:1] + "." + digits[1:], exponent
