"""`tthc export`, `tthc keys`, and `tthc import --as-draft`: definitions as files, signed on the way."""

import argparse
import getpass
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from definitions.bundle.model import BundleError
from definitions.lifecycle import State, Version
from tthc.supervisor.failures import Exit

if TYPE_CHECKING:
    from definitions.bundle.account import Told
    from definitions.bundle.parts import Parts
    from definitions.bundle.writing import Item
    from tthc.bundles.importing import Arrived
    from tthc.bundles.keys import Ring
    from tthc.services import Services

_USAGE: Final = 2
_WRITER: Final = "kiem_soat"
_EXPORT: Final = "Xuất bản cấu hình thành tệp YAML, thư mục để đưa vào git, hoặc gói .zip có chữ ký."
_KEYS: Final = "Khóa ký gói bản cấu hình: tạo, liệt kê khóa được tin, tin, thu hồi."
_NO_DATABASE: Final = (
    "Không có hệ thống nào đang chạy trên thư mục này (TTHC_VAR): khởi động bằng “tthc run”, hoặc đặt MONGODB_URI là "
    "địa chỉ máy chủ dữ liệu của hệ thống."
)


class _NoDatabaseError(Exception):
    """Nothing runs here and no server is named."""


def add(commands: Any) -> None:
    """Join the command line; `commands`: argparse's sub-parsers."""
    export = commands.add_parser("export", help=_EXPORT, description=_EXPORT, allow_abbrev=False)
    export.add_argument("codes", nargs="*", metavar="MÃ", help="mã thủ tục")
    export.add_argument("--all", action="store_true", help="mọi thủ tục")
    export.add_argument(
        "--state", choices=[str(each) for each in State], help="chỉ bản ở trạng thái này, ví dụ published"
    )
    export.add_argument("--version", metavar="MÃ_BẢN", help="đúng phiên bản này của một thủ tục")
    export.add_argument(
        "--from",
        dest="source",
        type=Path,
        metavar="NGUỒN",
        help="lấy từ tệp hay thư mục, không từ hệ thống đang chạy",
    )
    export.add_argument("--by", default="", metavar="TÊN", help="ai xuất, ghi trong bản kê của gói")
    export.add_argument("--key", type=Path, metavar="TỆP", help="khóa ký; bỏ trống thì theo TTHC_SIGNING_KEY")
    export.add_argument("--unsigned", action="store_true", help="gói không ký")
    export.add_argument(
        "-o",
        "--out",
        required=True,
        metavar="NƠI",
        help="tệp .zip, tệp .yaml, thư mục, hoặc “-” để in một tệp YAML",
    )
    export.set_defaults(function=_guarded(_export))
    keys = commands.add_parser("keys", help=_KEYS, description=_KEYS, allow_abbrev=False)
    actions = keys.add_subparsers(dest="action", required=True, metavar="VIỆC")
    made = actions.add_parser(
        "make", help="tạo một cặp khóa; khóa riêng chỉ mình ông/bà đọc được", allow_abbrev=False
    )
    made.add_argument("--name", required=True, metavar="TÊN", help="tên người ký, như nơi nhận thấy")
    made.add_argument("-o", "--out", type=Path, metavar="TỆP", help="nơi để khóa riêng, ngoài kho mã")
    listed = actions.add_parser("list", help="liệt kê khóa được tin", allow_abbrev=False)
    trusted = actions.add_parser("trust", help="tin khóa công khai trong tệp", allow_abbrev=False)
    trusted.add_argument("file", type=Path, metavar="TỆP", help="tệp .pub nhận từ người ký")
    revoked = actions.add_parser("revoke", help="thu hồi một khóa", allow_abbrev=False)
    revoked.add_argument("fingerprint", metavar="DẤU_KHÓA", help="ít nhất 8 ký tự đầu")
    for each, function in ((made, _make), (listed, _list), (trusted, _trust), (revoked, _revoke)):
        each.set_defaults(function=_guarded(function))


def import_arguments(parser: argparse.ArgumentParser) -> None:
    """What `tthc import` takes besides when definitions come in as drafts."""
    parser.add_argument(
        "--as-draft", action="store_true", help="nhập bản cấu hình (.yaml, thư mục, gói .zip) thành bản nháp"
    )
    parser.add_argument(
        "--by", default="", metavar="TÊN_ĐĂNG_NHẬP", help="cán bộ kiểm soát nhập các bản nháp này"
    )
    parser.add_argument("--dry-run", action="store_true", help="chỉ cho biết sẽ nhập gì, không ghi")
    parser.add_argument(
        "--allow-unsigned", action="store_true", help="nhận cả gói không ký hoặc người ký chưa được tin"
    )
    parser.add_argument("--json", action="store_true", help="in dữ liệu cho chương trình đọc")


def wanted(arguments: argparse.Namespace) -> bool:
    """Whether `tthc import` was given definitions rather than another system's file."""
    from tthc.bundles import disk

    path: Path = arguments.file
    return bool(arguments.as_draft or arguments.dry_run or disk.is_source(path) or path.suffix in disk.YAML)


def take(arguments: argparse.Namespace) -> int:
    """0: all is imported or here already; 1: something was refused; 2: usage or a file that cannot be taken."""
    return int(_guarded(_import)(arguments))


def _guarded(function: Any) -> Any:
    def run(arguments: argparse.Namespace) -> int:
        try:
            return int(function(arguments))
        except BundleError as error:
            return _wrong(str(error))
        except _NoDatabaseError:
            return _wrong(_NO_DATABASE, Exit.DATABASE)

    return run


def _export(arguments: argparse.Namespace) -> int:
    from definitions.bundle.parts import shipped_parts
    from definitions.bundle.texts import meaning_of
    from definitions.bundle.writing import write
    from tthc.bundles import disk, exporting, keys
    from tthc.settings import key_files

    if bool(arguments.codes) == bool(arguments.all):
        return _wrong("Ghi mã các thủ tục cần xuất, hoặc --all để xuất tất cả.")
    if arguments.version and (len(arguments.codes) != 1 or arguments.state or arguments.source):
        return _wrong(
            "--version đi với đúng một mã thủ tục của hệ thống đang chạy, không đi với --state hay --from."
        )
    out: str = arguments.out
    if arguments.source is not None:
        items, parts, now = _from_files(arguments)
    else:
        items, now = _from_system(arguments)
        parts = shipped_parts()
    if out == "-" or out.endswith(disk.YAML):
        if len(items) != 1:
            return _wrong(
                f"Một tệp YAML chỉ chứa một thủ tục, đang xuất {len(items)}; xuất ra thư mục hoặc gói .zip."
            )
        _tell_of_old(items, lambda item: meaning_of(item.text, parts))
        if out == "-":
            sys.stdout.write(items[0].text)
        else:
            disk.write_new(Path(out), items[0].text.encode())
        return Exit.OK
    if not out.endswith(disk.BUNDLE):
        _tell_of_old(items, lambda item: meaning_of(item.text, parts))
        changed = disk.lay_out(Path(out), items, parts)
        sys.stdout.write(f"{out}: {len(items)} thủ tục, {len(changed)} tệp mới hoặc thay đổi.\n")
        return Exit.OK
    chosen = arguments.key or key_files().signing
    if arguments.key and not arguments.key.exists():
        return _wrong(f"{arguments.key}: không có tệp khóa này; tạo bằng “tthc keys make”.")
    key = None if arguments.unsigned else keys.signing_key(chosen)
    by = arguments.by or (key.name if key else getpass.getuser())
    made = write(items, parts, product=exporting.product(), made_at=now, made_by=by, key=key)
    disk.write_new(Path(out), made)
    signed = f"ký bởi “{key.name}”, dấu khóa {key.public.fingerprint}" if key else "không ký"
    sys.stdout.write(f"{out}: {len(items)} thủ tục, {signed}.\n")
    if key is None and not arguments.unsigned:
        sys.stderr.write(
            "Lưu ý: chưa có khóa ký nên gói không ký; tạo khóa bằng “tthc keys make --name TÊN”.\n"
        )
    return Exit.OK


def _tell_of_old(items: "tuple[Item, ...]", meaning: Any) -> None:
    """Of versions whose shared files have changed since only a bundle can keep the meaning."""
    for item in items:
        found = meaning(item)
        if item.hash and (found is None or found[1] != item.hash):
            sys.stderr.write(
                f"Lưu ý: {item.procedure} được soạn với phần dùng chung cũ hơn ở đây; tệp YAML đọc lại sẽ có nghĩa khác. "
                "Dùng gói .zip để giữ đúng nghĩa.\n"
            )


def _from_system(arguments: argparse.Namespace) -> "tuple[tuple[Item, ...], datetime]":
    from tthc.bundles import exporting

    with _system() as services:
        store, now = services.definitions, services.clock.now()
        if arguments.version:
            versions: tuple[Version, ...] = (exporting.one(store, arguments.codes[0], arguments.version),)
        else:
            state = State(arguments.state) if arguments.state else None
            versions = exporting.chosen(store, arguments.codes, now.date(), state)
        return tuple(exporting.item(store, version) for version in versions), now


def _from_files(arguments: argparse.Namespace) -> "tuple[tuple[Item, ...], Parts, datetime]":
    from definitions.bundle.comparing import canonical_of
    from definitions.bundle.parts import merged, shipped_parts
    from definitions.bundle.writing import Item, from_text
    from tthc.bundles import disk
    from tthc.bundles.known import known_here
    from tthc.clock import Clock

    arrived = disk.found(arguments.source, known_here())
    source = arrived.source
    if arrived.doubtful:
        sys.stderr.write(f"Lưu ý: {arrived.said}\n")
    if source.refused:
        raise BundleError(source.refused[0].sentences[0])
    if arguments.state:
        raise BundleError("Tệp không có trạng thái; bỏ --state, hoặc xuất từ hệ thống đang chạy.")
    known = {each.procedure: each for each in source.definitions}
    if missing := [code for code in arguments.codes if code not in known]:
        raise BundleError(f"{arguments.source}: không có thủ tục {missing[0]}; xem lại mã thủ tục.")
    parts = merged(source.parts, shipped_parts())
    items = []
    for code in arguments.codes or known:
        each = known[code]
        if each.entry is None:
            items.append(from_text(code, each.text, parts))
            continue
        old = each.entry
        canonical = canonical_of(each, source.parts)
        items.append(Item(code, each.text, old.hash, canonical, old.version, old.state, old.start, old.end))
    return tuple(items), parts, Clock().now()


def _import(arguments: argparse.Namespace) -> int:
    if arguments.kind or arguments.out or arguments.report:
        return _wrong(
            "--as, --out, --report là của tệp hệ thống khác; nhập bản cấu hình thì dùng --as-draft --by."
        )
    if not arguments.as_draft and not arguments.dry_run:
        return _wrong(
            f"{arguments.file}: để nhập bản cấu hình thành bản nháp, thêm --as-draft --by TÊN_ĐĂNG_NHẬP."
        )
    with _system() as services:
        return _take(services, arguments)


def _take(services: "Services", arguments: argparse.Namespace) -> int:
    from definitions.bundle import account
    from tthc.bundles import disk, importing, keys

    with _ring(services) as ring:
        found = disk.found(arguments.file, keys.known(ring))
    now = services.clock.now()
    told = importing.told(services.definitions, found, now.date())
    refusal = ""
    if found.doubtful and not arguments.allow_unsigned:
        refusal = f"{found.said} Chưa nhập gì. Tin khóa bằng “tthc keys trust”, hoặc thêm --allow-unsigned nếu ông/bà chịu trách nhiệm."
    done: Mapping[str, str] = {}
    if not arguments.dry_run and not refusal:
        author = _author(services, arguments.by)
        done = {
            each.procedure: version.id
            for each, version in importing.take(services.definitions, found, told, author, now)
        }
    if arguments.json:
        rows = [{**account.data(each), "version": done.get(each.procedure, "")} for each in told]
        _print_json({"source": found.source.name, "trust": str(found.trust or "file"), "definitions": rows})
    else:
        _print(found, told, done, dry=arguments.dry_run)
    if refusal:
        return _wrong(refusal, Exit.FAILED)
    return Exit.FAILED if any(each.outcome is account.Outcome.REFUSED for each in told) else Exit.OK


def _author(services: "Services", login: str) -> str:
    if not login:
        raise BundleError("Thêm --by TÊN_ĐĂNG_NHẬP: bản nháp phải có người soạn.")
    found = services.accounts.by_login(login)
    if found is None or not found.active or not found.staff or _WRITER not in found.roles:
        raise BundleError(f"“{login}” không phải tài khoản đang hoạt động của cán bộ kiểm soát thủ tục.")
    return found.key


def _print(found: "Arrived", told: "tuple[Told, ...]", done: Mapping[str, str], *, dry: bool) -> None:
    from definitions.bundle import account

    sys.stdout.write(f"{found.said}\n")
    for each in told:
        for line in account.lines(each):
            sys.stdout.write(f"{line}\n")
        if each.procedure in done:
            sys.stdout.write(f"  Đã lưu bản nháp {done[each.procedure]}.\n")
    many = sum(each.imports for each in told)
    sys.stdout.write(
        f"Sẽ nhập {many} bản nháp; chưa ghi gì.\n" if dry else f"Đã nhập {len(done)} bản nháp.\n"
    )


def _make(arguments: argparse.Namespace) -> int:
    from tthc.bundles import keys
    from tthc.settings import key_files

    path = arguments.out or key_files().signing
    if path is None:
        return _wrong("Chưa biết để khóa ở đâu (không có HOME): thêm -o TỆP.")
    key = keys.make(path, arguments.name)
    sys.stdout.write(
        f"Khóa riêng (giữ kín, đừng gửi cho ai): {path}\nKhóa công khai (gửi cho nơi nhận): {keys.public_path(path)}\n"
        f"Dấu khóa (đọc cho nơi nhận đối chiếu): {key.public.fingerprint}\n"
    )
    return Exit.OK


def _list(_arguments: argparse.Namespace) -> int:
    with _ring() as ring:
        known = ring.all()
    for key in known:
        state = "đã thu hồi" if key.revoked else "được tin"
        sys.stdout.write(f"{key.fingerprint}\t{key.name}\t{state}\n")
    return Exit.OK


def _trust(arguments: argparse.Namespace) -> int:
    from tthc.bundles import keys
    from tthc.clock import Clock

    key = keys.public_key(arguments.file)
    with _ring() as ring:
        fresh = ring.trust(key, Clock().now())
    said = "Từ giờ tin" if fresh else "Đã tin từ trước"
    sys.stdout.write(f"{said} khóa của “{key.name}”, dấu khóa {key.fingerprint}.\n")
    return Exit.OK


def _revoke(arguments: argparse.Namespace) -> int:
    from tthc.clock import Clock

    with _ring() as ring:
        key = ring.revoke(arguments.fingerprint, Clock().now())
    sys.stdout.write(f"Đã thu hồi khóa của “{key.name}”; gói ký bằng khóa này không nhập được nữa.\n")
    return Exit.OK


@contextmanager
def _ring(services: "Services | None" = None) -> "Iterator[Ring]":
    """The list of trusted keys: a file's, that of the system at hand, or that of the running one."""
    from tthc.bundles import keys
    from tthc.settings import key_files

    trusted = key_files().trusted
    if trusted is not None:
        yield keys.FileRing(trusted)
    elif services is not None:
        yield keys.KeptKeys(services.database)
    else:
        with _system() as running:
            yield keys.KeptKeys(running.database)


@contextmanager
def _system() -> "Iterator[Services]":
    """The running system, as long as the command needs it."""
    from tthc.database.running import found
    from tthc.services import build
    from tthc.settings import Settings

    settings = found(Settings.load())
    if settings.mongodb_uri is None:
        raise _NoDatabaseError
    services = build(settings)
    try:
        yield services
    finally:
        services.database.client.close()


def _print_json(data: object) -> None:
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")


def _wrong(sentence: str, code: int = _USAGE) -> int:
    sys.stderr.write(f"{sentence}\n")
    return code
