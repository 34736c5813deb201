//! Applications (申请单), the third kind of case: what is asked for about an assignment and decided by somebody else. An application hangs on its
//! ticket: a verb of the ticket asks for it, decides it or lets it lapse, and one transaction saves both.
//! Not here: what each sort asks and what follows when it is granted (`tickets/send_back`, `tickets/extend`), its table (`store::applications`).
//! Read next: `hang` (from the ticket's side; `dispute` for send-backs), `kind` and `perform` (from the house's side).

mod directive;
mod dispute;
mod endorse;
mod hang;
mod kind;
mod perform;
mod process;
mod ruling;
mod settle;

pub(crate) use directive::due;
pub(crate) use dispute::{may_send_back, stage_of, waiting_stage};
pub(crate) use endorse::{endorsed_view, waits_for_unit, with_unit};
pub(crate) use hang::{
    Asked, Decision, Directive, Dispute, Facts, Ruling, Verdict, of_assignment, pending,
};
pub(crate) use process::Versions;
pub use process::{KEY, SHIPPED, VERSIONS};
pub(crate) use ruling::{ruling_view, stands, waiting_ruling};
pub(crate) use settle::settle;
