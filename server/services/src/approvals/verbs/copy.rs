//! Copy to people (抄送): they read along from now on.
//! Not here: asking them for an opinion (`signers`).
//! Whoever takes part in a case may copy it, the initiator and the holder of a task included.

use shared::approval::ApprovalVerb;
use shared::approval::verbs::Copy;
use shared::fault::Fault;
use store::record::Involved;

use crate::approvals::rights;
use crate::approvals::working_copy::{Halt, Told, WorkingCopy};
use crate::host::Decide;
use crate::host::people::Person;

impl Decide for Copy {
    fn names(&self) -> Vec<String> {
        let names = self.users.iter().map(|user| user.as_str().to_owned());
        names.collect()
    }

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let named = |name: &shared::command::Username| -> Result<Person, Fault> {
            let person = copy.scene.people.must("users", name.as_str())?;
            rights::may_read_along(&person, &copy.case).map_err(|why| why.fault("users"))?;
            Ok(person)
        };
        let people: Vec<Person> = self.users.iter().map(named).collect::<Result<_, _>>()?;
        let mut names = Vec::new();
        for person in people {
            copy.involve(person.user, &person.name, Involved::Reader);
            names.push(person.name);
        }
        let told = Told::default().note(self.note.as_deref());
        copy.event(ApprovalVerb::Copy, told.fact("users", names.join("、")));
        Ok(())
    }
}
