//! Close (办结): after the citizen was reached, after three tries, or left out by the sample (`domain.md` 3.2, row 18).
//! Not here: closing at the desk (`answer`) and at the review (`review`).
//! Silence stays unrated; who could not be reached is marked so and never counted as satisfied.

use shared::ticket::verbs::Close;
use shared::ticket::{ExemptReason, Satisfaction, Verb};

use super::act::Decide;
use crate::cases::draft::{Draft, Halt, Told};
use crate::cases::flow;
use crate::process::said::Saying;

impl Decide for Close {
    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        let mut told = Told::default();
        if !flow::is_followed_up(&draft.case) {
            if self.exempt != Some(ExemptReason::SampledOut)
                || !flow::may_be_sampled_out(&draft.case)
            {
                return Err(flow::follow_up_missing(&draft.case).into());
            }
            draft.ticket().exempt_reason = self.exempt;
            told = told.fact("exempt", ExemptReason::SampledOut);
        } else if draft.case.ratings.is_empty()
            && !draft.case.follow_ups.iter().any(|call| call.connected)
        {
            let ticket = draft.ticket();
            ticket.first_satisfaction = Satisfaction::Unreachable;
            ticket.latest_satisfaction = Satisfaction::Unreachable;
        }
        draft.complete(Saying::Close, None)?;
        draft.event(Verb::Close, told);
        Ok(())
    }
}
