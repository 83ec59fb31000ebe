"""What the catalogue and the other procedures have against registering a definition (Đ5.3, Đ7.3, Đ9.1b). Pure."""

from collections.abc import Iterable, Sequence

from definitions.model import Definition
from tthc.agencies.model import Agency
from tthc.registry.coverage import offers
from tthc.registry.model import Entry, Kind, bare, same_name
from tthc.registry.slips import ONLINE, Consent


def faults(
    definition: Definition,
    official: Entry | None,
    published: Iterable[Definition],
    agencies: Sequence[Agency],
) -> tuple[str, ...]:
    """Sentences; empty lets it through. `official`: the row of the catalogue that speaks today, an abolishing one too;
    a procedure that the catalogue does not know is let through.
    """
    found = []
    if official is not None:
        if official.kind is Kind.ABOLISHED:
            found.append(f"Thủ tục đã được bãi bỏ theo Quyết định {official.decision} (Đ24.3).")
        elif not same_name(definition.name, official.name):
            found.append(
                f"Tên thủ tục khác tên trong danh mục đã công bố; ghi đúng: “{official.name}” "
                f"(Quyết định {official.decision}) (Đ7.3)."
            )
    twin = twin_of(definition, published, agencies)
    if twin is not None:
        found.append(
            f"Thủ tục này đang được cung cấp ở cùng cơ quan bằng bản cấu hình mang mã {twin.procedure}; "
            "mỗi dịch vụ gắn với một thủ tục: soạn phiên bản mới của bản đó, hoặc bãi bỏ nó trước (Đ9.1b)."
        )
    return tuple(found)


def twin_of(
    definition: Definition, published: Iterable[Definition], agencies: Sequence[Agency]
) -> Definition | None:
    """Another definition in force for the same procedure, written with another form of its code, at one of its agencies."""
    mine = bare(definition.procedure)
    for other in published:
        if other.procedure == definition.procedure or bare(other.procedure) != mine:
            continue
        if any(
            offers(definition.offered_by, agency) and offers(other.offered_by, agency) for agency in agencies
        ):
            return other
    return None


def consent_fault(definition: Definition, consent: Consent | None, *, wanted: bool) -> tuple[str, ...]:
    """Đ5.3, where the installation asks for it."""
    if not wanted or consent is not None or definition.service_level < ONLINE:
        return ()
    return (
        "Dịch vụ mức độ 3, 4 cần số, ngày văn bản chấp thuận; lập phiếu đăng ký và ghi văn bản đó ở dòng của thủ tục (Đ5.3).",
    )
