"""Every route has an access rule."""

from pathlib import Path

import pytest
from people import make_province

from tthc.web.access import rules_of
from tthc.web.rules import CLIENT
from tthc.web.security import csrf

pytestmark = pytest.mark.database


def test_every_route_has_an_access_rule(mongo_uri, mongo_database, clock, tmp_path: Path):
    app = make_province(mongo_uri, mongo_database, clock, tmp_path).app
    without = [rule.endpoint for rule in app.url_map.iter_rules() if rules_of(app, rule.endpoint) is None]
    assert without == []
    api = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")}
    keyed = {rule.endpoint for rule in app.url_map.iter_rules() if rules_of(app, rule.endpoint) == (CLIENT,)}
    assert api == keyed != set(), "what lies under /api is opened by a key, and nothing else is"
    # text messages come with a signature of their own (tests/tthc/portal/test_looking_up.py)
    assert {exempt.name for exempt in csrf._exempt_blueprints} == {"api", "sms_gateway"}, (
        "a cookie opens every other route, which needs a token"
    )
    assert len(list(app.url_map.iter_rules())) > 40
