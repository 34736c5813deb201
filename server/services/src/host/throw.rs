//! Messages and signals that leave a case of any kind: put on their way with the change itself.
//! Not here: who gets them (`deliver`).
//! Events that only answer each other would go on for ever: after so many in a row a case waits as an incident, and none starts.

use bpmn::Vars;
use shared::approval::EventKind;
use shared::process::obstacle::Obstacle;
use store::record::{Delivery, Receiver};
use uuid::Uuid;

use super::{Halt, Kind, WorkingCopy};

/// Events in a row without a person or a clock between them.
const HOPS: i32 = 25;

impl<C: Kind> WorkingCopy<'_, C> {
    pub(super) fn throw(
        &mut self,
        kind: EventKind,
        element: &str,
        name: String,
        local: &Vars,
    ) -> Result<(), Halt> {
        if self.hops >= HOPS {
            return Err(self.halted(element, None, Obstacle::TooManyHops { most: HOPS }));
        }
        // A message carries what its place sees; a signal says only that something has happened.
        let mut sent = match kind {
            EventKind::Message => self
                .instance()
                .and_then(bpmn::Instance::variables)
                .cloned()
                .unwrap_or_default(),
            EventKind::Signal => Vars::new(),
        };
        sent.extend(local.clone());
        let area = match kind {
            EventKind::Signal => self.area_of(element),
            EventKind::Message => None,
        };
        let head = self.case.head();
        self.thrown.push(Delivery {
            id: self.next_delivery(),
            sent_at: self.scene.now,
            kind,
            name,
            sent_by: Some(head.id),
            initiator: head.initiator.or(self.scene.actor.user()),
            hops: self.hops + 1,
            receiver: Receiver::Open,
            variables: serde_json::to_string(&sent).map_err(anyhow::Error::new)?,
            rests_since: None,
            keep_until: None,
            incident: None,
            area,
        });
        Ok(())
    }

    /// How far a signal is heard (`ms:area` at the event that throws it): where the case is, in its city, or in a division by its code.
    fn area_of(&self, element: &str) -> Option<String> {
        let definition = self.scene.library.definition_of(element)?;
        let words = definition.element(element)?.attr("area")?;
        let region = self.case.head().region;
        let code = match words.trim() {
            "" => return None,
            "case" => region,
            "city" => shared::place::city(region).unwrap_or(region),
            code => code,
        };
        Some(shared::place::prefix(code).to_owned())
    }

    /// One for each event of each version of each case.
    fn next_delivery(&self) -> Uuid {
        let head = self.case.head();
        let version = u128::from(head.version.unsigned_abs());
        let number = (version << 16) | self.thrown.len() as u128;
        Uuid::from_u128(head.id.0.as_u128() ^ number)
    }
}
