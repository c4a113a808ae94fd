"""Rewrite commands that math-core lacks, or reads otherwise than Jupyter."""

import re
from collections.abc import Sequence

from xordocs.site.rendering.mathematics.environments import (
    environment_at,
    rewrite_environment,
)
from xordocs.site.rendering.mathematics.macros import read_macros
from xordocs.site.rendering.mathematics.tokens import (
    argument,
    braced,
    join,
    option,
    skip_blanks,
    tokenize,
    unbraced,
)

__all__ = ["EQUIVALENTS", "rewrite"]

Tokens = list[str]
Rewritten = tuple[Tokens, int]

_NOTHING = (
    "allowbreak", "centering", "displaylimits", "hfil", "hfill", "nobreak", "nonumber", "notag",
    "tiny", "scriptsize", "footnotesize", "small", "normalsize", "large", "Large", "LARGE", "huge",
    "Huge",
)  # fmt: skip
"""Commands that say how a formula is laid out, not what it is."""
_ITSELF = (
    "clap", "ensuremath", "llap", "mathclap", "mathllap", "mathlarger", "mathnormal", "mathrlap",
    "mathsmaller", "rlap", "vcenter",
)  # fmt: skip
_SHAPES = {
    "centerdot": "cdot",
    "nshortmid": "nmid",
    "nshortparallel": "nparallel",
    "shortmid": "mid",
    "shortparallel": "parallel",
    "smallfrown": "frown",
    "smallint": "textstyle\\int",
    "smallsetminus": "setminus",
    "smallsmile": "smile",
    "thickapprox": "approx",
    "thicksim": "sim",
    "varpropto": "propto",
}
"""Symbols of another size or weight than those that browsers' fonts have."""
EQUIVALENTS = read_macros(
    {
        **dict.fromkeys(_NOTHING, ""),
        **dict.fromkeys(_ITSELF, "{#1}"),
        **dict.fromkeys(("hbox", "mbox", "textnormal", "textup"), r"\text{#1}"),
        **dict.fromkeys(("dotsb", "dotsi", "dotsm"), r"\cdots"),
        **dict.fromkeys(("dotsc", "dotso"), r"\ldots"),
        **dict.fromkeys(("mathbbm", "mathds"), r"\mathbb{#1}"),
        **{name: rf"\{plain}" for name, plain in _SHAPES.items()},
        **dict.fromkeys(("nicefrac", "sfrac"), r"{}^{#1}\!/_{#2}"),
        "cancelto": r"{\cancel{#2}}^{#1}",
        "class": ["{#2}", 2],
        "cssId": ["{#2}", 2],
        "LaTeX": r"\text{LaTeX}",
        "TeX": r"\text{TeX}",
        "celsius": r"\text{°C}",
        "degree": r"\text{°}",
        "fbox": r"\boxed{\text{#1}}",
        "frak": r"\mathfrak",
        "iddots": "⋰",
        "require": ["", 1],
        "vspace": ["", 1],
        "scr": r"\mathscr",
        "intop": r"\int\limits",
        "mathsfit": r"\mathsf{#1}",
        "mit": "",
        "ohm": r"\Omega",
        "pmb": r"\boldsymbol{#1}",
        "strut": r"\mathstrut",
        "textdegree": "°",
        "textmd": r"\text{#1}",
        "varinjlim": r"\mathop{\underrightarrow{\mathrm{lim}}}",
        "varliminf": r"\mathop{\underline{\mathrm{lim}}}\limits",
        "varprojlim": r"\mathop{\underleftarrow{\mathrm{lim}}}",
        "varlimsup": r"\mathop{\overline{\mathrm{lim}}}\limits",
        "wideparen": r"\overparen{#1}",
        "widetilde": r"\tilde{#1}",
    }
)
"""Commands that math-core lacks, as macros."""

TEXT = {r"\emph", r"\text", r"\textbf", r"\textit", r"\textrm", r"\textsc", r"\textsf", r"\texttt"}
SIZED = {rf"\{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", *"lmr")}
CHARACTERS = {
    "√": r"\surd",
    "∅": r"\varnothing",
    "∠": r"\angle",
    "∡": r"\measuredangle",
    "∢": r"\sphericalangle",
    "∴": r"\therefore",
    "∵": r"\because",
    "⊤": r"\top",
    "⊥": r"\bot",
}
"""Characters that math-core does not take as such."""
SWITCHES = {r"\bf", r"\cal", r"\it", r"\rm", r"\sf", r"\tt"}
"""Commands that change the letters after them; LaTeX takes none for a script."""
PLAIN = {
    r"\cases": ("cases", "", ""),
    r"\eqalign": ("aligned", "", ""),
    r"\matrix": ("matrix", "", ""),
    r"\pmatrix": ("pmatrix", "", ""),
}
"""Plain TeX's commands for tables, and the environments of the same kind."""
_NAMES = re.compile(
    r"(?:[A-Za-z0-9 ~]|\\[,;:! ]|\\(?:rm|text|mathrm|mathop|operatorname)\b|[{}-])*"
)


def rewrite(tokens: Sequence[str]) -> Tokens:
    """Rewrite what math-core cannot set, in a formula or a part of one.

    Raises:
        ValueError: An argument is missing, or an environment is not closed.
    """
    done: Tokens = []
    at = 0
    while at < len(tokens):
        part, at = _next(tokens, at)
        done += part
    return done


def _next(tokens: Sequence[str], at: int) -> Rewritten:
    symbol = tokens[at]
    following = skip_blanks(tokens, at + 1)
    if (environment := environment_at(tokens, at)) is not None:
        return rewrite_environment(environment.name, environment.body, rewrite), environment.end
    if symbol in TEXT:
        text, end = argument(tokens, at + 1)
        return _text(symbol, text), end
    if symbol in SIZED or symbol in {r"\left", r"\middle", r"\right"}:
        return _delimiter(symbol, tokens, at + 1)
    if symbol in PLAIN and tokens[following : following + 1] == ["{"]:
        content, end = argument(tokens, at + 1)
        return rewrite_environment(PLAIN[symbol][0], content, rewrite), end
    match symbol:
        case "_" | "^" if tokens[following : following + 1] and tokens[following] in SWITCHES:
            content, end = argument(tokens, following + 1)
            return [symbol, *braced([tokens[following], *braced(rewrite(content))])], end
        case r"\substack":
            rows, end = argument(tokens, at + 1)
            return ["{", *rewrite_environment("subarray", [*"{c}", *rows], rewrite), "}"], end
        case r"\mathop" | r"\operatorname":
            return _operator(tokens, at)
        case r"\color" | r"\textcolor":
            return _coloured(tokens, at)
        case r"\smash" | r"\makebox" | r"\bbox":
            given, end = option(tokens, at + 1)
            while symbol == r"\makebox" and option(tokens, end)[0] is not None:
                _, end = option(tokens, end)
            content, end = argument(tokens, end)
            if symbol == r"\makebox":
                return _text(r"\text", content), end
            boxed = symbol == r"\bbox" and "border" in join(given or [])
            return [*([r"\boxed"] if boxed else []), *braced(rewrite(content))], end
        case r"\hspace" | r"\operatornamewithlimits" if tokens[at + 1 : at + 2] == ["*"]:
            return [symbol], at + 2
        case r"\unicode":
            return _character(tokens, at)
        case r"\root" | r"\buildrel":
            return _infix(tokens, at)
        case _:
            return [CHARACTERS.get(symbol, symbol)], at + 1


def _infix(tokens: Sequence[str], at: int) -> Rewritten:
    r"""Rewrite `\root 3 \of x` and `\buildrel d \over =`."""
    command = tokens[at]
    mark = {r"\root": r"\of", r"\buildrel": r"\over"}[command]
    if mark not in tokens[at:]:
        raise ValueError(f"{command} lacks its {mark}")
    middle = list(tokens).index(mark, at)
    second, end = argument(tokens, middle + 1)
    first, last = rewrite(tokens[at + 1 : middle]), braced(rewrite(second))
    if command == r"\root":
        return [r"\sqrt", "[", *first, "]", *last], end
    return [r"\overset", *braced(first), *last], end


def _text(command: str, text: Sequence[str]) -> Tokens:
    r"""Take the formulas out of a text: `\text{if $x$}` is `\text{if }x`."""
    parts: Tokens = []
    words: Tokens = []
    position = 0
    while position < len(text):
        symbol = text[position]
        if symbol in {"$", r"\("}:
            closing = "$" if symbol == "$" else r"\)"
            end = next((i for i in range(position + 1, len(text)) if text[i] == closing), None)
            if end is None:
                raise ValueError("a formula within a text is not closed")
            parts += _words(command, words) + braced(rewrite(text[position + 1 : end]))
            words, position = [], end + 1
        else:
            words.append({"_": r"\_", "&": r"\&", "#": r"\#", "^": "ˆ"}.get(symbol, symbol))
            position += 1
    if not parts:
        return _words(command, words) or ["{", "}"]
    return braced(parts + _words(command, words))


def _words(command: str, words: Tokens) -> Tokens:
    return [command, *braced(words)] if words else []


def _delimiter(command: str, tokens: Sequence[str], at: int) -> Rewritten:
    """Read the delimiter that a command makes larger; angles may be written as less and greater."""
    at = skip_blanks(tokens, at)
    if tokens[at : at + 1] == ["{"] and command in SIZED:
        group, end = argument(tokens, at)
        delimiter = unbraced(group)
    else:
        delimiter, end = list(tokens[at : at + 1]), at + 1
    if delimiter == ["."] and command in SIZED:
        return [], end
    names = {"<": r"\langle", ">": r"\rangle", r"\lt": r"\langle", r"\gt": r"\rangle"}
    return [command, *(names.get(symbol, symbol) for symbol in delimiter)], end


def _operator(tokens: Sequence[str], at: int) -> Rewritten:
    r"""Rewrite an operator's name that is more than letters, and `\limits` at `\mathop`."""
    command = tokens[at]
    at += 1
    has_limits = tokens[at : at + 1] == ["*"]
    content, at = argument(tokens, at + has_limits)
    following = skip_blanks(tokens, at)
    if tokens[following : following + 1] == [r"\limits"]:
        has_limits, at = True, following + 1
    elif tokens[following : following + 1] == [r"\nolimits"]:
        has_limits, at = False, following + 1
    written = join(content)
    is_name = command == r"\operatorname" or re.search(r"[A-Za-z]{2}", written)
    if is_name and _NAMES.fullmatch(written):
        bare = re.sub(r"\\(?:rm|text|mathrm|mathop|operatorname)\b\s*|[{}]", "", written)
        star = ["*"] if has_limits or command == r"\mathop" else []
        return [r"\operatorname", *star, *braced(tokenize(bare.strip()))], at
    inner = rewrite(content)
    if not has_limits:
        return [r"\mathop", *braced(inner)], at
    scripts: dict[str, Tokens] = {}
    while (place := skip_blanks(tokens, at)) < len(tokens) and tokens[place] in {"_", "^"}:
        script, at = argument(tokens, place + 1)
        scripts[tokens[place]] = rewrite(script)
    for mark, name in (("^", r"\overset"), ("_", r"\underset")):
        if mark in scripts:
            inner = [name, *braced(scripts[mark]), *braced(inner)]
    return [r"\mathop", *braced(inner)], at


def _coloured(tokens: Sequence[str], at: int) -> Rewritten:
    r"""Rewrite colours; as in Jupyter, `\color{red}{x}` colours its argument alone."""
    command = tokens[at]
    model, at = option(tokens, at + 1)
    name, at = argument(tokens, at)
    switch = [r"\color", *_colour(join(model or []).strip(), join(name).strip())]
    if command == r"\color" and tokens[skip_blanks(tokens, at) :][:1] != ["{"]:
        return [*switch, " "], at
    content, at = argument(tokens, at)
    return ["{", *switch, " ", *rewrite(content), "}"], at


def _colour(model: str, name: str) -> Tokens:
    from PIL import ImageColor  # few formulas have colours

    if not model and name[:1].isupper():
        return braced(list(name))  # a name of dvips
    try:
        if model in {"rgb", "RGB", "gray"}:
            parts = [float(part) * (1 if model == "RGB" else 255) for part in name.split(",")]
            red, green, blue = (round(part) for part in (parts * 3 if model == "gray" else parts))
        else:
            is_code = model == "HTML" and not name.startswith("#")
            red, green, blue = ImageColor.getrgb(f"#{name}" if is_code else name)[:3]
        if not all(0 <= part <= 255 for part in (red, green, blue)):
            raise ValueError(name)
    except ValueError as error:
        raise ValueError(f"unknown colour {name}") from error
    return [*"[HTML]", *braced(list(f"{red:02X}{green:02X}{blue:02X}"))]


def _character(tokens: Sequence[str], at: int) -> Rewritten:
    _, at = option(tokens, at + 1)
    code, at = argument(tokens, at)
    written = join(code).strip()
    try:
        number = int(written[1:], 16) if written[:1] in {"x", "X"} else int(written)
        character = chr(number)
    except (ValueError, OverflowError) as error:
        raise ValueError(rf"\unicode expects a number, got {written}") from error
    return [r"\text", *braced([character])], at
