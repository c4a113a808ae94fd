"""What the small NumPy does with flat lists of numbers; no module here knows the array class."""
