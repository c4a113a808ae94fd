# %% [markdown]
# # Reproduction
#
# Text.
