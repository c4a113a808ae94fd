# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "fonttools[woff]==4.68.0",
#   "fontpkg-source-code-pro==1.26",
#   "fontpkg-source-sans-3==3.52",
#   "fontpkg-source-serif-4==4.4",
# ]
# ///
"""Cut the fonts in ``docs/assets/fonts`` out of the whole ones: the characters and weights in use.

``make fonts`` runs this in an environment of its own. The fonts that come out have names of their
own, as the licence demands of what is changed; docs/assets/fonts/README.md tells whose they are.
"""

from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

HERE = Path(__file__).parent
TARGET = HERE.parent.parent / "docs" / "assets" / "fonts"

TEXT = (
    *range(0x20, 0x7F),
    *map(ord, "\u00a0§©°±²³·¼½×äèéöúüŷ\u0302ΔΣαβδηθλμπσ"),
    *map(ord, "–—‘’“”…′₀₁₂₃₄₅⅔←↑→↓∂−√≈≠≤≥"),
)
"""What prose, code and figures are written in, and little more: a test tells what is missing."""
POWERS = tuple(map(ord, "⁻⁰¹⁴⁵⁶⁷⁸⁹"))
"""What stands at a logarithmic axis, and nowhere else."""
MATHEMATICS = (
    *map(ord, " ()*+,./0123456789:;<=>?[]{}|!'±·×÷\u0302ˆ\u0304\u2032\u2033…\u2061\u2062\u2063"),
    *map(ord, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzℎ"),
    *map(ord, "ΓΔΘΛΞΠΣΦΨΩαβγδεζηθικλμνξπρστυφχψωϵ"),
    *map(ord, "←→⇒∂∇∈∏∑−√∞∥≈≠≤≥⊙⊤⋅⋮⋯⋱⟨⟩𝐱𝟙"),
    *range(0x1D434, 0x1D468),  # italic letters, which a single letter in a formula becomes
    *range(0x1D6FC, 0x1D71C),  # and Greek ones
)
FEATURES = ["ccmp", "kern", "liga", "lnum", "mark", "mkmk", "onum", "pnum", "tnum"]
"""Letters that join, accents that find their place, and the kinds of numerals."""
MATHEMATICAL = ["ccmp", "dtls", "flac", "mark", "ssty"]
"""What browsers ask of a font for formulas: dotless letters, flat accents, letters for scripts."""


class Cut(NamedTuple):
    """A font as the site has it.

    Attributes:
        family: Its name.
        source: The whole font.
        axes: What its axes are limited to.
        characters: Those that it keeps.
        features: The OpenType features that it keeps.
    """

    family: str
    source: str
    axes: dict[str, float | tuple[float, float]]
    characters: tuple[int, ...] = TEXT
    features: list[str] = FEATURES


WEIGHTS = (400, 700)
READING = 14
"""The optical size for text; larger ones have finer strokes."""
SERIF, SANS, CODE = (
    f"fontpkg_{package}/files/{name}"
    for package, name in (
        ("source_serif_4", "SourceSerif4"),
        ("source_sans_3", "SourceSans3"),
        ("source_code_pro", "SourceCodePro"),
    )
)
CUTS = {
    "serif": Cut("Xor Serif", f"{SERIF}[opsz,wght].ttf", {"opsz": READING, "wght": WEIGHTS}),
    "serif-italic": Cut(
        "Xor Serif", f"{SERIF}-Italic[opsz,wght].ttf", {"opsz": READING, "wght": 400}
    ),
    "sans": Cut("Xor Sans", f"{SANS}[wght].ttf", {"wght": WEIGHTS}, (*TEXT, *POWERS)),
    "sans-italic": Cut("Xor Sans", f"{SANS}-Italic[wght].ttf", {"wght": 400}),
    "code": Cut("Xor Code", f"{CODE}[wght].ttf", {"wght": WEIGHTS}),
    "math": Cut("Xor Math", "", {}, MATHEMATICS, MATHEMATICAL),
}


def cut(name: str) -> TTFont:
    """Return a font of `CUTS`."""
    family, source, axes, characters, features = CUTS[name]
    package, _, path = source.partition("/")
    whole = files(package) / path if source else HERE / "stix-two-math.woff2"
    font = TTFont(whole, recalcTimestamp=False)  # the same bytes at every time
    if axes:
        limited = BytesIO()
        instantiateVariableFont(font, axes).save(limited)
        font = TTFont(
            limited, recalcTimestamp=False
        )  # read anew, with all its glyphs in every table
    options = Options(layout_features=features, hinting=False, name_IDs=["*"], notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    rename(font, family, "Italic" if name.endswith("-italic") else "Regular")
    font.flavor = "woff2"
    return font


def rename(font: TTFont, family: str, style: str) -> None:
    """Give a font a name that is not reserved; whose it was stays in what it says of copyright."""
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in (0, 5, 13, 14)]
    plain = f"{family}-{style}".replace(" ", "")
    for number, text in enumerate((family, style, plain, f"{family} {style}"), 1):
        names.setName(text, number, 3, 1, 0x409)
    names.setName(plain, 6, 3, 1, 0x409)
    if "STAT" in font:
        del font["STAT"]  # names of weights, for menus
    if "fvar" in font:
        font["fvar"].instances = []


if __name__ == "__main__":
    for name in CUTS:
        path = TARGET / f"{name}.woff2"
        cut(name).save(path)
        print(f"{path.stat().st_size:6} {path.name}")
