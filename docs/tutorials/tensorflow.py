# %% [markdown]
# # The network in tensorflow
#
# Text.

# %%
print("hello")
