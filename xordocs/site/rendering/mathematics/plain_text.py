"""Write a formula as text, for the table of contents, which holds no markup."""

import unicodedata
import xml.etree.ElementTree as ElementTree

__all__ = ["to_text"]

_ACCENTS = {"ˆ": "\u0302", "˜": "\u0303", "¯": "\u0304", "˙": "\u0307", "¨": "\u0308", "⃗": "\u20d7"}
_RAISED = dict(zip("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
_LOWERED = dict(zip("0123456789+-−=()aeijnoruvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑᵢⱼₙₒᵣᵤᵥₓ", strict=True))


def to_text(mathml: str) -> str:
    """Write MathML as one line of text.

    >>> to_text("<math><mfrac><mi>a</mi><mn>2</mn></mfrac></math>")
    'a/2'
    """
    return " ".join(_text(ElementTree.fromstring(mathml)).split())  # noqa: S314 -- it is ours


def _text(element: ElementTree.Element) -> str:
    parts = [_text(child) for child in element]
    match element.tag, parts:
        case "mfrac", [above, below]:
            return f"{_grouped(above)}/{_grouped(below)}"
        case (("msup" | "mover"), [base, raised]) if element.get("accent") and raised in _ACCENTS:
            return unicodedata.normalize("NFC", base + _ACCENTS[raised])
        case (("msup" | "mover"), [base, raised]):
            return base + _shifted(raised, "^", _RAISED)
        case (("msub" | "munder"), [base, lowered]):
            return base + _shifted(lowered, "_", _LOWERED)
        case (("msubsup" | "munderover"), [base, lowered, raised]):
            return base + _shifted(lowered, "_", _LOWERED) + _shifted(raised, "^", _RAISED)
        case "msqrt", _:
            return f"√{_grouped(''.join(parts))}"
        case "mspace", _:
            return " "
        case "mtr", _:
            return f"{' '.join(parts)}; "
        case _:
            return (element.text or "") + "".join(parts)


def _grouped(text: str) -> str:
    """Put brackets around what is more than one word or number."""
    return text if text.isalnum() or len(text) < 2 else f"({text})"


def _shifted(text: str, mark: str, characters: dict[str, str]) -> str:
    """Write a script in small characters if there are any."""
    if text in {"′", "″", "‴"}:
        return text
    if all(character in characters for character in text):
        return "".join(characters[character] for character in text)
    return f"{mark}{_grouped(text)}"
