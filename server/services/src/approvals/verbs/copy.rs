//! Copy to people (抄送): they read along from now on.
//! Not here: asking them for an opinion (`signers`).
//! Whoever takes part in a case may copy it, the initiator and the holder of a task included.

use shared::approval::command::Copy;
use shared::approval::view::ApprovalActed;
use shared::approval::{ApprovalVerb, rules};
use shared::fault::Fault;
use shared::ids::ApprovalId;
use store::record::Involved;

use crate::approvals::draft::{Draft, Halt, Told};
use crate::approvals::perform::{Order, perform};
use crate::approvals::rights;
use crate::context::Ctx;
use crate::reference::Reference;

impl Order for Copy {
    fn verb(&self) -> ApprovalVerb {
        ApprovalVerb::Copy
    }

    fn version(&self) -> Option<i32> {
        Some(self.version)
    }

    fn names(&self) -> Vec<String> {
        self.users.iter().take(rules::MANY).cloned().collect()
    }

    fn check(&self, _: &Reference, _: &Ctx) -> Result<(), Fault> {
        rules::several("users", &self.users, 64)?;
        rules::optional("note", self.note.as_deref(), rules::WORDS).map(drop)
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        if !rights::takes_part(draft.scene.actor, &draft.case) {
            return Err(Fault::denied().into());
        }
        let note = rules::optional("note", self.note.as_deref(), rules::WORDS)?;
        let mut names = Vec::new();
        for name in rules::several("users", &self.users, 64)? {
            let person = draft.scene.people.must("users", &name)?;
            rights::may_read_along(&person, &draft.case).map_err(|why| why.fault("users"))?;
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
