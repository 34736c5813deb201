//! Correct and erase what a ticket keeps about its citizen (更正、删除诉求人信息). The history says that and why, never what it was.
//! Not here: sealing it anew and finding it by hashes (`store::tickets::row`).
//! Who has asked proves it to whoever does it; the reason says how.

use shared::fault::{Code, Fault};
use shared::person::EmailAddress;
use shared::ticket::Verb;
use shared::ticket::verbs::{CorrectCitizen, EraseCitizen};

use crate::host::Decide;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

impl Decide for CorrectCitizen {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let sent = [
            ("name", self.name.as_deref()),
            ("email", self.email.as_ref().map(EmailAddress::as_str)),
        ];
        for (field, value) in sent {
            // What was copied from a masked block would take the place of what it hides.
            if value.is_some_and(|value| value.contains(['*', '＊'])) {
                return Err(Fault::field(field, Code::InputMasked).into());
            }
        }
        let known = copy.case.ticket.citizen.clone();
        let mut citizen = known.ok_or_else(|| copy.not_allowed(Verb::CorrectCitizen))?;
        if let Some(name) = self.name.as_deref() {
            citizen.name = Some(name.to_owned());
        }
        if let Some(phone) = &self.phone {
            citizen.phone = Some(phone.as_str().to_owned());
        }
        if let Some(email) = &self.email {
            citizen.email = Some(email.as_str().to_owned());
        }
        copy.ticket().citizen = Some(citizen);
        let told = Told::default().note(Some(&*self.reason));
        copy.event(Verb::CorrectCitizen, told);
        Ok(())
    }
}

impl Decide for EraseCitizen {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let ticket = copy.ticket();
        ticket.citizen = None;
        ticket.address = None;
        ticket.lon = None;
        ticket.lat = None;
        let told = Told::default().note(Some(&*self.reason));
        copy.event(Verb::EraseCitizen, told);
        Ok(())
    }
}
