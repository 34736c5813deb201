//! Close (办结): after the citizen was reached or wanted no call, after enough tries, or left out by the sample (`domain.md` 3.2, row 18).
//! Not here: closing at the desk (`answer`) and at the review (`review`).
//! Silence stays unrated: who could not be reached, or wanted no call, is marked so and never counted as satisfied.

use shared::ticket::verbs::Close;
use shared::ticket::{ExemptReason, Satisfaction, Verb};

use crate::host::Decide;
use crate::process::said::Saying;
use crate::tickets::flow;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

impl Decide for Close {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let mut told = Told::default();
        if !flow::is_followed_up(&copy.case) {
            if self.exempt != Some(ExemptReason::SampledOut)
                || !flow::may_be_sampled_out(&copy.case)
            {
                return Err(flow::follow_up_missing(&copy.case).into());
            }
            copy.ticket().exempt_reason = self.exempt;
            told = told.fact("exempt", ExemptReason::SampledOut);
        } else if copy.case.ratings.is_empty()
            && !copy.case.follow_ups.iter().any(|call| call.connected)
        {
            let said = if flow::wants_no_call(&copy.case) {
                Satisfaction::Refused
            } else {
                Satisfaction::Unreachable
            };
            let ticket = copy.ticket();
            ticket.first_satisfaction = said;
            ticket.latest_satisfaction = said;
        }
        copy.complete(Saying::Close, None)?;
        copy.event(Verb::Close, told);
        Ok(())
    }
}
