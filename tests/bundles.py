"""Bundles for the tests: made of the shipped definitions or of one small text, signed by a key of the tests' own."""

import io
import json
import zipfile
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from definitions.bundle.archive import pack
from definitions.bundle.keys import SigningKey
from definitions.bundle.model import MANIFEST, SIGNATURE
from definitions.bundle.parts import parts_of, shipped_parts
from definitions.bundle.reading import payload, signature_json
from definitions.bundle.writing import from_text, write
from definitions.shipped import shipped
from rules.calendar import TZ

AT = datetime(2026, 11, 23, 8, 0, tzinfo=TZ)
KEY = SigningKey(Ed25519PrivateKey.from_private_bytes(bytes(range(32))), "Sở Thông tin và Truyền thông")
OTHER = SigningKey(Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))), "Người lạ")
SHIPPED = {name.removesuffix(".yaml"): text for name, text in shipped()}
SMALLEST = min(SHIPPED, key=lambda code: len(SHIPPED[code]))


def made(*items, parts=None, key=KEY, at=AT):
    return write(items, parts or shipped_parts(), product="0.1.0", made_at=at, made_by="Người xuất", key=key)


def of(code, text=None, parts=None):
    return from_text(code, SHIPPED[code] if text is None else text, parts or shipped_parts())


def changed_parts(**changes):
    """The product's shared files after changes: `blocks_person=(old, new)`."""
    texts = dict(shipped_parts().texts)
    for name, (old, new) in changes.items():
        path = name.replace("__", "/").replace("_", "-") + ".yaml"
        assert old in texts[path]
        texts[path] = texts[path].replace(old, new, 1)
    return parts_of(texts)


def opened(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def again(data, change, key=None):
    """The bundle after `change(files, manifest)`, signed anew with a key, or with what its signature was."""
    files = opened(data)
    manifest = json.loads(files[MANIFEST])
    change(files, manifest)
    listed = (json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()
    if key is not None:
        files[SIGNATURE] = signature_json(listed, key.public, key.sign(payload(listed)))
    if MANIFEST in files:
        files[MANIFEST] = listed
    return pack(files)
