# %% [markdown]
# # A page whose second cell fails

# %%
def share(total, parts):
    return total / parts


# %%
print("so far so good")

share(1, 0)

# %%
print("never")
