"""`decide`: a command, the dossier and the facts around it, to the events that follow. Pure.

In this order: a command carried out before does nothing again; a dossier that has ended takes nothing more; a page
that is out of date is told so; then the phase the command belongs to asks who may, what is needed, what the law
says. Nothing is written here.
"""

from dataclasses import replace
from functools import partial

from definitions.model import Definition
from forms.types.numbers import written
from rules.i18n import noted, telling
from tthc.dossiers import commands as cmd
from tthc.dossiers import (
    decide_aside,
    decide_asking,
    decide_calendar,
    decide_child,
    decide_claims,
    decide_counter,
    decide_custody,
    decide_intake,
    decide_malware,
    decide_payment,
    decide_refund,
    decide_return,
    decide_rules,
    decide_succession,
    decide_timers,
    decide_verification,
    decide_version,
    decide_work,
)
from tthc.dossiers.codec import milliseconds
from tthc.dossiers.commands_files import TellMalware
from tthc.dossiers.commands_refund import AnswerRefund, AskRefund, RecordRefund
from tthc.dossiers.commands_return import CorrectReturn, HandToPost, ReceiveOnline
from tthc.dossiers.context import Context
from tthc.dossiers.deciding import Deciding
from tthc.dossiers.events import Event
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import UNDER_WAY, Dossier
from tthc.dossiers.status import LABELS
from tthc.dossiers.values import values_of

MAX_TEXT = 5_000


def decide(
    definition: Definition, dossier: Dossier | None, command: cmd.Command, context: Context
) -> tuple[Event, ...]:
    """The events of a command; none when it was carried out before.

    Raises:
        Refused: the rules do not allow it.
        ValueError: a fault of the program: another definition than the dossier's own, or another agency's facts.
    """
    _require_bounded(command)
    now = milliseconds(context.now)
    context = context if now == context.now else replace(context, now=now)
    deciding = Deciding(definition, dossier, context)
    if dossier is not None:
        if definition.hash != dossier.definition or context.agency.id != dossier.agency:
            raise ValueError("a dossier is decided by its own definition, with its own agency's facts")
        if dossier.did(context.command_id):
            return ()
        # the system's own errands come too late for a dossier that is over, which is no mistake
        errand = (
            cmd.FireTimer | cmd.FollowCalendar | cmd.Succeed | cmd.Propose | cmd.TellChild | cmd.TellStuck
        )
        if isinstance(command, errand) and dossier.closed:
            return ()
        # what was recorded may be put right, paper and money still go somewhere, when a dossier is over
        after = CorrectReturn | cmd.MoveOriginal | AskRefund | AnswerRefund | RecordRefund | TellMalware
        if not isinstance(command, after):
            _require_open(dossier)
        _require_fresh(dossier, command, context)
        if isinstance(command, cmd.Accept | cmd.RequestSupplement | cmd.Refuse):
            decide_claims.require_intake_not_anothers(dossier, context.actor)
    _dispatch(deciding, command)
    if deciding.started and deciding.dossier.status in UNDER_WAY:
        decide_child.want_children(deciding)
        decide_timers.escalate(deciding)
    return tuple(deciding.events)


def _require_bounded(command: cmd.Command) -> None:
    """A dossier is one document, and what is typed goes into its history and its notices: no text may fill it."""
    texts = list(values_of(command))
    texts += [item.reason for item in getattr(command, "items", ())]
    if any(isinstance(text, str) and len(text) > MAX_TEXT for text in texts):
        raise Refused(
            "too_long",
            telling(
                "Nội dung ghi dài quá {n} ký tự; ông/bà rút gọn, hoặc đính kèm thành tệp.",
                n=partial(written, MAX_TEXT),
            ),
        )


def _require_open(dossier: Dossier) -> None:
    if dossier.closed:
        raise Refused(
            "closed",
            telling(
                "Hồ sơ đã kết thúc (“{status}”) nên không thay đổi được nữa.", status=LABELS[dossier.status]
            ),
            "Đ15.3",
        )


def _require_fresh(dossier: Dossier, command: cmd.Command, context: Context) -> None:
    shown = getattr(command, "expected_version", None) or context.expected_version
    if shown is not None and shown != dossier.version:
        raise Refused(
            "stale",
            noted("Hồ sơ vừa được cập nhật ở nơi khác; ông/bà tải lại trang, xem lại rồi thực hiện tiếp."),
        )


def _dispatch(deciding: Deciding, command: cmd.Command) -> None:
    if isinstance(command, (cmd.Submit, cmd.OpenChild, cmd.RegisterAtCounter)) and deciding.started:
        raise Refused("exists", noted("Hồ sơ này đã được nộp."))
    match command:
        case cmd.Submit():
            decide_intake.submit(deciding, command)
        case cmd.OpenChild():
            decide_child.open_child(deciding, command)
        case cmd.TellChild():
            decide_child.tell_child(deciding, command)
        case cmd.RegisterAtCounter():
            decide_intake.register(deciding, command)
        case cmd.CompleteImmediately():
            decide_counter.complete_immediately(deciding, command)
        case cmd.Accept():
            decide_intake.accept(deciding, command)
        case cmd.RequestSupplement():
            decide_intake.request_supplement(deciding, command)
        case cmd.Refuse():
            decide_intake.refuse(deciding, command)
        case cmd.Supply():
            decide_work.supply_and_hand_back(deciding, command)
        case cmd.Withdraw():
            decide_intake.withdraw(deciding, command)
        case cmd.Act():
            decide_work.act(deciding, command)
        case cmd.Begin():
            decide_work.begin_step(deciding, command)
        case cmd.Reassign():
            decide_work.reassign(deciding, command)
        case cmd.Claim():
            decide_claims.claim(deciding, command)
        case cmd.GiveBack():
            decide_claims.give_back(deciding, command)
        case cmd.RecordPayment():
            decide_payment.record_payment(deciding, command)
        case AskRefund():
            decide_refund.ask_refund(deciding, command)
        case AnswerRefund():
            decide_refund.answer_refund(deciding, command)
        case RecordRefund():
            decide_refund.record_refund(deciding, command)
        case cmd.LogCall():
            decide_work.log_call(deciding, command)
        case cmd.Apologise():
            decide_work.apologise(deciding, command)
        case cmd.Extend():
            decide_work.extend(deciding, command)
        case cmd.AskExtension():
            decide_aside.ask_extension(deciding, command)
        case cmd.AnswerExtension():
            decide_aside.answer_extension(deciding, command)
        case cmd.ArrangeVerification():
            decide_verification.arrange(deciding, command)
        case cmd.RecordVerification():
            decide_verification.record(deciding, command)
        case cmd.WaiveOpinion():
            decide_asking.waive_opinion(deciding, command)
        case cmd.Close():
            decide_aside.close(deciding, command)
        case cmd.FireTimer():
            decide_timers.fire(deciding, command)
        case TellMalware():
            decide_malware.tell_malware(deciding, command)
        case cmd.TellStuck():
            decide_timers.tell_stuck(deciding, command)
        case cmd.FollowCalendar():
            decide_calendar.follow_calendar(deciding)
        case cmd.MoveToVersion():
            decide_version.move_to_version(deciding, command)
        case cmd.MoveBack():
            decide_version.move_back(deciding, command)
        case cmd.Succeed():
            decide_succession.succeed(deciding, command)
        case HandToPost():
            decide_return.hand_to_post(deciding, command)
        case ReceiveOnline():
            decide_return.receive_online(deciding)
        case CorrectReturn():
            decide_return.correct_return(deciding, command)
        case cmd.Propose():
            decide_rules.propose(deciding, command)
        case cmd.HandOver():
            decide_custody.hand_over(deciding, command)
        case cmd.TakeOver():
            decide_custody.take_over(deciding, command)
        case cmd.MoveOriginal():
            decide_custody.move_original(deciding, command)
