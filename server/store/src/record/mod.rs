//! Plain records that services read and write; the tables' entities never leave `store` (I10).
//! Instants are UTC milliseconds (`shared::calendar::Instant`). The citizen block is sealed here and opened only through `store::seal`.
//! Not here: SQL (`tickets`, `tickets::case`, …) and rules (`shared::ticket`).

mod application;
mod approval;
mod change;
mod host;
mod reply;
mod ticket_case;
mod trail;

pub use crate::entity::approval::approval::Approval;
pub use crate::entity::approval::approval_paper::ApprovalPaper;
pub use crate::entity::approval::migration::Migration;
pub use crate::entity::approval::process_timer::StartTimer;
pub use crate::entity::case::call::Call;
pub use crate::entity::case::case_person::CasePerson;
pub use crate::entity::case::clock_entry::ClockEntry;
pub use crate::entity::case::incident::Incident;
pub use crate::entity::case::task::Task;
pub use crate::entity::case::timer::Timer;
pub use crate::entity::citizen::mandate::{Mandate, MandateWords};
pub use crate::entity::people::post::PostRow;
pub use crate::entity::people::team::Team;
pub use crate::entity::people::team_member::TeamMember;
pub use crate::entity::quality::live_check::LiveRun;
pub use crate::entity::quality::quality_count::QualityCount;
pub use crate::entity::quality::quality_finding::QualityFinding;
pub use crate::entity::quality::quality_month::QualityMonth;
pub use crate::entity::ticket::application::Application;
pub use crate::entity::ticket::archive::Archive;
pub use crate::entity::ticket::assignment::Assignment;
pub use crate::entity::ticket::contact::Contact;
pub use crate::entity::ticket::follow_up::FollowUp;
pub use crate::entity::ticket::instance::Instance;
pub use crate::entity::ticket::ladder_call::LadderCall;
pub use crate::entity::ticket::ladder_clock::LadderClock;
pub use crate::entity::ticket::merged_ticket::Merged;
pub use crate::entity::ticket::pooled::Pooled;
pub use crate::entity::ticket::questionnaire::Questionnaire;
pub use crate::entity::ticket::rating::Rating;
pub use crate::entity::ticket::ticket::Ticket;
pub use crate::entity::ticket::ticket_link::TicketLink;
pub use crate::entity::ticket::transfer::Transfer;
pub use crate::entity::todo::saved_view::SavedView;
pub use crate::entity::trail::data_request::DataRequest;
pub use crate::entity::trail::draft::Draft;
pub use crate::entity::trail::frozen_figure::FrozenFigure;
pub use application::{ApplicationCase, ApplicationChange, ApplicationEvent};
pub use approval::{ApprovalCase, ApprovalChange, Inside};
pub use change::{Change, Hung, Kept};
pub use host::{ApprovalEvent, CaseKind, Delivery, Event, Involved, Receiver};
pub use reply::Reply;
pub use ticket_case::{TicketCase, TicketChange};
pub use trail::{AuditEntry, ClockKind, OutboxMessage};
