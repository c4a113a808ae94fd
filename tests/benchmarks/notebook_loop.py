"""The source notebook's training loop, as it stands there but for the function around it."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_derivative(z):
    s = sigmoid(z)
    return s * (1 - s)


def relu(z):
    return np.maximum(0, z)


def relu_derivative(z):
    return (z > 0).astype(float)


def train(write):
    """Train it as its cell 8 does.

    Args:
        write: Takes each line that the notebook prints.
    """
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    Y = np.array([[0], [1], [1], [0]])
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
            write(f"Epoch {epoch}, Loss: {loss:.4f}")
    return loss_history
