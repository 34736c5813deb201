//! Reply (反馈): the unit's result and the answer for the citizen (`domain.md` 3.2, row 10, V16).
//! Not here: the reviews of it (`unit_review`, `review`).
//! Whoever did not reach the citizen has tried three times.

use crate::access::{Need, Permission};
use crate::command;
use crate::command::{Sent, Ticked, Together, Version, Words};
use crate::fault::{Check, Code};
use crate::quality::has_personal_number;
use crate::ticket::AssignmentStatus as A;
use crate::ticket::TicketState as T;
use crate::ticket::rules::length;
use crate::ticket::{HandleResult, Solved, Verb};

use super::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Send reply
    ///
    /// The unit's result and the answer for the citizen.
    Reply {
        /// The version that the sender saw.
        version: Version,
        /// What was done, at least 20 characters (V16).
        handling: Words<{ length::HANDLING_MIN }, { length::ANSWER }>,
        /// The answer for the citizen, 10 to 4,000 characters.
        public_reply: Words<{ length::CONTENT_MIN }, { length::ANSWER }>,
        /// Whether the facts were true.
        fact_true: HandleResult,
        /// The unit's view whether it is solved.
        solved: Solved,
        /// Whether the citizen was reached.
        contacted: bool,
        /// Tries to reach the citizen; three when not reached.
        contact_tries: Option<u8>,
        /// Why it is not solved; required when `solved` is `no`.
        unsolved_reason: Option<Words<1, { length::EXPLANATION }>>,
        /// Laws or policies relied on, at most 500 characters.
        basis: Option<Words<1, { length::ADVICE }>>,
        /// Send it though a mobile or identity number stands in the answer for the citizen (V18); without it that is refused.
        anyway: Ticked,
    }
}

/// Whether an answer is among what somebody may do.
pub fn may_answer(actions: &[Verb]) -> bool {
    actions.contains(&Verb::Reply)
}

impl CaseVerb for Reply {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "handling": "三月三日到现场查看，确认屋面防水层破损，已责成物业修复并复查。", "public_reply": "您反映的屋顶漏水经查属实，已督促物业完成维修。", "fact_true": "true", "solved": "yes", "contacted": true, "contact_tries": 1}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Reply,
        need: Need::Permission(Permission::AssignmentReply),
        on: On::Assignment,
        states: &[T::Dispatched, T::Handling, T::Tracking],
        statuses: &[A::Signed, A::SubAssigned, A::Handling],
        rank: 1,
    };
    const ENTERED_LATER: bool = true;
}

impl Together for Reply {
    fn check(sent: &Sent, check: &mut Check) {
        let tries: Option<Option<u8>> = sent.peek("contact_tries");
        let few = tries.is_some_and(|tries| tries.unwrap_or_default() < length::CONTACT_TRIES);
        if sent.peek::<bool>("contacted") == Some(false) && few {
            check.add_with(
                "contact_tries",
                Code::InputNumber,
                &[("min", &length::CONTACT_TRIES)],
            );
        }
        let unsolved = sent.peek::<Solved>("solved") == Some(Solved::No);
        let why: Option<Option<Words<1, { length::EXPLANATION }>>> = sent.peek("unsolved_reason");
        if unsolved && why == Some(None) {
            check.add("unsolved_reason", Code::InputRequired);
        }
        let anyway = sent.peek::<Ticked>("anyway").is_some_and(|it| it.0);
        let told = sent.peek::<Words<1, { length::ANSWER }>>("public_reply");
        if !anyway && told.is_some_and(|told| has_personal_number(&told)) {
            check.add("public_reply", Code::InputPersonal);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::Command as _;

    #[test]
    fn a_number_in_the_answer_is_sent_only_when_that_is_said() {
        let read = |answer: &str, anyway: bool| {
            let mut fields: serde_json::Map<String, serde_json::Value> =
                serde_json::from_str(Reply::EXAMPLE).expect("an object");
            fields.insert("public_reply".to_owned(), answer.into());
            fields.insert("anyway".to_owned(), anyway.into());
            let sent = Sent::json(fields);
            let at = |fault: crate::fault::Fault| fault.fields.first().map(|at| at.code);
            Reply::read(sent).map(|reply| reply.anyway.0).map_err(at)
        };
        let with = "您反映的问题已处理，请联系施工负责人 13812345678。";
        assert_eq!(read(with, false), Err(Some(Code::InputPersonal)));
        assert_eq!(read(with, true), Ok(true));
        let office = "您反映的问题已处理，咨询电话 025-83600000。";
        assert_eq!(read(office, false), Ok(false));
    }
}
