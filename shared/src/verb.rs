//! What a verb is, for every kind of case: its command, from which states, what it asks, who of those that reach the case, its place among
//! the buttons. Form and REST path, decoding, description, access row, button and refusals follow from it (I6, I13).
//! Not here: the verbs themselves (`ticket::verbs`, `approval::verbs`), what they change (services), words (`text`).

use std::fmt::{Debug, Display};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::access::Need;
use crate::command::{Command, FieldRow};
use crate::fault::Code;

/// The verbs of one kind of case, and where they are reached.
pub trait Verbs: Debug + Clone + Copy + PartialEq + Eq + Send + Sync + 'static {
    /// The closed list of verbs.
    type Verb: Debug + Display + Copy + PartialEq + Eq + Send + Sync + 'static;
    /// What a verb is done to.
    type On: Debug + Copy + PartialEq + Eq + Send + Sync + 'static;
    /// How a case stands.
    type State: Debug + Copy + PartialEq + Eq + Send + Sync + 'static;
    /// How the piece stands, or what kind of piece it is, to which the verb is done.
    type Status: Debug + Copy + PartialEq + Eq + Send + Sync + 'static;
    /// What somebody has to do with a case beside reaching it.
    type By: Debug + Copy + PartialEq + Eq + Send + Sync + 'static;
    /// How the case stands afterwards.
    type Acted: Serialize + DeserializeOwned + Send + Sync + 'static;

    /// Where cases of the kind have their pages: `/tickets`.
    const PAGES: &'static str;

    /// Where a form is posted, but for the verb's word. The case comes first, what the verb is done to comes last.
    fn form(on: Self::On) -> &'static str;

    /// Where a program calls it, but for the verb's word.
    fn rest(on: Self::On) -> Rest;
}

/// Where programs call a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rest {
    /// The path up to the verb's word: `/tickets/{id}`.
    pub path: &'static str,
    /// Chapter of the description.
    pub tag: &'static str,
    /// What the id is of.
    pub of: &'static str,
}

/// What is true of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Descriptor<K: Verbs> {
    /// The verb, whose word is the last part of its paths.
    pub verb: K::Verb,
    /// The right, at every entrance that leads to it.
    pub need: Need,
    /// What it is done to.
    pub on: K::On,
    /// States of the case from which it may be done.
    pub states: &'static [K::State],
    /// Of the piece as well; none where no piece is asked.
    pub statuses: &'static [K::Status],
    /// Place among the buttons: what the stage waits for is low, rare things are high.
    pub rank: u8,
}

/// A piece of a case that a command names in its own fields: a task, and a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Number of the task.
    pub task: i64,
    /// 0 is the task itself.
    pub part: i32,
}

/// A command of a verb on a case of some kind.
pub trait CaseVerb: Command {
    /// The kind.
    type Of: Verbs;

    /// The verb's descriptor.
    const DESCRIPTOR: Descriptor<Self::Of>;
    /// A command as a program sends it: for the interface's description, and for tests that call every verb.
    const EXAMPLE: &'static str;
    /// Who of those that reach the case may do it; nobody is named where the right is all that is asked.
    const BY: &'static [<Self::Of as Verbs>::By] = &[];
    /// Faults of the whole that a form shows at one of its fields.
    const AT_FIELD: &'static [(Code, &'static str)] = &[];

    /// Whether what it says may have been done before it is entered: offline, or on paper. Its command may then say when (`DONE_AT`).
    const ENTERED_LATER: bool = false;

    /// The last part of its paths.
    fn word() -> String {
        Self::DESCRIPTOR.verb.to_string()
    }

    /// All verbs that the command may be.
    fn all() -> Vec<VerbOf<Self>> {
        vec![Self::DESCRIPTOR.verb]
    }

    /// Which of them this one is.
    fn does(&self) -> VerbOf<Self> {
        Self::DESCRIPTOR.verb
    }

    /// The piece of the case that it names.
    fn piece(&self) -> Option<Piece> {
        None
    }
}

/// The field that says when something was done, beside those of the command itself.
pub const DONE_AT: FieldRow = FieldRow {
    name: "done_at",
    words: "When it was done, where that was before it is sent: offline, or on paper. Not in the future, not before what it builds on, at most 7 days ago. Deadlines go by the time at which it is received.",
};

/// Marks a verb in the register, whose road is its own, as one that may be entered later than it was done.
pub const LATER: bool = true;

/// The verb of a command.
pub type VerbOf<V> = <<V as CaseVerb>::Of as Verbs>::Verb;
/// The answer to a command.
pub type ActedOf<V> = <<V as CaseVerb>::Of as Verbs>::Acted;

/// The register of a kind's verbs, a line per file: first those that go the common road under their own name, then those with a road of
/// their own, then commands that are several verbs, then which descriptor verbs have that no line names (`; LATER` where they may be entered
/// later). The macro of the kind calls another with the commands of the common road.
#[macro_export]
macro_rules! verbs {
    (
        $kind:ident $verb:ident $export:ident;
        $($file:ident $($name:ident)+,)*
        ;
        $($own_file:ident $own:ident,)*
        ;
        $($many_file:ident $many:ident,)*
        ;
        $($variant:ident => $descriptor:expr $(; $later:ident)?,)*
    ) => {
        $(mod $file;)*
        $(mod $own_file;)*
        $(mod $many_file;)*
        $($(pub use $file::$name;)+)*
        $(pub use $own_file::$own;)*
        $(pub use $many_file::$many;)*

        impl $verb {
            /// What is true of the verb.
            pub const fn descriptor(self) -> &'static $crate::verb::Descriptor<$kind> {
                match self {
                    $($(Self::$name => &<$name as $crate::verb::CaseVerb>::DESCRIPTOR,)+)*
                    $(Self::$own => &<$own as $crate::verb::CaseVerb>::DESCRIPTOR,)*
                    $(Self::$variant => $descriptor,)*
                }
            }

            /// Whether its command may say when it was done.
            pub const fn is_entered_later(self) -> bool {
                match self {
                    $($(Self::$name => <$name as $crate::verb::CaseVerb>::ENTERED_LATER,)+)*
                    $(Self::$own => <$own as $crate::verb::CaseVerb>::ENTERED_LATER,)*
                    $(Self::$variant => false $(|| $crate::verb::$later)?,)*
                }
            }

            /// The right that the verb asks, at every entrance that leads to it.
            pub const fn need(self) -> $crate::access::Need {
                self.descriptor().need
            }
        }

        $crate::each_verb!($export; $($($name)+)* $($many)*);
    };
}

/// The macro of a kind, which calls another with all commands of the common road.
#[macro_export]
macro_rules! each_verb {
    ($export:ident; $($name:ident)+) => {
        /// Calls a macro with the commands of all verbs of the kind that go the common road.
        #[macro_export]
        macro_rules! $export {
            ($each:ident) => { $each! { $($name),+ } };
        }
    };
}
