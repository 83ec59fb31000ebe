"""What the operator decides, read once from the environment.

Every name and default is listed in `docs/operations.md`. A wrong value is one sentence that names the variable.
"""

import errno
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from tthc import settings_payments
from tthc.antivirus.scanner import known_address
from tthc.oidc.configured import Provider, providers_from
from tthc.settings_payments import PaymentSettings

Environment = Literal["development", "production"]
_SECRET_BYTES = 32


class SettingsError(ValueError):
    """A setting that cannot be used. The message is one Vietnamese sentence for the operator."""


class StorageError(SettingsError):
    """TTHC_VAR cannot be read or written."""


@dataclass(frozen=True, slots=True)
class Smtp:
    """Where e-mail is handed over; `starttls` unless SMTP_TLS=off."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    sender: str
    starttls: bool


@dataclass(frozen=True, slots=True)
class Sms:
    """The text-message gateway: an HTTPS address that takes JSON, and its bearer token."""

    url: str
    token: str = field(repr=False)
    sender: str


@dataclass(frozen=True, slots=True)
class KeyFiles:
    """`signing`: where the private key that signs exported bundles lies, whether or not it is there yet; `trusted`: the
    list of public keys that imported bundles are believed by, None where that list is in the database.
    """

    signing: Path | None = None
    trusted: Path | None = None


@dataclass(frozen=True, slots=True)
class Signing:
    """Digital signatures (`tthc.signing`). `test`: by an authority of this installation, worth nothing outside it; `tsa`:
    address of an authority for timestamps, none without; `roots`: a file of certificates that signatures are believed by;
    `revocation`: a folder of lists of revoked certificates and of authorities' answers.
    """

    test: bool = False
    tsa: str = ""
    roots: Path | None = None
    revocation: Path | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings; the secrets do not show in `repr`.

    `mongodb_uri` is None when the embedded server is to be started; `broker_url` is None when the jobs travel
    through the same database; `smtp` and `sms` are None when the messages stay in the local outbox. `proxies`: how
    many reverse proxies stand before the site, each adding the address that it saw to `X-Forwarded-For`.
    `second_factor_wanted`: whoever approves or decides must have one-time codes beside the password. `consent_wanted`:
    services of levels 3 and 4 need the number and day of a consent (Đ5.3). `sandbox`: this is a place to train in
    (`tthc.sandbox`): nothing leaves it. `policy`: a file of one's own numbers for the clocks (`tthc.policy`); `rating`: of one's own
    criteria (`tthc.ratings`).
    `clock_file`: where a simulation says what time it is. `clamav`: where ClamAV's daemon listens, empty without one.
    `sms_inbound_secret`: with which the gateway signs text messages that come in, empty where none do; `sms_number`: to
    which people send them (Đ16.1b). `providers`: where one may sign in besides here.
    """

    environment: Environment
    host: str
    port: int
    var: Path
    base_url: str
    secret_key: str = field(repr=False)
    mongodb_uri: str | None = field(repr=False)
    broker_url: str | None = field(repr=False)
    clock_offset: timedelta
    smtp: Smtp | None
    sms: Sms | None
    proxies: int
    consent_wanted: bool = False
    second_factor_wanted: bool = False
    keys: KeyFiles = KeyFiles()
    sandbox: bool = False
    signing: Signing = Signing()
    policy: Path | None = None
    rating: Path | None = None
    clock_file: Path | None = None
    payments: PaymentSettings = field(default_factory=PaymentSettings)
    clamav: str = ""
    sms_inbound_secret: str = field(default="", repr=False)
    sms_number: str = ""
    providers: tuple[Provider, ...] = ()

    @property
    def production(self) -> bool:
        return self.environment == "production"

    @property
    def mailbox(self) -> bool:
        """Whether the letters that stay here are shown: to try things, and to train."""
        return self.sandbox or not self.production

    @property
    def secure_cookies(self) -> bool:
        """Cookies travel over HTTPS only where people reach the site over HTTPS."""
        return self.base_url.startswith("https://")

    @classmethod
    def load(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Read the environment; create `var/` and, in development, its secret key. Raises SettingsError."""
        source = _Source(os.environ if environ is None else environ)
        environment = source.environment()
        host = source.text("HOST", "127.0.0.1")
        port = source.port("PORT", 8000)
        sandbox = source.sandbox()
        # without a folder named, the real site's data are never the ones to train on
        var = Path(source.text("TTHC_VAR", "var-tap-huan" if sandbox else "var")).absolute()
        return cls(
            environment=environment,
            host=host,
            port=port,
            var=var,
            base_url=source.base_url(host, port),
            secret_key=source.secret_key(environment, var),
            mongodb_uri=source.mongodb_uri(),
            broker_url=source.text("CELERY_BROKER_URL", "") or None,
            clock_offset=source.clock_offset(environment),
            smtp=None if sandbox else source.smtp(),
            sms=None if sandbox else source.sms(),
            proxies=source.proxies(),
            consent_wanted=source.switch("TTHC_CONSENT_WANTED"),
            second_factor_wanted=source.switch(
                "TTHC_SECOND_FACTOR", default="on" if environment == "production" and not sandbox else "off"
            ),
            keys=source.keys(),
            sandbox=sandbox,
            signing=source.signing_of(environment),
            policy=Path(chosen).absolute() if (chosen := source.text("TTHC_POLICY", "")) else None,
            rating=Path(own).absolute() if (own := source.text("TTHC_RATING", "")) else None,
            clock_file=source.clock_file(environment),
            payments=settings_payments.read(
                source.text, production=environment == "production", sandbox=sandbox, wrong=SettingsError
            ),
            clamav=source.clamav(),
            sms_inbound_secret="" if sandbox else source.sms_inbound_secret(),
            sms_number=source.text("SMS_INBOUND_NUMBER", ""),
            providers=source.providers(environment),
        )


@dataclass(frozen=True, slots=True)
class _Source:
    environ: Mapping[str, str]

    def text(self, name: str, default: str) -> str:
        """An empty value counts as unset, as in most service files."""
        return self.environ.get(name, "").strip() or default

    def environment(self) -> Environment:
        value = self.text("TTHC_ENV", "development")
        if value == "development":
            return "development"
        if value == "production":
            return "production"
        raise SettingsError(f"TTHC_ENV phải là “development” hoặc “production”, không phải “{value}”.")

    def providers(self, environment: Environment) -> tuple[Provider, ...]:
        try:
            return providers_from(self.environ, production=environment == "production")
        except ValueError as error:
            raise SettingsError(str(error)) from error

    def sandbox(self) -> bool:
        value = self.text("TTHC_SANDBOX", "0")
        if value not in {"0", "1"}:
            raise SettingsError(f"TTHC_SANDBOX phải là 1 (hệ thống tập huấn) hoặc 0, không phải “{value}”.")
        return value == "1"

    def port(self, name: str, default: int) -> int:
        value = self.text(name, str(default))
        if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= 65535:
            raise SettingsError(f"{name} phải là một số cổng từ 1 đến 65535, không phải “{value}”.")
        return int(value)

    def switch(self, name: str, default: str = "off") -> bool:
        value = self.text(name, default)
        if value not in {"on", "off"}:
            raise SettingsError(f"{name} phải là “on” hoặc “off”, không phải “{value}”.")
        return value == "on"

    def proxies(self) -> int:
        value = self.text("TTHC_PROXIES", "0")
        if value not in {"0", "1", "2", "3"}:
            raise SettingsError(
                f"TTHC_PROXIES phải là số máy chủ ủy nhiệm (reverse proxy) đứng trước, từ 0 đến 3, không phải “{value}”."
            )
        return int(value)

    def base_url(self, host: str, port: int) -> str:
        shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
        value = self.text("TTHC_BASE_URL", f"http://{shown}:{port}").rstrip("/")
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise SettingsError(f"TTHC_BASE_URL phải là địa chỉ bắt đầu bằng https://, không phải “{value}”.")
        return value

    def mongodb_uri(self) -> str | None:
        value = self.text("MONGODB_URI", "")
        if not value:
            return None
        if not value.startswith(("mongodb://", "mongodb+srv://")):
            raise SettingsError(
                "MONGODB_URI phải bắt đầu bằng mongodb:// hoặc mongodb+srv://; "
                "hãy sửa lại hoặc bỏ biến này để dùng máy chủ dữ liệu kèm theo."
            )
        return value

    def keys(self) -> KeyFiles:
        """Beside a person's own settings unless told otherwise: never in a repository."""
        own = self.text("XDG_CONFIG_HOME", "")
        home = self.text("HOME", "")
        folder = Path(own) if own else Path(home) / ".config" if home else None
        signing = self.text("TTHC_SIGNING_KEY", "")
        trusted = self.text("TTHC_TRUSTED_KEYS", "")
        default = folder / "tthc" / "signing-key" if folder else None
        return KeyFiles(
            Path(signing).absolute() if signing else default, Path(trusted).absolute() if trusted else None
        )

    def signing_of(self, environment: Environment) -> Signing:
        """Without a word, the test authority signs where people try things, and nobody signs where it is real."""
        mode = self.text("TTHC_SIGNING", "off" if environment == "production" else "test")
        if mode not in {"off", "test"}:
            raise SettingsError(
                f"TTHC_SIGNING phải là “test” (ký thử nghiệm) hoặc “off”, không phải “{mode}”."
            )
        if mode == "test" and environment == "production":
            raise SettingsError(
                "TTHC_SIGNING=test chỉ dùng khi thử nghiệm; khi vận hành thật phải bỏ biến này."
            )
        tsa = self.text("TTHC_TSA_URL", "")
        if tsa and urlsplit(tsa).scheme not in {"http", "https"}:
            raise SettingsError(f"TTHC_TSA_URL phải là địa chỉ http:// hoặc https://, không phải “{tsa}”.")
        roots = self.text("TTHC_SIGNING_ROOTS", "")
        if roots and not Path(roots).is_file():
            raise SettingsError(f"TTHC_SIGNING_ROOTS: không có tệp {roots}.")
        lists = self.text("TTHC_SIGNING_REVOCATION", "")
        if lists and not Path(lists).is_dir():
            raise SettingsError(f"TTHC_SIGNING_REVOCATION: không có thư mục {lists}.")
        return Signing(
            mode == "test",
            tsa,
            Path(roots).absolute() if roots else None,
            Path(lists).absolute() if lists else None,
        )

    def secret_key(self, environment: Environment, var: Path) -> str:
        value = self.text("TTHC_SECRET_KEY", "")
        if value:
            if environment == "production" and len(value) < _SECRET_BYTES:
                raise SettingsError(
                    f"TTHC_SECRET_KEY phải dài ít nhất {_SECRET_BYTES} ký tự khi vận hành thật."
                )
            return value
        if environment == "production":
            raise SettingsError(
                "Thiếu TTHC_SECRET_KEY: khi vận hành thật phải đặt khóa bí mật, ví dụ bằng lệnh “openssl rand -hex 32”."
            )
        return _kept_secret(var / "secret-key")

    def clock_offset(self, environment: Environment) -> timedelta:
        value = self.text("TTHC_CLOCK_OFFSET", "0")
        try:
            seconds = int(value)
        except ValueError:
            raise SettingsError(f"TTHC_CLOCK_OFFSET phải là số giây nguyên, không phải “{value}”.") from None
        if seconds and environment == "production":
            raise SettingsError(
                "TTHC_CLOCK_OFFSET chỉ dùng khi thử nghiệm; khi vận hành thật phải bỏ biến này."
            )
        return timedelta(seconds=seconds)

    def clamav(self) -> str:
        value = self.text("CLAMAV_ADDRESS", "")
        if value and not known_address(value):
            raise SettingsError(
                f"CLAMAV_ADDRESS phải là “máy:cổng” hoặc đường dẫn của socket, ví dụ 127.0.0.1:3310, không phải “{value}”."
            )
        return value

    def clock_file(self, environment: Environment) -> Path | None:
        value = self.text("TTHC_CLOCK_FILE", "")
        if value and environment == "production":
            raise SettingsError("TTHC_CLOCK_FILE chỉ dùng khi mô phỏng; khi vận hành thật phải bỏ biến này.")
        return Path(value).absolute() if value else None

    def smtp(self) -> Smtp | None:
        host = self.text("SMTP_HOST", "")
        if not host:
            return None
        sender = self.text("SMTP_FROM", "")
        if "@" not in sender:
            raise SettingsError("SMTP_FROM phải là địa chỉ thư điện tử của người gửi khi đã đặt SMTP_HOST.")
        return Smtp(
            host=host,
            port=self.port("SMTP_PORT", 587),
            user=self.text("SMTP_USER", ""),
            password=self.text("SMTP_PASSWORD", ""),
            sender=sender,
            starttls=self.text("SMTP_TLS", "starttls") != "off",
        )

    def sms(self) -> Sms | None:
        url = self.text("SMS_URL", "")
        if not url:
            return None
        if urlsplit(url).scheme != "https":
            raise SettingsError("SMS_URL phải là địa chỉ https:// của cổng tin nhắn.")
        return Sms(url=url, token=self.text("SMS_TOKEN", ""), sender=self.text("SMS_SENDER", ""))

    def sms_inbound_secret(self) -> str:
        value = self.text("SMS_INBOUND_SECRET", "")
        if value and len(value) < _SECRET_BYTES:
            raise SettingsError(f"SMS_INBOUND_SECRET phải dài ít nhất {_SECRET_BYTES} ký tự.")
        return value


def key_files(environ: Mapping[str, str] | None = None) -> KeyFiles:
    """The part of the settings that commands on files alone need: nothing is made for it."""
    return _Source(os.environ if environ is None else environ).keys()


def _kept_secret(path: Path) -> str:
    """The key of this installation, made once; two processes that start together agree on one key."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            fresh = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
            handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_hex(_SECRET_BYTES))
            with suppress(FileExistsError):
                path.hardlink_to(fresh)
            fresh.unlink()
        value = path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise StorageError(storage_trouble(path, error)) from error
    if len(value) < _SECRET_BYTES:
        raise SettingsError(f"Tệp {path} không chứa khóa hợp lệ; hãy xóa tệp này để tạo khóa mới.")
    return value


def storage_trouble(path: Path, error: OSError) -> str:
    """One sentence on why `path` cannot be read or written, and what to do."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"Ổ đĩa chứa {path} đã đầy; hãy giải phóng chỗ rồi chạy lại."
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"Không có quyền ghi {path}; hãy cấp quyền hoặc đặt TTHC_VAR tới thư mục khác."
    if error.errno in {errno.ENOTDIR, errno.EEXIST, errno.ELOOP}:
        return f"{path} không nằm trong một thư mục; hãy đặt TTHC_VAR tới một thư mục."
    return f"Không đọc hoặc ghi được {path} ({error.strerror}); hãy kiểm tra ổ đĩa."
