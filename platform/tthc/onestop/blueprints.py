"""Every screen of the one-stop shop, for the application to take in."""

from typing import Final

from flask import Blueprint

from tthc.onestop import (
    absence_routes,
    action_routes,
    batch_routes,
    beside_routes,
    claim_routes,
    clock_routes,
    counter_routes,
    custody_routes,
    handover_routes,
    identity_routes,
    money_routes,
    overseer_routes,
    return_routes,
    scan_routes,
    slip_routes,
    solving_routes,
    view_routes,
    workspace_routes,
)
from tthc.onestop.phone import desk_routes as phone_desk_routes
from tthc.onestop.phone import routes as phone_routes

BLUEPRINTS: Final[tuple[Blueprint, ...]] = (
    workspace_routes.blueprint,
    counter_routes.blueprint,
    scan_routes.blueprint,
    phone_routes.blueprint,
    phone_desk_routes.blueprint,
    handover_routes.blueprint,
    custody_routes.blueprint,
    slip_routes.blueprint,
    action_routes.blueprint,
    beside_routes.blueprint,
    solving_routes.blueprint,
    return_routes.blueprint,
    money_routes.blueprint,
    batch_routes.blueprint,
    claim_routes.blueprint,
    view_routes.blueprint,
    absence_routes.blueprint,
    clock_routes.blueprint,
    overseer_routes.blueprint,
    identity_routes.blueprint,
)
