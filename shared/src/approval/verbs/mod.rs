//! The verbs on approvals, one file each (two where one answers the other): what it takes, from which states, what it asks, who of those that
//! see the case may, its place among the buttons. Form and REST path, decoding, description, access row, button and refusals follow from it.
//! The word of a verb is the last part of its paths; one verb is one transaction (I3, I4). Not here: words (`text`), what a verb changes
//! (`services::approvals`), where it leads (the definition), who holds a permission (`access::policy`).

use super::view::ApprovalActed;
use super::{ApprovalStatus, ApprovalVerb, Part, TO_INITIATOR, TO_PREVIOUS};
use crate::command::{self, Wrong};
use crate::fault::Code;
use crate::verb::{Rest, Verbs};

pub use crate::verb::CaseVerb;

mod others;

/// What a verb is done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// The whole case.
    Case,
    /// One open task of it, or a part of that; the command says which.
    Task,
    /// What stopped it; the command says which.
    Incident,
    /// Nothing that is there already, or the road is the verb's own.
    Other,
}

/// What somebody has to do with a case that he sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The task waits for him; of the whole case, any task does.
    Holder,
    /// The task waits for him whose part this is.
    HolderOfTask,
    /// Asked for this part.
    Asker,
    /// Filed the case.
    Initiator,
    /// Filed it, or has or had a task in it.
    Participant,
    /// Looks after running processes.
    Keeper,
    /// The same, and did not file the case: what is done past its steps is deciding.
    Operator,
}

/// The verbs on approvals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Approvals {}

impl Verbs for Approvals {
    type Verb = ApprovalVerb;
    type On = On;
    type State = ApprovalStatus;
    type Status = Part;
    type By = By;
    type Acted = ApprovalActed;

    const PAGES: &'static str = "/approvals";

    fn form(_on: On) -> &'static str {
        "/approvals/{id}"
    }

    fn rest(_on: On) -> Rest {
        Rest {
            path: "/approvals/{id}",
            tag: "approvals",
            of: "approval",
        }
    }
}

/// What is true of a verb on approvals.
pub type Descriptor = crate::verb::Descriptor<Approvals>;

verbs! {
    Approvals ApprovalVerb approval_verbs;
    take_back TakeBack,
    correction AskCorrection Correct,
    claim Claim Release,
    reject Reject,
    lacking AcceptLacking Supply,
    signers AddSigner RemoveSigner,
    transfer Transfer,
    delegate Delegate,
    copy Copy,
    pause Suspend Resume,
    cancel Cancel,
    erase_applicant EraseApplicant,
    change_due ChangeDue,
    jump Jump,
    set_variables SetVariables,
    message Message,
    settle Retry Skip,
    ;
    ;
    decide Decide,
    ;
    Approve => &<Decide as CaseVerb>::DESCRIPTOR; LATER,
    Refuse => &<Decide as CaseVerb>::DESCRIPTOR; LATER,
    Start => &others::START; LATER,
    Ring => &others::RING,
    Serve => &others::SERVE,
    End => &others::END,
    Migrate => &others::MIGRATE,
    UndoMigration => &others::UNDO_MIGRATION,
    AddFile => &others::ADD_FILE,
    RemoveFile => &others::REMOVE_FILE,
}

/// Where a case is sent back to.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(into = "String")]
pub enum BackTo {
    /// The step before.
    Previous,
    /// Whoever filed it.
    Initiator,
    /// A step, by its id.
    Step(String),
}

impl From<BackTo> for String {
    fn from(to: BackTo) -> Self {
        match to {
            BackTo::Previous => TO_PREVIOUS.to_owned(),
            BackTo::Initiator => TO_INITIATOR.to_owned(),
            BackTo::Step(step) => step,
        }
    }
}

impl std::str::FromStr for BackTo {
    type Err = Wrong;

    fn from_str(text: &str) -> Result<Self, Wrong> {
        command::Part::of_text(text)
    }
}

impl command::Part for BackTo {
    fn of_text(text: &str) -> Result<Self, Wrong> {
        let step: command::Line<1, { super::rules::ELEMENT }> = command::Part::of_text(text)?;
        Ok(match &*step {
            TO_PREVIOUS => Self::Previous,
            TO_INITIATOR => Self::Initiator,
            _ => Self::Step(step.into()),
        })
    }

    fn absent() -> Result<Self, Wrong> {
        Err(Wrong::new(Code::InputRequired))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::{Command as _, Sent, Username};

    #[test]
    fn a_verb_is_described_under_its_own_name() {
        for verb in ApprovalVerb::ALL {
            let descriptor = verb.descriptor();
            let same = descriptor.verb == *verb;
            assert!(same || *verb == ApprovalVerb::Refuse, "{verb}");
            let of_task = descriptor.on == On::Task;
            assert_eq!(of_task, !descriptor.statuses.is_empty(), "{verb}");
            let of_people = descriptor.on != On::Other;
            assert_eq!(of_people, !descriptor.states.is_empty(), "{verb}");
        }
    }

    #[test]
    fn examples_are_taken_and_name_their_piece() {
        fn taken<V: CaseVerb<Of = Approvals>>() {
            let example: serde_json::Value = serde_json::from_str(V::EXAMPLE).expect("JSON");
            let fields = example.as_object().expect("an object").clone();
            let command = V::read(Sent::json(fields)).expect(V::NAME);
            assert_eq!(command.version(), Some(1), "{}", V::NAME);
            let of_task = V::DESCRIPTOR.on == On::Task;
            assert_eq!(command.piece().is_some(), of_task, "{}", V::NAME);
            assert!(V::all().contains(&command.does()), "{}", V::NAME);
        }
        macro_rules! each {
            ($($command:ident),+) => { $(taken::<$command>();)+ };
        }
        approval_verbs!(each);
    }

    fn wrong<V: CaseVerb>(pairs: &[(&str, &str)]) -> Vec<(String, Code)> {
        let pairs: Vec<(String, String)> = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let fault = V::read(Sent::form(&pairs)).err();
        let fields = fault.expect("something is wrong").fields.into_iter();
        fields.map(|field| (field.field, field.code)).collect()
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        let told =
            wrong::<AcceptLacking>(&[("task", "1"), ("papers", " \n "), ("working_days", "many")]);
        assert_eq!(
            told,
            [
                ("version".to_owned(), Code::InputRequired),
                ("papers".to_owned(), Code::InputRequired),
                ("working_days".to_owned(), Code::InputNumber),
            ]
        );
        let told = wrong::<Decide>(&[("version", "1"), ("task", "x"), ("approved", "no")]);
        assert_eq!(
            told,
            [
                ("task".to_owned(), Code::InputNumber),
                ("opinion".to_owned(), Code::InputRequired),
            ]
        );
        let told = wrong::<SetVariables>(&[("version", "1"), ("variables", "days = 3")]);
        assert_eq!(
            told,
            [
                ("variables".to_owned(), Code::InputBody),
                ("reason".to_owned(), Code::InputRequired),
            ]
        );
    }

    #[test]
    fn a_form_says_lists_in_one_field() {
        let pairs = |all: &[(&str, &str)]| -> Vec<(String, String)> {
            let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
            all.iter().map(owned).collect()
        };
        let sent = pairs(&[("version", "1"), ("users", "wang.wu， li.si,zhao ")]);
        let copy = Copy::read(Sent::form(&sent)).expect("three");
        let users: Vec<&str> = copy.users.iter().map(Username::as_str).collect();
        assert_eq!(users, ["wang.wu", "li.si", "zhao"]);
        let sent = pairs(&[
            ("version", "1"),
            ("task", "7"),
            ("papers", "总平面图\r\n\r\n效果图"),
            ("working_days", "5"),
            ("fields.days", " 3 "),
            ("fields.people", "wang.wu"),
            ("fields.people", "li.si"),
            ("fields.empty", ""),
        ]);
        let lacking = AcceptLacking::read(Sent::form(&sent)).expect("two papers");
        let papers: Vec<&str> = lacking.papers.iter().map(|paper| &**paper).collect();
        assert_eq!(papers, ["总平面图", "效果图"]);
        let typed = lacking.fields.all();
        assert_eq!(typed["people"], "wang.wu,li.si");
        assert_eq!(typed["empty"], "");
    }
}
