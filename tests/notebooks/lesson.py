# ---
# description: About the lesson
# ---

# %% [markdown]
# %% [markdown]
# # A lesson <b>of</b> its own & more
#
# See [the other page](other.md#there).[^1] Let $x < y$.
#
# [^1]: A footnote.
#
# !!! note "Mind"
#     An *admonition*.
#
# === "One"
#
#     First tab.

# %%
print("first")
print("\x1b[31mred\x1b[0m and <b>bold</b> & # no heading")

# %%
answer = 42 # (1)!

# %% [markdown]
# 1. The answer.

# %%
# a comment in code
a, b = 1 < 2, 3 & 1
print("progress 1\rprogress 2")
import sys
print("```python\n````\nfenced", file=sys.stderr)

# %% tags=["remove-input"]
hidden_name = 1
print("shown output")

# %% tags=["remove-cell"]
print("secret output")
secret_name = 2

# %% tags=["raises-exception"]
1 / 0

# %%

# %%
"# heading-like *text* — ünïcödé ∇"

# %% [markdown]
# ## Displays

# %%
from base64 import b64decode
from IPython.display import HTML, JSON, SVG, Image, Latex, Markdown, display
display(Markdown("## Computed heading\n\nIt is **{}**.".format(40 + 2)))
display(HTML(
    "<table class='dataframe'><thead><tr><th>column</th></tr></thead>\n\n"
    "<tbody><tr><td>```\n~~~\n*cell*</td></tr></tbody></table>"
))
display(Latex(r"$\hat{y} = \sigma(z)$"))

# %% tags=["remove-input"]
SVG("""<svg xmlns="http://www.w3.org/2000/svg" xmlns:dc="http://purl.org/dc/elements/1.1/"
width="10px" height="10px"><metadata>
<dc:title>Dot</dc:title><dc:description>One dot.</dc:description></metadata>
<text style="fill:#0072b2">axistick</text></svg>""")

# %% tags=["remove-input"]
Image(b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAAAAACcgYFdAAAAC0lEQVR4nGNg"
    "gAIAAAkAAftSuKkAAAAASUVORK5CYII="
), format="png", alt="two by three")

# %% tags=["remove-input"]
display(Latex(r"The value $a$ and the value $b$ are"), Latex("$$x\n\n= y$$"), Latex(r"\alpha"))
display(JSON({"key": [1, 2]}))

# %% tags=["remove-input"]
import pandas
pandas.DataFrame({"seed": [1, 2], "learns": ["yes", "<no>"]}).set_index("seed")

# %% tags=["remove-input"]
import io
import matplotlib
from matplotlib import pyplot
matplotlib.rcParams |= {"svg.fonttype": "none", "svg.hashsalt": "the same ids each time"}
figure, axes = pyplot.subplots()
axes.plot([3, 1, 2])
drawing = io.StringIO()
described = {"Title": "A line", "Description": "It falls from 3 to 1.", "Date": None}
figure.savefig(drawing, format="svg", metadata=described)
pyplot.close(figure)
SVG(drawing.getvalue())

# %%
print('--8<-- "mkdocs.yml"')
display(HTML('<p>--8<-- "mkdocs.yml"</p>'))

# %%
print("long line " * 500)
for line in range(3000):
    print("line", line)
