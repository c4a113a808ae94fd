"""Mistakes that readers make, planted into the solutions of the course's exercises.

For each exercise, by its page and the name that it defines: a piece of the solution, what stands
there instead, and words that the check's message must have.
"""

SIGN = "has it turned round?"
TRANSPOSED = "transposed product"
AXIS = "wrong axis"
NO_BIAS = "The bias has no gradient yet"
DOTS = "is still `...`"

LOOP = "    for _ in range(epochs):\n"
UP = "        passed = forward(parameters, x)\n"
LOG = "        losses.append(loss(passed[2], y))\n"
DOWN = "        gradients = backward(parameters, passed, x, y)\n"
STEP = "        parameters = update(parameters, gradients, learning_rate)\n"
LATE_LOG = "        losses.append(loss(forward(parameters, x)[2], y))\n"



def velocities(line: str) -> str:
    """Write the same line of the momentum exercise for each of the four arrays."""
    names = ["W1", "b1", "W2", "b2"]
    return "".join(f"            {line.format(v='v' + name, d='d' + name)},\n" for name in names)


MISTAKES = {
    ("backpropagation", "delta2"): [
        ("(y_hat - y)", "(y - y_hat)", SIGN),
        (" * y_hat * (1 - y_hat)", "", "Is the sigmoid's slope missing"),
        ("2 * (y_hat", "(y_hat", "Is the factor 2 missing"),
        ("2 * (y_hat - y)", "2 * y_hat", "delta2 says"),
        ("a1.T @ delta2", "delta2.T @ a1", TRANSPOSED),
        ("a1.T @", "z1.T @", "a1, not z1"),
        ("a1.T @ delta2", "delta2", "Is what comes in from below missing"),
        ("a1.T @ delta2", "a1 * delta2", TRANSPOSED),
        ("db2 = delta2", "db2 = 0 * delta2", NO_BIAS),
        ("db2 = delta2", "db2 = ...", f"db2 {DOTS}"),
        ("db2 = delta2", "db2 = delta2.sum(axis=0)", "shape (1, 1), got an array of shape (1,)"),
        ("db2 = delta2", "db2 = -delta2", "says"),
        ("db2 = delta2", "db2 = None", "must be an array of shape (1, 1), got None"),
        ("db2 = delta2", "db2 = 'delta2'", "got a value of type str"),
        ("db2 = delta2", "db2 = [[1.0]]", "got a list"),
        ("db2 = delta2", "db2 = 0.5", "got a single number"),
        ("db2 = delta2", "db2 = delta2 * float('nan')", "db2 is nan"),
    ],
    ("backpropagation", "delta1"): [
        (" * (z1 > 0)", "", "Is ReLU's slope missing"),
        ("(z1 > 0)", "(z1 < 0)", "turned round which unit is on"),
        ("(z1 > 0)", "a1", "not what the unit passes on"),
        ("(delta2 @ W2.T)", "delta2", "Is the weight missing"),
        ("(delta2 @ W2.T)", "-(delta2 @ W2.T)", SIGN),
        ("x.T @ delta1", "delta1.T @ x", TRANSPOSED),
        ("x.T @", "a1.T @", "x, not a1"),
        ("x.T @ delta1", "delta1", "Is what comes in from below missing"),
        ("db1 = delta1", "db1 = 0 * delta1", NO_BIAS),
        ("db1 = delta1", "db1 = ...", f"db1 {DOTS}"),
        ("db1 = delta1", "db1 = delta1.sum(axis=1)", AXIS),
        ("db1 = delta1", "db1 = delta1.sum(axis=1, keepdims=True)", AXIS),
        ("delta1 = ", "delta2 = 2 * delta2\ndelta1 = ", "delta2, from the exercise above"),
    ],
    ("backpropagation", "update"): [
        ("W1 - learning", "W1 + learning", "goes up the slope"),
        ("W1 - learning_rate * dW1", "W1 - dW1", "Is the learning rate missing"),
        ("W1 - learning_rate * dW1", "W1 - dW1 / learning_rate", "multiplies the slope"),
        ("W1 - learning_rate * dW1", "W1 - learning_rate * dW1.T", "transposed slope"),
        ("W1 - learning_rate * dW1", "-learning_rate * dW1", "Is the old number missing"),
        ("b1 - learning_rate * db1", "b1", "b1 has not moved yet"),
        ("b1 = b1 - learning_rate * db1", "b1 = ...", f"b1 {DOTS}"),
        ("* db1", "* db1.sum(axis=1, keepdims=True)", AXIS),
        ("W2 = W2 - ", "W2 -= ", "`-=` changes the array"),
        ("* dW2", "* dW1", "W2 must be an array of shape (2, 1), got an array of shape (2, 2)"),
        ("    return W1, b1, W2, b2", "", "update returns nothing"),
        ("return W1, b1, W2, b2", "return W1, W2", "must return 4 values"),
        ("* dW2", "@ dW2.T", "update stops with"),
        ("b2 - learning_rate", "b2 - rate", "update stops with NameError"),
    ],
    ("from-a-blank-file", "initialize"): [
        ("b1 = np.zeros", "b1 = np.ones", "not at one"),
        ("np.zeros((1, hidden))", "np.zeros(hidden)", "A bias is a row"),
        ("W1 = random.randn(2, hidden)", "W1 = random.randn(hidden, 2)", "a row for each input"),
        ("W1 = random.randn", "W1 = random.rand", "`rand` draws"),
        ("W1 = random.randn(2, hidden)", "W1 = np.zeros((2, hidden))", "Equal weights"),
        ("W1 = random.randn(2, hidden)", "W1 = -random.randn(2, hidden)", SIGN),
        ("RandomState(seed)", "RandomState(1)", "Is the seed that was given left unused"),
        ("    W1 = ", "    W2 = random.randn(hidden, 1)\n    W1 = ", "W2 is drawn before W1"),
        ("np.zeros((1, 1))", "0.0", "b2 must be an array of shape (1, 1), got a single number"),
        ("np.zeros((1, 1))", "np.ones((1, 1))", "not at one"),
        ("return W1, b1, W2, b2", "return W1, W2", "must return 4 values"),
    ],
    ("from-a-blank-file", "forward"): [
        ("x @ W1 + b1", "x @ W1", "Is the bias b1 missing"),
        ("x @ W1 + b1", "x @ W1 - b1", "added, not taken away"),
        ("x @ W1 +", "x @ W1.T +", "Is W1 transposed"),
        ("x @ W1 +", "W1 @ x +", "forward stops with"),
        ("np.maximum(0, z1)", "z1", "Is ReLU missing"),
        ("np.maximum", "np.minimum", "keeps the negative sums"),
        ("np.maximum(0, z1)", "1.0 * (z1 > 0)", "not a 1"),
        ("np.maximum(0, z1)", "abs(z1)", "becomes zero, not positive"),
        ("np.maximum(0, z1)", "np.maximum(0, -z1)", "a1["),
        ("np.exp(-z2)", "np.exp(z2)", "has a minus in its exponent"),
        (" + b2", "", "Is the bias b2 missing"),
        ("a1 @ W2", "z1 @ W2", "not z1"),
        ("1 / (1 + np.exp(-z2))", "z2", "Is the sigmoid missing"),
        ("1 / (1 + np.exp(-z2))", "np.array([[0.5]])", "array of shape (4, 1)"),
        ("    return z1, a1, y_hat", "    y_hat", "forward returns nothing"),
    ],
    ("from-a-blank-file", "loss"): [
        (".mean()", ".sum()", "divide by the number of rows"),
        (" ** 2", "", "Are the errors not squared"),
        ("(y_hat - y) ** 2", "(y - y_hat)", "Are the errors not squared"),
        ("((y_hat - y) ** 2)", "abs(y_hat - y)", "instead of taking their size"),
        ("((y_hat - y) ** 2).mean()", "((y_hat - y) ** 2).mean() ** 0.5", "the root of the mean"),
        ("((y_hat - y) ** 2).mean()", "((y_hat - y) ** 2).mean() / 2", "a half too many"),
        ("return (", "return -(", "sign has turned round"),
        (".mean()", ".mean(axis=0)", "without an axis"),
        (".mean()", ".mean(axis=1)", AXIS),
        (".mean()", "", "Take the mean over the rows"),
        ("(y_hat - y)", "(y_hat - z)", "loss stops with NameError"),
    ],
    ("from-a-blank-file", "backward"): [
        ("(y_hat - y)", "(y - y_hat)", SIGN),
        (" * y_hat * (1 - y_hat)", "", "Is the sigmoid's slope missing"),
        ("2 / len(x) *", "2 *", "Is the 1/N of the mean missing"),
        ("2 / len(x)", "1 / len(x)", "Is the factor 2 missing"),
        ("2 / len(x)", "2 / 4", "Is there a 4 in your code"),
        ("a1.T @ delta2", "delta2.T @ a1", TRANSPOSED),
        ("a1.T @ delta2", "z1.T @ delta2", "a1, not z1"),
        ("delta2.sum(axis=0, keepdims=True)", "np.zeros((1, 1))", NO_BIAS),
        ("db2 = delta2.sum(axis=0", "db2 = delta2.sum(axis=1", AXIS),
        ("delta2.sum(axis=0, keepdims=True)", "delta2.sum(axis=0)", "keepdims=True"),
        ("delta2.sum(axis=0, keepdims=True)", "delta2.sum()", "keepdims=True"),
        ("delta2.sum(axis=0", "delta2.mean(axis=0", "the sum, not the mean"),
        (" * (z1 > 0)", "", "Is ReLU's slope missing"),
        ("(z1 > 0)", "(z1 < 0)", "turned round which unit is on"),
        ("(z1 > 0)", "a1", "not what the unit passes on"),
        ("(delta2 @ W2.T)", "delta2", "Is W2 missing"),
        ("x.T @ delta1", "delta1.T @ x", TRANSPOSED),
        ("x.T @ delta1", "-x.T @ delta1", SIGN),
        ("delta1.sum(axis=0, keepdims=True)", "np.zeros(b1.shape)", NO_BIAS),
        ("db1 = delta1.sum(axis=0", "db1 = delta1.sum(axis=1", AXIS),
        ("delta1.sum(axis=0, keepdims=True)", "delta1.sum(axis=1)", AXIS),
        ("delta1.sum(axis=0, keepdims=True)", "delta1.sum(axis=0)", "keepdims=True"),
        ("delta1.sum(axis=0", "delta1.mean(axis=0", "the sum, not the mean"),
        ("db1 = delta1.sum(axis=0, keepdims=True)", "db1 = ...", f"db1 {DOTS}"),
        ("delta2 @ W2.T", "delta2 @ W2", "backward stops with"),
        ("    delta1 = (delta2 @ W2.T) * (z1 > 0)\n", "", "backward stops with NameError"),
    ],
    ("from-a-blank-file", "update"): [
        ("W1 - learning", "W1 + learning", "goes up the slope"),
        ("W1 - learning_rate * dW1", "W1 - dW1", "Is the learning rate missing"),
        ("W1 - learning_rate * dW1", "W1 - dW1 / learning_rate", "multiplies the slope"),
        ("W2 - learning_rate * dW2", "-learning_rate * dW2", "Is the old number missing"),
        ("b1 - learning_rate * db1", "b1", "b1 has not moved yet"),
        ("* db1", "* db1.sum(axis=1, keepdims=True)", "no sum over an axis here"),
        ("* dW2", "* dW2.T", "W2 must be an array of shape (3, 1), got an array of shape (3, 3)"),
        ("    return (", "    W1 -= learning_rate * dW1\n    return (", "W1[0, "),
        ("    return (\n        W1 - learning_rate * dW1",
         "    W1 -= learning_rate * dW1\n    return (\n        W1", "`-=` changes what was given"),
        ("        b2 - learning_rate * db2,\n", "", "must return 4 values"),
    ],
    ("from-a-blank-file", "train"): [
        (LOG, "", "Is there one `append` in the loop"),
        (LOG, LOG + LOG, "the list must hold as many losses, got 2"),
        (LOG + DOWN + STEP, DOWN + STEP + LATE_LOG, "append it before"),
        ("parameters = update(", "update(", "Is the result of `update` thrown away"),
        ("gradients, learning_rate)", "gradients, -learning_rate)", "The step has the wrong sign"),
        ("gradients, learning_rate)", "gradients, 1.0)", "Is `learning_rate` handed on"),
        (LOOP + UP, UP[4:] + LOOP, "Is forward run before the loop"),
        (LOOP + UP + LOG + DOWN, UP[4:] + DOWN[4:] + LOOP + UP + LOG, "the same slopes"),
        (LOOP, "    begin = parameters\n" + LOOP + "        parameters = begin\n",
         "Does each step start where the last one ended"),
        ("    return parameters, losses", "", "train returns nothing"),
        ("return parameters, losses", "return losses, parameters", "the four arrays"),
        ("return parameters, losses", "return parameters, losses[-1]", "and the list of losses"),
        ("passed[2], y))", "passed[1], y))", "first loss"),
    ],
    ("from-a-blank-file", "train_with_momentum"): [
        (velocities("beta * {v} + {d}"), velocities("{v} + {d}"), "Is beta missing"),
        (velocities("beta * {v} + {d}"), velocities("{v} + beta * {d}"), "not the slope"),
        (velocities("beta * {v} + {d}"), velocities("beta * ({v} + {d})"), "old velocity alone"),
        (velocities("beta * {v} + {d}"), velocities("beta * {v} + (1 - beta) * {d}"),
         "not (1 - beta) of it"),
        (velocities("beta * {v} + {d}"), velocities("beta * {v} - {d}"), "added, not taken away"),
        (velocities("beta * {v} + {d}"), velocities("{d}"), "These are plain steps"),
        ("update(parameters, velocity", "update(parameters, (dW1, db1, dW2, db2)",
         "These are plain steps"),
        ("beta * vb1 + db1", "vb1 + db1", "the third step says"),
        ("update(parameters, velocity, learning_rate)", "...", "train_with_momentum stops with"),
        ("        velocity = (\n            beta", "        moved = (\n            beta",
         "These are plain steps"),
    ],
    ("from-a-blank-file", "labels"): [
        ("[[1.0], [0.0], [0.0], [1.0]]", "[[0.0], [1.0], [1.0], [0.0]]", "XOR's labels"),
        ("[[1.0], [0.0], [0.0], [1.0]]", "[[0.0], [0.0], [0.0], [1.0]]", "AND's labels"),
        ("[[1.0], [0.0], [0.0], [1.0]]", "[[1.0], [0.0], [0.0], [0.0]]", "NOR's labels"),
        ("[[1.0], [0.0], [0.0], [1.0]]", "[1.0, 0.0, 0.0, 1.0]", "One label a row"),
        ("[[1.0], [0.0], [0.0], [1.0]]", "[[1.0, 0.0, 0.0, 1.0]]", "One label a row"),
        ("[[1.0], [0.0], [0.0], [1.0]]", "[[1.0], [-1.0], [-1.0], [1.0]]", "cannot reach −1"),
        ("np.array([[1.0], [0.0], [0.0], [1.0]])", "1", "got a single number"),
        ("np.array([[1.0], [0.0], [0.0], [1.0]])", "[[1.0], [0.0], [0.0], [1.0]]", "got a list"),
    ],
}  # fmt: skip
