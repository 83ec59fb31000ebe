"""What is owed, line by line, each with the sentence that explains it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from definitions.amounts import decide_amount
from definitions.explain import explain_fee, labels, picked_by
from definitions.holding import Judge
from definitions.model import Definition, Exemption, FeeDue, FeeLine
from rules.feel import Expression, FeelLimitError
from rules.i18n import gettext, language

_DONG: Final = Decimal(1)


class NotComputedError(Exception):
    """A line that the definition does not answer for these facts; its text is the sentence that says why."""


@dataclass(frozen=True, slots=True)
class Facts:
    """`clean`: answers as given, for telling; `context`: what expressions read; `on`: the day whose law applies."""

    definition: Definition
    clean: Mapping[str, object]
    context: Mapping[str, object]
    now: datetime
    on: date
    judge: Judge

    def number(self, fee: FeeLine, expression: Expression) -> Decimal:
        try:
            value = expression.evaluate(self.context, now=self.now)
        except FeelLimitError:
            value = None
        return self.sound(fee, value, expression.sources)

    def sound(self, fee: FeeLine, value: object, sources: Iterable[str]) -> Decimal:
        """The number, if it can be one."""
        if not isinstance(value, Decimal):
            named = labels(self.definition)
            unknown = sorted(named.get(name, name) for name in sources if self.context.get(name) is None)
            if unknown:
                why = gettext("Không tính được {fee}: chưa có {what}.")
                raise NotComputedError(why.format(fee=fee.label, what=", ".join(unknown)))
            why = gettext("Không tính được {fee}: không có mức thu nào phù hợp với hồ sơ này.")
            raise NotComputedError(why.format(fee=fee.label))
        if value < 0:
            why = gettext("Không tính được {fee}: kết quả nhỏ hơn 0.")
            raise NotComputedError(why.format(fee=fee.label))
        return value


def fees_due(facts: Facts) -> tuple[tuple[FeeDue, ...], tuple[tuple[str, str], ...]]:
    """The lines owed, and (id, why not) of those that cannot be worked out."""
    due: list[FeeDue] = []
    missing: list[tuple[str, str]] = []
    for fee in facts.definition.fees:
        if not fee.effective.covers(facts.on) or (
            fee.when is not None and not facts.judge.holds(fee.when, facts.context)
        ):
            continue
        try:
            due.append(_line(fee, facts))
        except NotComputedError as gap:
            missing.append((fee.id, str(gap)))
    return tuple(due), tuple(missing)


def _line(fee: FeeLine, facts: Facts) -> FeeDue:
    full, said = _full(fee, facts)
    exemption = _best(fee.exempt, facts)
    amount = full
    if exemption is not None:
        amount = int((Decimal(full) * (100 - exemption.percent) / 100).quantize(_DONG, ROUND_HALF_UP))
        said.append(_exempted(exemption, amount))
    return FeeDue(
        id=fee.id,
        label=fee.label,
        kind=fee.kind,
        amount=amount,
        collect=fee.collect,
        explanation="; ".join(filter(None, said)),
        full=full,
        exemption=exemption.label if exemption else "",
        source=fee.source.text if fee.source else "",
        proof=exemption.proof if exemption else "",
    )


def _full(fee: FeeLine, facts: Facts) -> tuple[int, list[str]]:
    """Before exemptions, in whole đồng, and how it came about."""
    try:
        value, formula = decide_amount(fee.amount, facts.context, now=facts.now, on=facts.on)
    except FeelLimitError:
        value, formula = None, None
    price = facts.sound(fee, value, fee.amount.sources)
    if formula is None:
        raise NotComputedError(gettext("Không tính được {fee}.").format(fee=fee.label))
    if fee.times is None:
        total, said = price, [explain_fee(facts.definition, fee, formula, facts.clean)]
    else:
        times = facts.number(fee, fee.times)
        total = price * times
        unit = fee.unit_one if fee.unit_one and times == 1 else fee.unit
        sum_words = f"{_plain(times)} {unit} × {_dong(price)} = {_dong(total)}"
        said = [": ".join(filter(None, (picked_by(facts.definition, fee, facts.clean), sum_words)))]
    least = None if fee.min is None else facts.number(fee, fee.min)
    most = None if fee.max is None else facts.number(fee, fee.max)
    if least is not None and total < least:
        total = least
        said.append(gettext("thu tối thiểu {amount}").format(amount=_dong(least)))
    if most is not None and total > most:
        total = most
        said.append(gettext("thu tối đa {amount}").format(amount=_dong(most)))
    if total != total.to_integral_value():
        why = gettext("Không tính được {fee}: kết quả {amount} không chẵn đồng.")
        raise NotComputedError(why.format(fee=fee.label, amount=_dong(total)))
    return int(total), said


def _best(exempt: Iterable[Exemption], facts: Facts) -> Exemption | None:
    """That which lets off most, the first of equals."""
    found = [each for each in exempt if facts.judge.holds(each.when, facts.context)]
    return max(found, key=lambda each: each.percent, default=None)


def _exempted(exemption: Exemption, amount: int) -> str:
    source = f" ({exemption.source.text})" if exemption.source else ""
    if exemption.percent == 100:
        return gettext("miễn toàn bộ vì {why}").format(why=f"{exemption.label}{source}")
    return gettext("giảm {percent} % vì {why}, còn {amount}").format(
        percent=exemption.percent, why=f"{exemption.label}{source}", amount=_dong(amount)
    )


def _dong(amount: Decimal | int) -> str:
    return gettext("{amount} đồng").format(amount=_plain(amount))


def _plain(value: Decimal | int) -> str:
    """1234567.5 → `1.234.567,5`."""
    text = f"{Decimal(value).normalize():,f}"
    return text if language() == "en" else text.translate(str.maketrans(",.", ".,"))
