"""The same training in other libraries, each as its own users would write it.

All start from the weights that they are given, and step down the gradient of the mean squared error
of all four rows, 500 times, at learning rate 1.5, in float32 unless they compute in float64 only.
"""

import numpy as np

from xordocs import datasets
from xordocs.nn._tensorflow import quiet_startup

EPOCHS = 500
RATE = 1.5
X, Y = (array.astype(np.float32) for array in datasets.xor())


def jax_train(batched):
    """Return a compiled JAX function from parameters (w, b, v, c) to trained ones."""
    import jax
    import jax.numpy as jnp

    def loss(parameters):
        w, b, v, c = parameters
        return jnp.mean((jax.nn.sigmoid(jax.nn.relu(X @ w + b) @ v + c) - Y) ** 2)

    def train(parameters):
        def step(parameters, _):
            value, gradient = jax.value_and_grad(loss)(parameters)
            step = jax.tree.map(lambda p, g: p - RATE * g, parameters, gradient)
            return step, (None if batched else value)

        parameters, losses = jax.lax.scan(step, parameters, None, length=EPOCHS)
        return parameters, loss(parameters) if batched else losses

    compiled = jax.jit(jax.vmap(train) if batched else train)
    return lambda parameters: jax.tree.map(np.asarray, compiled(parameters))


def tf_function_train():
    """Return a TensorFlow function from (w, b, v, c) to trained ones, traced into a graph."""
    with quiet_startup():
        import tensorflow as tf

    @tf.function
    def train(w, b, v, c):
        losses = tf.TensorArray(tf.float32, size=EPOCHS)
        for epoch in tf.range(EPOCHS):
            with tf.GradientTape() as tape:
                tape.watch([w, b, v, c])
                outputs = tf.sigmoid(tf.matmul(tf.nn.relu(tf.matmul(X, w) + b), v) + c)
                loss = tf.reduce_mean((outputs - Y) ** 2)
            dw, db, dv, dc = tape.gradient(loss, [w, b, v, c])
            w, b, v, c = w - RATE * dw, b - RATE * db, v - RATE * dv, c - RATE * dc
            losses = losses.write(epoch, loss)
        return (w, b, v, c), losses.stack()

    def run(parameters):
        trained, losses = train(*map(tf.constant, parameters))
        return [array.numpy() for array in trained], losses.numpy()

    return run


def keras_train(parameters):
    """Train one network by Keras's `fit`, given the four rows as arrays."""
    from xordocs.nn import keras_mlp

    with quiet_startup():
        import keras

    model = keras_mlp.model(parameters)
    model.compile(optimizer=keras.optimizers.SGD(RATE), loss="mean_squared_error")
    return model.fit(X, Y, epochs=EPOCHS, verbose=0).history["loss"]


def torch_train(parameters):
    """Train one network in PyTorch, eagerly."""
    import torch

    first, second = torch.nn.Linear(2, 10), torch.nn.Linear(10, 1)
    with torch.no_grad():
        for layer, weights, bias in ((first, *parameters[:2]), (second, *parameters[2:])):
            layer.weight.copy_(torch.tensor(weights).T)
            layer.bias.copy_(torch.tensor(bias)[0])
    model = torch.nn.Sequential(first, torch.nn.ReLU(), second, torch.nn.Sigmoid())
    optimizer = torch.optim.SGD(model.parameters(), lr=RATE)
    x, y = torch.tensor(X), torch.tensor(Y)
    losses = []
    for _ in range(EPOCHS):
        optimizer.zero_grad()
        loss = torch.nn.functional.mse_loss(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def torch_census(parameters):
    """Train many networks in PyTorch as one batched network."""
    import torch

    parameters = [torch.tensor(array, requires_grad=True) for array in parameters]
    x, y = torch.tensor(X), torch.tensor(Y)
    optimizer = torch.optim.SGD(parameters, lr=RATE)
    w, b, v, c = parameters
    for _ in range(EPOCHS):
        optimizer.zero_grad()
        outputs = torch.sigmoid(torch.relu(x @ w + b) @ v + c)
        ((outputs - y) ** 2).mean(dim=(1, 2)).sum().backward()
        optimizer.step()
    return [array.detach().numpy() for array in parameters]


def xla_census():
    """Return a function that trains many networks in TensorFlow, compiled by XLA."""
    with quiet_startup():
        import tensorflow as tf

    @tf.function(jit_compile=True)
    def train(w, b, v, c):
        for _ in tf.range(EPOCHS):
            with tf.GradientTape() as tape:
                tape.watch([w, b, v, c])
                outputs = tf.sigmoid(tf.matmul(tf.nn.relu(tf.matmul(X, w) + b), v) + c)
                loss = tf.reduce_sum(tf.reduce_mean((outputs - Y) ** 2, axis=(1, 2)))
            dw, db, dv, dc = tape.gradient(loss, [w, b, v, c])
            w, b, v, c = w - RATE * dw, b - RATE * db, v - RATE * dv, c - RATE * dc
        return w, b, v, c

    return lambda parameters: [array.numpy() for array in train(*map(tf.constant, parameters))]


def numpy_census(parameters):
    """Train many networks in plain NumPy, a batch of matrices, as one would at first."""
    w, b, v, c = (array.copy() for array in parameters)
    for _ in range(EPOCHS):
        z = X @ w + b
        a = np.maximum(z, 0)
        outputs = 1 / (1 + np.exp(-(a @ v + c)))
        delta = 2 * (outputs - Y) / len(Y) * outputs * (1 - outputs)
        hidden = delta @ v.transpose(0, 2, 1) * (z > 0)
        w -= RATE * (X.T @ hidden)
        b -= RATE * hidden.sum(axis=1, keepdims=True)
        v -= RATE * (a.transpose(0, 2, 1) @ delta)
        c -= RATE * delta.sum(axis=1, keepdims=True)
    return w, b, v, c


def sklearn_train():
    """Train one network in scikit-learn, whose classifier knows the cross-entropy only."""
    import warnings

    from sklearn.neural_network import MLPClassifier

    model = MLPClassifier(
        hidden_layer_sizes=(10,),
        solver="sgd",
        learning_rate_init=RATE,
        momentum=0,
        alpha=0,
        batch_size=4,
        max_iter=EPOCHS,
        tol=0,
        n_iter_no_change=EPOCHS,
        random_state=1,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(X, Y[:, 0])
    return model.loss_curve_
