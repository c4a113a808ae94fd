# %% [markdown]
# # The network in keras
#
# Text.

# %%
print("hello")
