//! Hand over (转接移交) to an emergency number or another hotline: the ticket ends with it, or goes on beside it; the citizen is told, and the receipt may be
//! entered later (`domain.md` 3.2, row 3).
//! Not here: the bodies (`register::holding`), what the page shows (`views::read`).
//! The process is told what it is told of a withdrawal: that nothing is left to do. What the ticket has come to says the verb.

use shared::fault::{Code, Fault};
use shared::text::sms::Notice;
use shared::ticket::rules::length;
use shared::ticket::verbs::{EnterReceipt, Transfer};
use shared::ticket::{TicketState, Verb};
use store::record;

use crate::host::Decide;
use crate::tickets::office;
use crate::tickets::verbs::withdraw::end_all;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

impl Decide for Transfer {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let before = i32::try_from(copy.case.transfers.len()).unwrap_or(i32::MAX);
        if before >= length::TRANSFERS {
            return Err(Fault::new(Code::TransferMost)
                .fact("max", length::TRANSFERS)
                .into());
        }
        let lists = &copy.scene.reference.lists;
        let mut bodies = lists.bodies(&copy.case.ticket.region).into_iter();
        let body = bodies.find(|it| it.code == self.body.as_str());
        let body = body.ok_or_else(|| office::unknown("body", &self.body))?;
        let receipt = self.receipt.as_deref().map(str::to_owned);
        let actor = copy.scene.actor;
        let now = copy.now();
        let transfer = record::Transfer {
            ticket_id: copy.id(),
            n: before + 1,
            body: body.code.clone(),
            body_zh: body.zh.clone(),
            body_en: body.en.clone(),
            explanation: self.explanation.to_string(),
            public_words: self.public_words.to_string(),
            at: now,
            done_at: copy.scene.done_at,
            by: actor.user(),
            by_name: actor.signature(),
            goes_on: self.goes_on.0,
            receipt_at: receipt.as_ref().map(|_| now),
            receipt_by: actor.user().filter(|_| receipt.is_some()),
            receipt_by_name: actor.signature().filter(|_| receipt.is_some()),
            receipt: receipt.clone(),
        };
        copy.case.transfers.push(transfer);
        if !self.goes_on.0 {
            end_all(copy)?;
            let ticket = copy.ticket();
            ticket.state = TicketState::External;
            ticket.answer = Some(self.public_words.to_string());
        }
        let told = Told::default()
            .note(Some(&*self.explanation))
            .fact("transfer", before + 1)
            .fact("body", &body.code)
            .fact("body_zh", &body.zh)
            .fact("body_en", &body.en)
            .fact("goes_on", self.goes_on.0);
        let told = match receipt {
            Some(receipt) => told.fact("receipt", receipt),
            None => told,
        };
        copy.event(Verb::Transfer, told);
        copy.notify(&Notice::Transferred {
            body: &body.zh,
            words: &self.public_words,
        });
        Ok(())
    }
}

impl Decide for EnterReceipt {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let (now, actor) = (copy.now(), copy.scene.actor);
        let mut all = copy.case.transfers.iter_mut();
        let waits = all.find(|it| it.n == self.transfer.get() && it.receipt.is_none());
        let Some(transfer) = waits else {
            return Err(Fault::new(Code::TransferReceipt)
                .fact("transfer", self.transfer.get())
                .into());
        };
        transfer.receipt = Some((*self.receipt).to_owned());
        transfer.receipt_at = Some(now);
        transfer.receipt_by = actor.user();
        transfer.receipt_by_name = actor.signature();
        let told = Told::default()
            .note(self.note.as_deref())
            .fact("transfer", transfer.n)
            .fact("body_zh", &transfer.body_zh)
            .fact("body_en", &transfer.body_en)
            .fact("receipt", &*self.receipt);
        copy.event(Verb::EnterReceipt, told);
        Ok(())
    }
}
