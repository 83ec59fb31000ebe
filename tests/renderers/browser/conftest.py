"""A browser and the small application, once for these tests."""

from collections.abc import Iterator

import pytest
from renderers_app import make_app
from served import served


@pytest.fixture(scope="package")
def app():
    return make_app()


@pytest.fixture(scope="package")
def address(app) -> Iterator[str]:
    with served(app) as made:
        yield made
