# %% [markdown]
# # Setting the scene
#
# XOR is true when exactly one of its inputs is.
#
# ## Why no line works
#
# Let $f(x) = w^\top x + b$. Then $b \le 0$, $w_1 + b > 0$, $w_2 + b > 0$ and $w_1 + w_2 + b \le 0$.

# %%
1 + 1
