"""The builder's page names what lies beside it by short addresses: it has a hundred of them."""

from collections.abc import Callable
from typing import Any

from flask import url_for


def nearby(home: str, at: dict[str, Any], *, at_home: bool) -> Callable[..., str]:
    """`url_for` of pages of one version, relative to `home` where the document in the browser stands there. `at`: the
    version in addresses.
    """
    folder = home.rpartition("/")[0] + "/"

    def near(endpoint: str, **values: Any) -> str:
        url = url_for(endpoint, **values, **at)
        return (url.removeprefix(folder) or "./") if at_home else url

    return near
