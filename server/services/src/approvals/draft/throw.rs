//! Messages and signals that leave a case: put on their way with the change itself.
//! Not here: who gets them (`events`).
//! Events that only answer each other would go on for ever: after so many in a row a case waits as an incident, and none starts.

use bpmn::Vars;
use shared::approval::{EventKind, IncidentKind};
use store::record::{Delivery, Incident, Receiver};
use uuid::Uuid;

use super::{Draft, Halt};

/// Events in a row without a person or a clock between them.
const HOPS: i32 = 25;

impl Draft<'_> {
    pub(super) fn throw(
        &mut self,
        kind: EventKind,
        element: &str,
        name: String,
        local: &Vars,
    ) -> Result<(), Halt> {
        if self.hops >= HOPS {
            return Err(Halt::Stopped(Box::new(Incident {
                n: 0,
                kind: IncidentKind::Condition,
                element: element.to_owned(),
                task_no: None,
                timer_no: None,
                words: format!("more than {HOPS} messages and signals one after the other"),
                tries: 1,
                opened_at: self.scene.now,
                settled_at: None,
                settled_by: None,
            })));
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
        self.thrown.push(Delivery {
            id: self.next_delivery(),
            sent_at: self.scene.now,
            kind,
            name,
            sent_by: Some(self.case.approval.id.into()),
            initiator: Some(self.case.approval.started_by),
            hops: self.hops + 1,
            receiver: Receiver::Open,
            variables: serde_json::to_string(&sent).map_err(anyhow::Error::new)?,
        });
        Ok(())
    }

    /// One for each event of each version of each case.
    fn next_delivery(&self) -> Uuid {
        let version = u128::from(self.case.approval.version.unsigned_abs());
        let number = (version << 16) | self.thrown.len() as u128;
        Uuid::from_u128(self.case.approval.id.0.as_u128() ^ number)
    }
}
