"""Frameworks that take seconds to import, imported by the first test that asks for one."""

import importlib

import pytest


@pytest.fixture(scope="session")
def tf():
    return importlib.import_module("tensorflow")


@pytest.fixture(scope="session")
def tensorflow_mlp():
    return importlib.import_module("xordocs.nn.tensorflow_mlp")


@pytest.fixture(scope="session")
def keras_mlp():
    return importlib.import_module("xordocs.nn.keras_mlp")
