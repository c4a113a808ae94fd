# %% [markdown]
# # A page that prints, warns, draws and fails as it should
#
# # %% is no cell marker in prose

# %%
import sys
import warnings

import matplotlib.pyplot as plt
import numpy as np

marker = """
# %% is no cell marker in a string either
"""

# %%
for number in range(3):
    print("out", number, flush=True)
    print("err", number, file=sys.stderr, flush=True)
warnings.warn("careful", stacklevel=1)

# %% tags=["raises-exception"]
1 / 0

# %% tags=["remove-input"]
print("before")
display(np.arange(3))
print("after")

# %%

# %%
_ = plt.plot([1, 2, 3])
