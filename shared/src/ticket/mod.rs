//! The ticket (工单): its codes, its number, its verbs (`verbs`), what is taken beside them (`command`) and what pages and programs see (`view`).
//! Rules that decide whether a verb may run are in `rules`; who may run it is in `access`.
//! Start with `state`, then `verbs`.

pub mod bulk;
pub mod caller;
pub mod codes;
pub mod command;
pub mod level;
pub mod number;
pub mod paper;
pub mod plan;
pub mod pool;
pub mod proposal;
pub mod query_code;
pub mod questionnaire;
pub mod rules;
pub mod state;
pub mod together;
pub mod verbs;
pub mod view;

pub use codes::{
    BinReason, CallOutcome, Channel, ContactWay, DeclineReason, ExemptReason, HandleResult, Hold,
    Light, LimitUnit, PressKind, RatingSource, RequestKind, ReturnReason, Satisfaction, SiteKind,
    SlotRole, Solved, SubjectType, UpsetStep, Urgency, VisitChannel,
};
pub use number::TicketNo;
pub use paper::PaperNo;
pub use state::{AssignmentStatus, SealPart, TicketState};
pub use verbs::Verb;
