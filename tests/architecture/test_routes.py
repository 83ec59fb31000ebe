"""Every route has an access rule."""

from pathlib import Path

import pytest
from people import make_province

from tthc.web.access import rules_of

pytestmark = pytest.mark.database


def test_every_route_has_an_access_rule(mongo_uri, mongo_database, clock, tmp_path: Path):
    app = make_province(mongo_uri, mongo_database, clock, tmp_path).app
    without = [rule.endpoint for rule in app.url_map.iter_rules() if rules_of(app, rule.endpoint) is None]
    assert without == []
    assert len(list(app.url_map.iter_rules())) > 40
