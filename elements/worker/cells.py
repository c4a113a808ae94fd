"""Run the cells of a page under MicroPython, which share one set of names."""

import io
import json
import sys

import page


def run(source, name):
    """Run a cell's source under a name; return what went wrong as JSON, else an empty string."""
    source = source.replace("\u00a0", " ")  # copied from a page; it would be part of a name
    try:
        exec(compile(showing(source, name), name, "exec"), names)
    except SystemExit:
        pass
    except BaseException as error:
        return fault(error)
    return ""


def showing(source, name):
    """Return a source that shows the value of its last expression, with every line where it was."""
    lines = source.rstrip().split("\n")
    for number in range(len(lines) - 1, -1, -1):
        if not lines[number] or lines[number][0] in " \t#)]}":
            continue  # no statement begins here
        head = "\n".join(lines[:number])
        tail = "\n".join(lines[number:])
        if compiles(head, name) and compiles(tail, name):
            shown = head + "\n" * (number > 0) + "__show__((" + tail + "\n))"
            return shown if compiles(shown, name) else source
    return source


def compiles(source, name):
    """Whether a source is whole statements."""
    try:
        compile(source, name, "exec")
    except SyntaxError:
        return False
    return True


def show(value):
    """Show the value of a cell's last expression, as a notebook does."""
    if hasattr(value, "_draw"):
        value._draw()
    elif value is not None:
        print(exact(value) if type(value) is float else legible(repr(value)))


def exact(value):
    """Return a float as Python writes it; MicroPython misses its last digit now and then."""
    return page.digits(value)


def write(*values, **options):
    """Stand for `print`, with floats as Python writes them."""
    print(*[exact(value) if type(value) is float else value for value in values], **options)


def legible(text):
    """Return a value's text with its letters for the codes that MicroPython writes for them."""
    parts = text.split("\\\\")  # pairs are backslashes of the value
    for number, part in enumerate(parts):
        first, *coded = part.split("\\u")
        parts[number] = first + "".join(chr(int(each[:4], 16)) + each[4:] for each in coded)
    return "\\\\".join(parts)


def fault(error):
    """Return an error's type, message, and the names and lines of its calls, as JSON."""
    told = io.StringIO()
    sys.print_exception(error, told)
    places = []
    for line in told.getvalue().split("\n"):
        if line.startswith('  File "'):
            file, rest = line[len('  File "') :].split('", line ')
            places.append((file, int(rest.split(",")[0])))
    return json.dumps({"type": type(error).__name__, "message": str(error), "places": places})


def ask(*_):
    """Stand for `input`, which would wait for a keyboard that a page does not give it."""
    raise RuntimeError("input() is not there in a page: write the value into the cell instead")


names = {"__name__": "__main__", "__show__": show, "print": write, "input": ask}
