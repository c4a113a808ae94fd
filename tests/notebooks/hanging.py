# %% [markdown]
# # A page whose cell never ends


# %%
def wait():
    while True:
        pass


# %%
print("waiting")
wait()
