//! The questionnaire by text message (短信评价): it goes out with the verb that asks for it, and its answers come in once.
//! What stands in its address is in the message alone; only its hash is kept.
//! Not here: the page behind the address (`public::questionnaire`), the message's words (`shared::text::sms`).

use serde::Serialize;
use sha2::{Digest, Sha256};
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::register::ToldEvent;
use shared::text::sms::Notice;
use shared::ticket::questionnaire::AnswerQuestionnaire;
use shared::ticket::{CallOutcome, RatingSource, Solved, TicketState, Verb, VisitChannel};
use store::record::{FollowUp, Questionnaire, Rating, TicketCase};

use crate::host::Order;
use crate::process::said::Saying;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

/// Bytes in an address.
const BYTES: usize = 16;
/// Milliseconds of a day.
const DAY: i64 = 24 * 3_600_000;

/// The hash under which an address is kept.
pub(crate) fn hash_of(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// Sends a questionnaire to the citizen, unless this cycle has one already or there is nobody to send it to.
pub(crate) fn ask(copy: &mut WorkingCopy<'_>) {
    let ticket = &copy.case.ticket;
    let (cycle_no, ticket_id) = (ticket.cycle_no, ticket.id);
    let is_asked = copy
        .case
        .questionnaires
        .iter()
        .any(|it| it.cycle_no == cycle_no);
    let is_rated = copy.case.ratings.iter().any(|it| it.cycle_no == cycle_no);
    if is_asked
        || is_rated
        || ticket.anonymous
        || !ticket.reply_required
        || !copy.is_told(ToldEvent::Questionnaire)
    {
        return;
    }
    let mut secret = [0_u8; BYTES];
    copy.scene.ids.fill(&mut secret);
    let token = hex::encode(secret);
    let now = copy.now();
    let days = i64::from(copy.scene.reference.follow_up.link_days);
    let until = Instant(now.0 + days * DAY);
    let address = format!("{}/rate/{token}", copy.scene.public_url);
    let id = copy.new_id();
    copy.case.questionnaires.push(Questionnaire {
        id,
        ticket_id,
        cycle_no,
        token_hash: hash_of(&token),
        made_at: now,
        ends_at: until,
        used_at: None,
    });
    copy.notify(&Notice::Questionnaire {
        address: &address,
        until,
    });
}

/// The answers that came in under an address.
#[derive(Clone, Serialize)]
pub(crate) struct Answered {
    /// The hash of the address.
    pub(crate) hash: Vec<u8>,
    /// The answers.
    pub(crate) answers: AnswerQuestionnaire,
}

impl Order for Answered {
    type On = TicketCase;

    fn verb(&self) -> Verb {
        Verb::Rate
    }

    fn version(&self) -> Option<i32> {
        None
    }

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let (now, cycle_no) = (copy.now(), copy.case.ticket.cycle_no);
        let all = copy.case.questionnaires.iter_mut();
        let mut waits = all.filter(|it| it.used_at.is_none() && it.ends_at > now);
        let Some(it) = waits.find(|it| it.token_hash == self.hash && it.cycle_no == cycle_no)
        else {
            return Err(Fault::new(Code::QuestionnaireOver).into());
        };
        it.used_at = Some(now);
        keep(self, copy);
        let is_good = is_good(&self.answers);
        let closes = copy.case.ticket.state == TicketState::ToVisit
            && copy.task_for(Verb::Close, None).is_some();
        // Who is content has said all that a call would ask; anything else is for a person to look at.
        if is_good && closes {
            copy.complete(Saying::Close, None)?;
        }
        let answers = &self.answers;
        let told = Told::default()
            .note(answers.opinion.as_deref())
            .fact("satisfaction", answers.satisfaction)
            .fact("solved", answers.solved)
            .fact("channel", VisitChannel::Sms);
        copy.event(Verb::Rate, told);
        Ok(())
    }
}

fn is_good(answers: &AnswerQuestionnaire) -> bool {
    answers.staff_contacted
        && answers.report_true
        && answers.solved == Solved::Yes
        && answers.satisfaction.is_satisfied()
}

/// The answers stand as a follow-up by text message and as a rating.
fn keep(answered: &Answered, copy: &mut WorkingCopy<'_>) {
    let answers = &answered.answers;
    let opinion = answers.opinion.as_deref().map(str::to_owned);
    let (ticket_id, cycle_no) = (copy.id(), copy.case.ticket.cycle_no);
    let call = FollowUp {
        id: copy.new_id(),
        ticket_id,
        cycle_no,
        at: copy.now(),
        by: None,
        by_name: None,
        channel: VisitChannel::Sms,
        connected: true,
        staff_contacted: Some(answers.staff_contacted),
        report_true: Some(answers.report_true),
        solved: Some(answers.solved),
        satisfaction: Some(answers.satisfaction),
        opinion: opinion.clone(),
        outcome: Some(CallOutcome::Answered),
        appointed_at: None,
        done_at: None,
    };
    copy.add_follow_up(call);
    let rating = Rating {
        id: copy.new_id(),
        ticket_id,
        cycle_no,
        at: copy.now(),
        source: RatingSource::Sms,
        satisfaction: answers.satisfaction,
        solved: Some(answers.solved),
        words: opinion,
        settled_at: None,
    };
    copy.add_rating(rating);
}
