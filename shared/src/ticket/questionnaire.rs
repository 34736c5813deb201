//! The questionnaire by text message (短信评价): what whoever has its address reads, and the answers.
//! Not here: the same questions in a call (`verbs::FollowUp`), the rating by number and code (`verbs::Rate`).

use serde::{Deserialize, Serialize};

use super::rules::length;
use super::{Satisfaction, Solved, TicketNo};
use crate::calendar::Instant;
use crate::command;
use crate::command::{Sent, Together, Words};
use crate::fault::{Check, Code};

/// A questionnaire that waits for its answers. It says nothing of what is in the ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionnaireView {
    /// The ticket.
    pub ticket_no: TicketNo,
    /// Until when it can be answered.
    pub until: Instant,
}

command! {
    /// AnswerQuestionnaire
    ///
    /// The four questions, each on its own, once.
    AnswerQuestionnaire {
        /// Did the staff contact you?
        staff_contacted: bool,
        /// Is the handling report true?
        report_true: bool,
        /// Is it solved?
        solved: Solved,
        /// 1 to 5.
        satisfaction: Satisfaction,
        /// At most 1,000 characters.
        opinion: Option<Words<1, { length::EXPLANATION }>>,
    }
}

impl Together for AnswerQuestionnaire {
    fn check(sent: &Sent, check: &mut Check) {
        let given = sent.peek::<Satisfaction>("satisfaction");
        if given.is_some_and(|given| !given.is_rated()) {
            check.add("satisfaction", Code::InputCode);
        }
    }
}
