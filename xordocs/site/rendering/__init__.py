"""Figures, images and formulas for the page."""
