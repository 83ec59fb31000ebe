"""From bytes that anybody may have sent to a bundle whose every byte was checked."""

import json
from typing import Any, Final

from definitions.bundle import manifest as listing
from definitions.bundle.archive import unpack
from definitions.bundle.keys import ALGORITHM, PublicKey
from definitions.bundle.model import FORMAT, MANIFEST, SIGNATURE, Bundle, BundleError, Manifest, sha256
from definitions.reading import MAX_BYTES

_AGAIN: Final = "Ông/bà xin lại gói từ nơi gửi."
_MAX_JSON: Final = 4_000_000
UNSIGNED: Final = "none"


def read(data: bytes) -> Bundle:
    """The bundle. Raises BundleError: no bundle, a hash that does not agree, a signature that does not hold.

    1. the archive is byte for byte as it would be written here; 2. the manifest is of a known format; 3. it names
    every file and each has its hash; 4. the signature, if there is one, holds for the manifest.
    """
    files = unpack(data)
    listed, signature = files.pop(MANIFEST, None), files.pop(SIGNATURE, None)
    if listed is None or signature is None:
        raise BundleError(
            f"Gói thiếu {MANIFEST} hoặc {SIGNATURE}: đây không phải gói bản cấu hình. Chọn tệp do “tthc export” tạo ra."
        )
    if len(listed) > _MAX_JSON or len(signature) > _MAX_JSON:
        raise BundleError(f"Bản kê trong gói lớn quá mức. {_AGAIN}")
    found = listing.decode(listed)
    _check_signature(found, listed, signature)
    _check_files(found, files)
    return Bundle(found, files)


def payload(listed: bytes) -> bytes:
    """What is signed: the manifest, marked as one, so that a signature made for anything else is none here."""
    return f"{FORMAT}\n".encode() + listed


def signature_json(listed: bytes, key: PublicKey | None, signature: bytes) -> bytes:
    """`signature.json`; an unsigned bundle still tells its manifest's hash, so that a damaged one is seen."""
    digest = sha256(listed)
    if key is None:
        return listing.as_json({"algorithm": UNSIGNED, "manifest_sha256": digest})
    return listing.as_json(
        {
            "algorithm": ALGORITHM,
            "fingerprint": key.fingerprint,
            "manifest_sha256": digest,
            "name": key.name,
            "public_key": key.raw.hex(),
            "signature": signature.hex(),
        }
    )


def _check_signature(manifest: Manifest, listed: bytes, written: bytes) -> None:
    wrong = BundleError(
        f"Chữ ký của gói không đúng: nội dung đã bị sửa sau khi ký, hoặc gói bị hỏng. Đừng nhập gói này. {_AGAIN}"
    )
    try:
        told: dict[str, Any] = json.loads(written.decode())
        if told["algorithm"] == UNSIGNED:
            key, signature = None, b""
        elif told["algorithm"] == ALGORITHM:
            signature = bytes.fromhex(told["signature"])
            key = PublicKey(bytes.fromhex(told["public_key"]), str(told["name"]))
        else:
            raise BundleError(
                f"Gói ký bằng cách “{str(told['algorithm'])[:40]}” mà hệ thống này không biết. Cập nhật phần mềm, hoặc "
                "xin gói ký bằng Ed25519."
            )
        same = signature_json(listed, key, signature) == written
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        if isinstance(error, BundleError):
            raise
        raise wrong from None
    if not same:
        raise wrong
    told_signer = None if manifest.signer is None else (manifest.signer.fingerprint, manifest.signer.name)
    if told_signer != (None if key is None else (key.fingerprint, key.name)):
        raise wrong  # the signature was taken off, or put on by somebody else than the manifest says
    if key is not None and (len(key.raw) != 32 or not key.verifies(signature, payload(listed))):
        raise wrong


def _check_files(manifest: Manifest, files: dict[str, bytes]) -> None:
    if missing := sorted(manifest.files.keys() - files.keys()):
        raise BundleError(f"Gói thiếu tệp “{missing[0]}” mà bản kê có ghi. {_AGAIN}")
    if extra := sorted(files.keys() - manifest.files.keys()):
        raise BundleError(f"Gói có tệp “{extra[0][:80]}” mà bản kê không ghi. {_AGAIN}")
    for path, (digest, size) in manifest.files.items():
        content = files[path]
        if len(content) != size or sha256(content) != digest:
            raise BundleError(
                f"Tệp “{path}” trong gói khác với bản kê (sai mã băm). Đừng nhập gói này. {_AGAIN}"
            )
        if len(content) > MAX_BYTES and not path.endswith(".json"):
            raise BundleError(f"Tệp “{path}” trong gói lớn quá 1 MB. {_AGAIN}")
        try:
            content.decode()
        except UnicodeDecodeError:
            raise BundleError(f"Tệp “{path}” trong gói không phải chữ UTF-8. {_AGAIN}") from None
    procedures = [entry.procedure for entry in manifest.definitions]
    if len(set(procedures)) != len(procedures):
        raise BundleError(f"Gói có hai bản của cùng một thủ tục. {_AGAIN}")
    for entry in manifest.definitions:
        for path in (entry.text, *entry.parts, *filter(None, (entry.resolved,))):
            if path not in files:
                raise BundleError(f"Gói thiếu tệp “{path}” của thủ tục {entry.procedure}. {_AGAIN}")
