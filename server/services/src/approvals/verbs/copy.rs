//! Copy to people (抄送): they read along from now on.
//! Not here: asking them for an opinion (`signers`).
//! Whoever takes part in a case may copy it, the initiator and the holder of a task included.

use shared::approval::command::Copy;
use shared::approval::view::ApprovalActed;
use shared::approval::{ApprovalVerb, rules};
use shared::fault::{Fault, both};
use shared::ids::ApprovalId;
use store::record::{ApprovalCase, Involved};

use crate::approvals::draft::{Draft, Halt, Told};
use crate::approvals::perform::{Order, perform};
use crate::approvals::rights;
use crate::context::Ctx;
use crate::host::people::Person;

impl Order for Copy {
    type On = ApprovalCase;

    fn verb(&self) -> ApprovalVerb {
        ApprovalVerb::Copy
    }

    fn version(&self) -> Option<i32> {
        Some(self.version)
    }

    fn names(&self) -> Vec<String> {
        self.users.iter().take(rules::MANY).cloned().collect()
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        if !rights::takes_part(draft.scene.actor, &draft.case) {
            return Err(Fault::denied().into());
        }
        let readers = |users: Vec<String>| -> Result<Vec<Person>, Fault> {
            let named = |name: &String| {
                let person = draft.scene.people.must("users", name)?;
                rights::may_read_along(&person, &draft.case).map_err(|why| why.fault("users"))?;
                Ok(person)
            };
            users.iter().map(named).collect()
        };
        let (people, note) = both(
            rules::several("users", &self.users, 64).and_then(readers),
            rules::optional("note", self.note.as_deref(), rules::WORDS),
        )?;
        let mut names = Vec::new();
        for person in people {
            draft.involve(person.user, &person.name, Involved::Reader);
            names.push(person.name);
        }
        draft.event(
            self.verb(),
            Told::default().note(note).fact("users", names.join("、")),
        );
        Ok(())
    }
}

/// Lets people read along.
pub async fn copy(ctx: &Ctx, id: ApprovalId, command: Copy) -> Result<ApprovalActed, Fault> {
    perform(ctx, id, command).await
}
