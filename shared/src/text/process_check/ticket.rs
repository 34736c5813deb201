//! What the check says of a version of the tickets' own process, in both languages.
//! Not here: the check itself (`services::process::vocabulary`), findings about any definition (the module above).
//! The verb, message or word that a sentence is about stands behind it as a fact.

use super::{Text, text};

pub(super) const WORDS: &[(&str, Text)] = &[
    (
        "ticket_no_start",
        text(
            "工单流程没有普通开始事件，登记后无法开始",
            "the ticket process has no plain start event, so a registered ticket cannot begin",
        ),
    ),
    (
        "ticket_start",
        text(
            "工单只由登记或重办开始，不能有别的开始事件",
            "a ticket begins when it is registered or redone; there can be no other start event",
        ),
    ),
    (
        "ticket_no_task",
        text(
            "没有任务等待这个动作（属性 ms:verb），动作永远做不了",
            "no task waits for this verb (attribute ms:verb), so it can never be done",
        ),
    ),
    (
        "ticket_no_verb",
        text(
            "任务没有写明由哪个动作完成（属性 ms:verb），没有人能完成它",
            "the task names no verb that completes it (attribute ms:verb), so nobody can complete it",
        ),
    ),
    (
        "ticket_foreign_verb",
        text(
            "没有能完成工单任务的这个动作",
            "no such verb completes a task of a ticket",
        ),
    ),
    (
        "ticket_nobody",
        text(
            "任务没有写明角色（属性 ms:role），工单任务只认角色",
            "the task names no role (attribute ms:role); tasks of tickets go by roles alone",
        ),
    ),
    (
        "ticket_role",
        text(
            "这个角色没有做任务中任何一个动作的权限",
            "this role may do none of the task's verbs",
        ),
    ),
    (
        "ticket_unit",
        text(
            "工单任务的单位只能是中心（centre）或承办单位（assignment）",
            "the unit of a ticket's task is its centre (centre) or the unit that has the assignment (assignment)",
        ),
    ),
    (
        "ticket_state",
        text(
            "任务须写明工单在办的状态（属性 ms:state）",
            "the task must say an open state of the ticket (attribute ms:state)",
        ),
    ),
    (
        "ticket_state_verb",
        text(
            "工单在这个状态时不能做这个动作",
            "in this state of the ticket this verb is not allowed",
        ),
    ),
    (
        "ticket_end",
        text(
            "结束事件的状态须是工单已结束的状态（属性 ms:state）",
            "the end event's state must be one of a ticket that is over (attribute ms:state)",
        ),
    ),
    (
        "ticket_slot",
        text(
            "承办单位的环节须放在按 slot 重复的承办子流程里",
            "what a unit does must stand inside the sub-process that is repeated for each slot",
        ),
    ),
    (
        "ticket_no_message",
        text(
            "没有事件等待这个消息，发出它的动作做不了",
            "no event waits for this message, so the verb that sends it cannot be done",
        ),
    ),
    (
        "ticket_open_message",
        text(
            "等待这个消息的事件没有写明动作（属性 ms:verb），外来的消息也会触发它",
            "the event that waits for this message names no verb (attribute ms:verb), so messages from elsewhere would set it off",
        ),
    ),
    (
        "ticket_foreign_message",
        text(
            "事件写明了动作，但没有动作发送这个消息",
            "the event names a verb, but no verb sends this message",
        ),
    ),
    (
        "ticket_cannot",
        text(
            "工单流程不能调用别的流程或决策表，不能有自由子流程，也不能指名办理人",
            "a ticket process cannot call other processes or decision tables, has no ad-hoc sub-process, and names no persons",
        ),
    ),
    (
        "ticket_stops",
        text(
            "做了这一步之后流程走不下去：没有一条路的条件成立",
            "behind this step the process cannot go on: no way can be taken",
        ),
    ),
    (
        "ticket_never",
        text(
            "怎么办理都走不到等待这个动作的任务",
            "whatever is done, no task that waits for this verb is ever reached",
        ),
    ),
    (
        "ticket_idle_slot",
        text(
            "这一步之后承办单位没有可办的任务，而它的时限已经开始计算",
            "behind this step the unit has no task in its slot, while its limit already runs",
        ),
    ),
    (
        "ticket_goes_on",
        text(
            "这一步之后诉求人会被告知已经结束，流程却没有结束",
            "with this step the citizen is told that it is over, but the process goes on",
        ),
    ),
];
