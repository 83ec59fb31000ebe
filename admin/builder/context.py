"""Everything that the builder's page shows of a draft at a place."""

from collections.abc import Callable
from typing import Any

from admin.builder import lookups, posted, preview, tuning
from admin.builder import names as ids
from admin.builder.blocks import used_block
from admin.builder.choices import own_options, shared_name, steps_of, uses_shared
from admin.builder.gestures import shared_choices, step_of
from admin.builder.page import element, known_place, options_of, outline, place_of_problem
from admin.listing import rows
from definitions.aid.listing import CONDITION_KEYS
from definitions.editing.controls import word
from definitions.editing.offers import offers
from definitions.editing.own import Names
from definitions.lifecycle import Version
from definitions.loader import Loaded
from tthc.accounts.model import FUNCTIONS
from tthc.accounts.session import current_account
from tthc.services import services


def context_of(
    version: Version, data: Any, loaded: Loaded, place: str, near: Callable[..., str]
) -> dict[str, Any]:
    """`near`: addresses of what lies beside the page."""
    s = services()
    shown = element(data, known_place(data, place), loaded)
    view = posted.seen(shown.place)
    return {
        "version": version,
        "row": rows(s, [version])[0],
        "me": current_account().key,  # what this browser keeps for later is sent by nobody else
        "at": {"code": version.procedure, "version_id": version.id},
        "contents": outline(data, loaded),
        "shown": shown,
        "options_of": lambda control: options_of(data, shown.path, control),
        "problems": [(problem, *place_of_problem(data, problem)) for problem in loaded.problems[:60]],
        "count": len(loaded.problems),
        "named": ids.named(ids.indexed(version.text, data), data, shown.path),
        "saved_at": version.acts[-1].at if version.acts else None,
        "view": view,
        "views": preview.VIEWS,
        "functions": [(each, word(each)) for each in FUNCTIONS],
        "step": step_of(data, shown.path),
        "steps": steps_of(data),
        "CONDITION_KEYS": CONDITION_KEYS,
        "copied": s.drafting.clipboard.get(current_account().key),
        "shared": uses_shared(data),
        "shared_name": shared_name(data),
        "shared_choices": shared_choices(),
        "offers": offers(data, shown.inserts) if shown.inserts else (),
        "near": near,
        "feel": {"check": near("feel.check"), "complete": near("feel.complete")},
        "block": used_block(shown.value),
        "own_options": own_options(shown.value),
        "vocabularies": Names(data).choices("vocabularies").items(),
        "tuning": tuning.tuning(data) if shown.path == ("workflow",) else None,
        "kinds": lookups.KINDS,
        "shown_place": shown.place,
        "preview": preview.made(
            view,
            loaded,
            shown,
            version.text,
            lambda place: near(".index", o=place, xem=view),
            posted.situation(),
        ),
        "situation": posted.packed(),
        "lacking": preview.lacking_at(version.text, data),
    }
