//! What each verb of an approval takes. The same structs are decoded from forms and REST bodies.
//! `version` is the one that the person saw; people are named by sign-in name; texts are counted in characters (`rules`).
//! Not here: what comes back (`view`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{EventKind, SignPlace};
use crate::ticket::RequestKind;

macro_rules! commands {
    ($($(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident: $ty:ty,)* })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$fmeta])* pub $field: $ty,)* }
    )+};
}

commands! {
    /// File (发起) an application on the active version of a definition.
    Start {
        /// Key of the definition.
        definition: String,
        /// What it is about, 2 to 80 characters.
        title: String,
        /// The start form's fields as typed.
        #[serde(default)]
        fields: BTreeMap<String, String>,
    }

    /// Approve or refuse (同意, 不同意): the task, or the part of it that somebody was asked for.
    Decide {
        version: i32,
        task: i64,
        /// 0 is the task itself.
        #[serde(default)]
        part: i32,
        approved: bool,
        /// Required when refusing, at most 1,000 characters.
        #[serde(default)]
        opinion: Option<String>,
        /// The task form's fields as typed.
        #[serde(default)]
        fields: BTreeMap<String, String>,
    }

    /// Send back (驳回) to the step before, to the initiator, or to a step that was done.
    Reject {
        version: i32,
        task: i64,
        /// `previous`, `initiator`, or the id of a step.
        to: String,
        /// Why, 2 to 1,000 characters.
        opinion: String,
    }

    /// Take back (撤回) what one has just decided, as long as nobody has acted on it.
    TakeBack {
        version: i32,
        /// Why, at most 1,000 characters.
        #[serde(default)]
        reason: Option<String>,
    }

    /// Add a signer (加签); of a step that several people sign at once, one more of them.
    AddSigner {
        version: i32,
        task: i64,
        user: String,
        place: SignPlace,
        #[serde(default)]
        note: Option<String>,
    }

    /// Remove a signer (减签) who has not acted yet.
    RemoveSigner {
        version: i32,
        task: i64,
        /// 0: one of the people who sign a step at once.
        #[serde(default)]
        part: i32,
        #[serde(default)]
        note: Option<String>,
    }

    /// Hand a task over for good (转办).
    Transfer {
        version: i32,
        task: i64,
        #[serde(default)]
        part: i32,
        user: String,
        #[serde(default)]
        note: Option<String>,
    }

    /// Have somebody handle it and give it back (委派).
    Delegate {
        version: i32,
        task: i64,
        user: String,
        #[serde(default)]
        note: Option<String>,
    }

    /// Let people read along (抄送).
    Copy {
        version: i32,
        users: Vec<String>,
        #[serde(default)]
        note: Option<String>,
    }

    /// Claim (认领) a task that several people may do, or put it back (放回).
    Claim {
        version: i32,
        task: i64,
    }

    /// Ask the initiator for a correction (补正), everything at once; the clocks stand meanwhile.
    AskCorrection {
        version: i32,
        task: i64,
        /// What is missing or wrong, 2 to 1,000 characters.
        missing: String,
    }

    /// Hand in the correction (提交补正); the clocks go on.
    Correct {
        version: i32,
        /// What was corrected, 2 to 1,000 characters.
        note: String,
        /// Fields of the start form that changed, as typed.
        #[serde(default)]
        fields: BTreeMap<String, String>,
    }

    /// Approve with papers still missing (容缺受理), to be handed in within so many working days.
    AcceptLacking {
        version: i32,
        task: i64,
        /// Names of the papers, one per line in forms.
        papers: Vec<String>,
        /// 1 to 60.
        working_days: i32,
        #[serde(default)]
        opinion: Option<String>,
        #[serde(default)]
        fields: BTreeMap<String, String>,
    }

    /// Hand in a paper that was missing (补齐材料).
    Supply {
        version: i32,
        /// Number of the paper.
        paper: i32,
        /// What was handed in, at most 1,000 characters.
        #[serde(default)]
        note: Option<String>,
    }

    /// Suspend (挂起) or resume (恢复) the whole case, or cancel it (撤销申请).
    Reasoned {
        version: i32,
        /// 2 to 1,000 characters.
        reason: String,
    }

    /// Change a task's deadline (改期限).
    ChangeDue {
        version: i32,
        task: i64,
        #[serde(default)]
        part: i32,
        /// The last day, `yyyy-mm-dd`; it ends with the working hours.
        due_on: String,
        reason: String,
    }

    /// Take the case to other places (跳转).
    Jump {
        version: i32,
        /// Elements that are left; empty: everything around the target.
        #[serde(default)]
        leave: Vec<String>,
        /// Elements at which the case goes on.
        go: Vec<String>,
        /// Even where a join might not fill or something would be done twice.
        #[serde(default)]
        despite: bool,
        reason: String,
    }

    /// Set variables of the process (改变量).
    SetVariables {
        version: i32,
        /// JSON values by name.
        variables: BTreeMap<String, serde_json::Value>,
        reason: String,
    }

    /// Try again (重试) what an incident stopped, or go on without it (跳过).
    Settle {
        version: i32,
        /// Number of the incident.
        incident: i32,
        reason: String,
    }

    /// Deliver a message to a process that waits for it.
    Message {
        version: i32,
        name: String,
        #[serde(default)]
        variables: BTreeMap<String, serde_json::Value>,
    }

    /// Send a message or a signal from outside: to cases that wait for it, or to a definition that begins with it.
    Throw {
        kind: EventKind,
        name: String,
        /// For a message: the number of the case that is to get it. Without one it starts a new case.
        #[serde(default)]
        approval_no: Option<String>,
        #[serde(default)]
        variables: BTreeMap<String, serde_json::Value>,
    }

    /// Deploy a definition (BPMN 2.0) or decision tables (DMN), or only check a definition.
    Deploy {
        /// The file's text.
        xml: String,
        /// From when new cases start on it, RFC 3339; absent: not before it is activated.
        #[serde(default)]
        active_from: Option<String>,
    }

    /// From when new cases start on a version.
    Activate {
        /// RFC 3339; absent: now.
        #[serde(default)]
        from: Option<String>,
        /// Of tickets only: code of a division in which they start on it; absent: everywhere.
        #[serde(default)]
        area: Option<String>,
        /// Of tickets only: the kind that starts on it; absent: every kind.
        #[serde(default)]
        kind: Option<RequestKind>,
    }

    /// Move running cases from one version to another.
    Migrate {
        from: i32,
        to: i32,
        /// New ids by old ones, where an element's id has changed.
        #[serde(default)]
        mapping: BTreeMap<String, String>,
        /// Only count.
        #[serde(default)]
        dry_run: bool,
    }
}
