# %% [markdown]
# # TensorFlow comparison
#
# I will now try to implement the same function but in TensorFlow. I pretty much just combined all
# of the previous cells into one and then used TensorFlow operations and syntax for everything.

# %%
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from IPython.display import display

print("TensorFlow version:", tf.__version__)


def show(description):
    display(plt.gcf(), metadata={"image/png": {"alt": description}})
    plt.close()


# %%
X_np = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=np.float32)
Y_np = np.array([[0], [1], [1], [0]], dtype=np.float32)
X = tf.constant(X_np)
Y = tf.constant(Y_np)


def relu(z):
    return tf.nn.relu(z)


def sigmoid(z):
    return tf.sigmoid(z)


tf.random.set_seed(1)
input_dim, hidden_dim, output_dim = 2, 10, 1
W1 = tf.Variable(tf.random.normal([input_dim, hidden_dim]))
b1 = tf.Variable(tf.zeros([1, hidden_dim]))
W2 = tf.Variable(tf.random.normal([hidden_dim, output_dim]))
b2 = tf.Variable(tf.zeros([1, output_dim]))
epochs = 500
lr = 1.5
loss_history = []
for epoch in range(epochs):
    with tf.GradientTape() as tape:
        Z1 = tf.matmul(X, W1) + b1
        A1 = relu(Z1)
        Z2 = tf.matmul(A1, W2) + b2
        A2 = sigmoid(Z2)
        loss = tf.reduce_mean(tf.square(Y - A2))
        loss_history.append(loss.numpy())
    grads = tape.gradient(loss, [W1, b1, W2, b2])
    W1.assign_sub(lr * grads[0])
    b1.assign_sub(lr * grads[1])
    W2.assign_sub(lr * grads[2])
    b2.assign_sub(lr * grads[3])
    if epoch % 20 == 0:
        print(f"Epoch {epoch}, Loss: {loss:.4f}")


def predict(x):
    z1 = tf.matmul(x, W1) + b1
    a1 = relu(z1)
    z2 = tf.matmul(a1, W2) + b2
    return sigmoid(z2)


print("\nPredictions after training:")
for x, y in zip(X_np, Y_np):
    pred = predict(tf.constant(x.reshape(1, -1), dtype=tf.float32))
    print(f"Input: {x}, Predicted: {tf.round(pred).numpy().flatten()}, True: {y}")

# %%
plt.plot(loss_history)
plt.xlabel("Epoch")
plt.ylabel("MSE")
plt.title("TensorFlow Training Loss")
plt.grid(True)
show("The loss falls.")
preds = predict(X)
acc = tf.reduce_mean(tf.cast(tf.equal(tf.round(preds), Y), tf.float32))
print("Final XOR preds:", preds.numpy())
print("Accuracy:", acc.numpy())

# %%
grid = 50
xs = np.linspace(0, 1, grid)
ys = np.linspace(0, 1, grid)
Xg, Yg = np.meshgrid(xs, ys)
pts = np.column_stack([Xg.ravel(), Yg.ravel()])
pts_tf = tf.constant(pts, dtype=tf.float32)
Z1g = tf.matmul(pts_tf, W1) + b1
A1g = relu(Z1g)
Z2g = tf.matmul(A1g, W2) + b2
A2g = sigmoid(Z2g)
Zg = tf.reshape(A2g, Xg.shape)
fig = plt.figure()
ax = fig.add_subplot(111, projection="3d")
ax.plot_surface(Xg, Yg, Zg.numpy())
ax.set_xlabel("x_1")
ax.set_ylabel("x_2")
ax.set_zlabel("f(x_1,x_2)")
ax.set_title("TensorFlow XOR Net Surface")
show("The surface rises along two edges.")

# %% [markdown]
# ## Short interpretation
#
# As we can see, the structure of the output is very similar to the NumPy implementation. All in
# all, the difference is quite small.
