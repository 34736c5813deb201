//! Record a visit on site (现场记录): it stands with the part and in the history (`domain.md` 3.2).
//! Not here: which visits need two officers (the command), how it is shown (`views`).

use shared::fault::{Code, Fault};
use shared::ids::FileId;
use shared::place::{Latitude, Longitude};
use shared::ticket::Verb;
use shared::ticket::verbs::RecordSite;
use store::record::SiteRecord;

use crate::host::Decide;
use crate::tickets::evidence;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

impl Decide for RecordSite {
    fn files(&self) -> Vec<FileId> {
        self.files.clone()
    }

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let id = copy.aimed()?;
        let now = copy.now();
        if self.visited_at > now {
            return Err(Fault::field("visited_at", Code::InputFutureDate).into());
        }
        let files = evidence::named(copy, &self.files)?;
        let actor = copy.scene.actor;
        let text = |words: Option<&str>| words.map(str::to_owned);
        let count = files.len();
        let record = SiteRecord {
            id: copy.new_id(),
            ticket_id: copy.id(),
            assignment_id: id,
            cycle_no: copy.case.ticket.cycle_no,
            at: now,
            by: actor.user(),
            by_name: actor.signature(),
            kind: self.site_kind,
            visited_at: self.visited_at,
            address: text(self.address.as_deref()),
            lon: self.lon.map(Longitude::get),
            lat: self.lat.map(Latitude::get),
            officer: (*self.officer).to_owned(),
            officer_no: text(self.officer_no.as_deref()),
            second_officer: text(self.second_officer.as_deref()),
            second_officer_no: text(self.second_officer_no.as_deref()),
            found: (*self.found).to_owned(),
            measures: text(self.measures.as_deref()),
            files,
        };
        copy.case.site_records.push(record);
        // Whoever looks at the assignment has to look again.
        copy.change_assignment(id, |_| ())?;
        let told = Told::default()
            .of(id)
            .note(Some(&*self.found))
            .fact("site_kind", self.site_kind)
            .fact("proofs", count);
        copy.event(Verb::RecordSite, told);
        Ok(())
    }
}
