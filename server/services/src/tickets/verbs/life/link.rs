//! Link (关联) and unlink (取消关联): a row at the ticket whose verb it is, seen from both sides; neither ticket changes by it.
//! Not here: merging (`merge`), which links the page shows (`views::read`).
//! The other ticket is looked up inside the scope of whoever acts: what is out of reach is not there.

use shared::fault::{Code, Fault};
use shared::ticket::TicketNo;
use shared::ticket::Verb;
use shared::ticket::rules::length;
use shared::ticket::verbs::{Link, Unlink};
use store::record::{TicketCase, TicketLink};

use crate::host::Decide;
use crate::tickets::rights;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

/// Links of a case that hold.
pub(crate) fn holding(case: &TicketCase) -> impl Iterator<Item = &TicketLink> {
    case.links.iter().filter(|it| it.ended_at.is_none())
}

impl Decide for Link {
    fn tickets(&self) -> Vec<String> {
        vec![self.ticket.to_string()]
    }

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        whole(copy)?;
        let id = copy.id();
        let other = copy.others.first().filter(|it| it.id != id).cloned();
        let other = other.ok_or_else(|| Fault::field("ticket", Code::LinkTicket))?;
        let is_known = holding(&copy.case).any(|it| {
            let both = (it.ticket_id, it.other_id);
            it.kind == self.link && (both == (id, other.id) || both == (other.id, id))
        });
        if is_known {
            return Err(Fault::new(Code::LinkKnown).into());
        }
        if holding(&copy.case).count() >= length::LINKS {
            return Err(Fault::new(Code::LinkMost).fact("max", length::LINKS).into());
        }
        let own = copy.case.links.iter().filter(|it| it.ticket_id == id);
        let last = own.map(|it| it.n).max().unwrap_or(0);
        let actor = copy.scene.actor;
        let note = self.link_note.as_deref();
        let link = TicketLink {
            ticket_id: id,
            n: last + 1,
            ticket_no: copy.case.ticket.ticket_no.clone(),
            other_id: other.id,
            other_no: TicketNo::parse(&other.no).ok_or_else(Fault::missing)?,
            kind: self.link,
            note: note.map(str::to_owned),
            at: copy.now(),
            by: actor.user(),
            by_name: actor.signature(),
            ended_at: None,
            ended_by: None,
            ended_by_name: None,
            end_reason: None,
        };
        copy.case.links.push(link);
        let told = Told::default()
            .note(note)
            .fact("link", self.link)
            .fact("linked_no", &other.no);
        copy.event(Verb::Link, told);
        Ok(())
    }
}

impl Decide for Unlink {
    fn tickets(&self) -> Vec<String> {
        vec![self.ticket.to_string()]
    }

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        whole(copy)?;
        let other = copy.others.first().map(|it| it.id);
        let other = other.ok_or_else(|| Fault::field("ticket", Code::LinkTicket))?;
        let (now, actor) = (copy.now(), copy.scene.actor);
        let reason = self.reason.to_string();
        let mut ended = 0;
        for link in &mut copy.case.links {
            let is_with = link.other_id == other || link.ticket_id == other;
            if is_with && link.ended_at.is_none() {
                link.ended_at = Some(now);
                link.ended_by = actor.user();
                link.ended_by_name = actor.signature();
                link.end_reason = Some(reason.clone());
                ended += 1;
            }
        }
        if ended == 0 {
            return Err(Fault::field("ticket", Code::LinkTicket).into());
        }
        let told = Told::default()
            .note(Some(&reason))
            .fact("linked_no", &self.ticket);
        copy.event(Verb::Unlink, told);
        Ok(())
    }
}

/// Not by who only had a part in it.
fn whole(copy: &WorkingCopy<'_>) -> Result<(), Halt> {
    if rights::own_part_only(copy.scene.actor, &copy.case) {
        return Err(Fault::denied().into());
    }
    Ok(())
}
