# %% [markdown]
# # XOR in NumPy
#
# This notebook shows some implementations and analyses of neural network architectures that learn
# the X-OR function. The X-OR function is a good benchmark test for beginners in neural networks
# and deep learning, because it is a non-linear function that can not be learned by a simple linear
# model like linear regression.
#
# ## Setting the scene
#
# The model is trained using gradient descent to minimize the loss function, which is the mean
# squared error (MSE) between the predictions and true outputs.

# %%
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display


def show(description):
    display(plt.gcf(), metadata={"image/png": {"alt": description}})
    plt.close()


def mse(ws, m, X, Y):
    N = len(X)
    err = 0
    for i in range(N):
        xi = X[i]
        yi = m(ws, xi)
        err += (Y[i] - yi) ** 2
    return err / N


# %% [markdown]
# This is the XOR input and output.

# %%
X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
Y = np.array([[0], [1], [1], [0]])

# %% [markdown]
# These are the utility functions that I use as my activation functions.


# %%
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_derivative(z):
    s = sigmoid(z)
    return s * (1 - s)


def relu(z):
    return np.maximum(0, z)


def relu_derivative(z):
    return (z > 0).astype(float)


# %% [markdown]
# This is the code that I use to make an individual prediction.


# %%
def predict(x):
    z1 = np.dot(x, W1) + b1
    a1 = relu(z1)
    z2 = np.dot(a1, W2) + b2
    return sigmoid(z2)


# %% [markdown]
# This is the main code that does the training. Here we use backpropagation as well as a forward
# pass. I used a learning rate of 1.5 and 500 epochs.

# %%
np.random.seed(1)
input_dimension = 2
hidden_dimension = 10
output_dimension = 1
W1 = np.random.randn(input_dimension, hidden_dimension)
b1 = np.zeros((1, hidden_dimension))
W2 = np.random.randn(hidden_dimension, output_dimension)
b2 = np.zeros((1, output_dimension))
epochs = 500
learning_rate = 1.5
loss_history = []
for epoch in range(epochs):
    Z1 = X @ W1 + b1
    A1 = relu(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    loss = np.mean((A2 - Y) ** 2)
    loss_history.append(loss)
    dA2 = 2 * (A2 - Y) / Y.shape[0]
    dZ2 = dA2 * sigmoid_derivative(Z2)
    dW2 = A1.T @ dZ2
    db2 = np.sum(dZ2, axis=0, keepdims=True)
    dA1 = dZ2 @ W2.T
    dZ1 = dA1 * relu_derivative(Z1)
    dW1 = X.T @ dZ1
    db1 = np.sum(dZ1, axis=0, keepdims=True)
    W1 -= learning_rate * dW1
    b1 -= learning_rate * db1
    W2 -= learning_rate * dW2
    b2 -= learning_rate * db2
    if epoch % 20 == 0:
        print(f"Epoch {epoch}, Loss: {loss:.4f}")
print("\nPredictions after training:")
for x, y in zip(X, Y):
    pred = predict(x.reshape(1, -1))
    print(f"Input: {x}, Predicted: {pred.round()}, True: {y}")

# %% [markdown]
# Then we can plot it!

# %%
plt.plot(loss_history)
plt.xlabel("Epoch")
plt.ylabel("MSE")
plt.title("NumPy Training Loss")
plt.grid(True)
show("The loss falls.")
preds = predict(X)
preds_binary = (preds > 0.5).astype(int)
acc = np.mean(preds_binary.squeeze() == Y.squeeze())
print("Final XOR preds:", preds)
print("Accuracy:", acc)

# %%
grid = 50
xs = np.linspace(0, 1, grid)
ys = np.linspace(0, 1, grid)
Xg, Yg = np.meshgrid(xs, ys)
pts = np.column_stack([Xg.ravel(), Yg.ravel()])
Z1g = pts @ W1 + b1
A1g = relu(Z1g)
Z2g = A1g @ W2 + b2
A2g = sigmoid(Z2g)
Zg = A2g.reshape(Xg.shape)
fig = plt.figure()
ax = fig.add_subplot(111, projection="3d")
ax.plot_surface(Xg, Yg, Zg)
ax.set_xlabel("x1")
ax.set_ylabel("x2")
ax.set_zlabel("f(x1,x2)")
ax.set_title("NumPy XOR Net Surface")
show("The surface rises along two edges.")

# %% [markdown]
# ## Short interpretation
#
# From the surface plot we can see that the unit square smoothly transitions between 0 and 1.
