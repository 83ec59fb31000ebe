"""Files posted with a page as answers to its fields: stored, put into the answers, taken out again.

What was held before is kept by the server alone, so a posted page can add what it sends and take away what is there,
but never name a file.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from forms.attachments import UploadError
from forms.model import Answers, Field, FieldError
from forms.uploads import ACTION, added, file_fields, held_at, held_files, removed, take, with_held
from rules.i18n import gettext, noted
from tthc.services import Services
from tthc.web.sent_files import sent_files
from tthc.web.uploads import read_upload

KEPT = "_kept_files"
BLOCKED = noted(
    "Tệp ở đây bị chặn vì có mã độc: bấm “Xóa” ở tệp ấy, chụp hoặc quét lại giấy tờ rồi tải tệp mới"
)
NOT_YOURS = noted("Tải tệp lên lại: tệp này không phải do ông/bà gửi lên")


@dataclass(frozen=True, slots=True)
class Posted:
    """`answers` with the posted files; what is wrong with those not taken; whether a button of a file field sent
    the page, which then shows itself again.
    """

    answers: dict[str, object]
    errors: tuple[FieldError, ...]
    pressed: bool

    @property
    def paths(self) -> frozenset[str]:
        return frozenset(error.path for error in self.errors)


def posted_files(
    fields: Sequence[Field], answers: Answers, services: Services, now: datetime, by: str
) -> Posted:
    """Store what the request brought for file fields and do what their buttons ask."""
    kind, path, sha256 = _button(request.form.get(ACTION, ""))
    changed = dict(answers)
    errors: list[FieldError] = []
    for place, field in file_fields(fields, answers):
        held = held_at(changed, place)
        if kind == "remove" and place == path:
            changed = with_held(changed, place, removed(held, sha256))
            held = held_at(changed, place)
        for sent in sent_files(place):
            try:
                data = read_upload(sent)
                file = take(field, data, sent.filename or "", sent.mimetype or "")
                more = added(field, held, file)
                services.files.put(data, name=file["name"], kind=file["kind"], now=now, by=by)
            except UploadError as error:
                errors.append(FieldError(place, error.message))
                continue
            held = more
            changed = with_held(changed, place, held)
    return Posted(changed, (*errors, *blocked_files(fields, changed, services)), bool(kind))


def blocked_files(fields: Iterable[Field], answers: Answers, services: Services) -> tuple[FieldError, ...]:
    """A mistake at every field that holds a file in which malware was found after it had been taken."""
    held = [(path, str(file.get("sha256"))) for path, file in held_files(fields, answers)]
    standings = services.files.standings(sha256 for _, sha256 in held)
    paths = dict.fromkeys(path for path, sha256 in held if standings.get(sha256) == "infected")
    return tuple(FieldError(path, gettext(BLOCKED)) for path in paths)


def _button(value: str) -> tuple[str, str, str]:
    """(what, path, checksum) of `scan:remove:SHA256`; empty where no button was pressed."""
    path, _, rest = value.partition(":")
    kind, _, sha256 = rest.partition(":")
    return (kind, path, sha256) if kind in {"add", "remove"} else ("", "", "")


def not_sent_by(
    fields: Iterable[Field],
    answers: Answers,
    services: Services,
    by: str,
    known: Iterable[str] = (),
) -> tuple[FieldError, ...]:
    """A mistake for every file in the answers that this account did not itself send and that is not among `known`."""
    before = frozenset(known)
    return tuple(
        FieldError(path, gettext(NOT_YOURS))
        for path, file in held_files(fields, answers)
        if file.get("sha256") not in before and not services.files.sent_by(str(file.get("sha256")), by)
    )


def keep_files(fields: Sequence[Field], answers: Answers) -> str:
    """The files in the answers, signed, for a page whose answers are kept nowhere but in itself."""
    held = {path: held_at(answers, path) for path, _ in file_fields(fields, answers)}
    return _signer().dumps({path: files for path, files in held.items() if files})


def kept_files(fields: Sequence[Field], answers: Answers) -> dict[str, object]:
    """`answers` with the files of `keep_files` that the posted page brought back."""
    try:
        kept = _signer().loads(request.form.get(KEPT, ""))
    except BadSignature:
        return dict(answers)
    changed = dict(answers)
    for path, _field in file_fields(fields, answers):
        if path in kept:
            changed = with_held(changed, path, kept[path])
    return changed


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="field-files")
