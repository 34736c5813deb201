//! The staff's pages: to-dos, desk, list, ticket, dispatch, report, account, approvals, processes, long jobs, exports, the office's lists. Each is framed by `components::staff::StaffPage`.
//! Not here: what their forms do (`forms::staff`), what they read (`api::staff`).
//! Everything shown was cut to the actor by the services.

mod account;
mod alarms;
mod approvals;
mod bulk;
mod desk;
mod directives;
mod dispatch;
mod drawing;
mod exports;
mod flow;
mod follow_ups;
mod incoming;
mod jobs;
mod list;
mod lists;
mod mandates;
mod measures;
mod notices;
mod notifications;
mod paper;
mod plan;
mod processes;
mod quality;
mod replays;
mod report;
mod rights;
mod rules;
mod search;
mod setup;
mod standard;
mod statements;
mod tasks;
mod teams;
mod ticket;
mod wishes;

pub use account::{
    AccountPage, AccountRequestPage, AccountRequestsPage, AccountsPage, AskAccountPage, FactorPage,
    ImportStaffPage, KeysPage, OneAccountPage, PasswordPage, PlatformsPage, ProviderPage,
    ReviewPage, ReviewsPage, SessionsPage, StandInsPage,
};
pub use alarms::AlarmsPage;
pub use approvals::{
    ApprovalFlowPage, ApprovalPage, ApprovalsPage, ChooseProcessPage, FileApprovalPage,
};
pub use bulk::{BulkPage, BulkResultPage};
pub use desk::DeskPage;
pub use directives::{DirectivePage, DirectivesPage};
pub use dispatch::DispatchPage;
pub use exports::ExportsPage;
pub use flow::FlowPage;
pub use follow_ups::FollowUpsPage;
pub use incoming::IncomingPage;
pub use jobs::JobsPage;
pub use list::{ListPage, PersonsPage, ViewsPage};
pub use lists::{ListPreviewPage, ListRowPage, ListsPage, OfficeListPage, ReorganisePage};
pub use mandates::WhoActsPage;
pub use measures::{
    ChecksPage, CubesPage, DataRequestsPage, FrozenPage, MeasuresPage, QualityMonthsPage,
    ThreePage, TouchedPage,
};
pub use notices::{NoticeSettingsPage, NoticesPage};
pub use notifications::NotificationsPage;
pub use paper::{PaperBlockPage, PaperPage};
pub use plan::PlanPage;
pub use processes::{ProcessPage, ProcessesPage};
pub use quality::QualityPage;
pub use report::ReportPage;
pub use rights::{
    AuditAlarmsPage, AuditPage, AuditReportsPage, PeoplePage, PersonPage, PersonalFieldsPage,
    PersonalLooksPage, ReadersPage, RolePage, RolesPage,
};
pub use rules::{RuleReadersPage, RulesPage};
pub use search::SearchResultsPage;
pub use setup::{ReadyPage, SetUpPage, StepsPage};
pub use standard::{
    BoardPage, FigureWarningsPage, KeptReportPage, KeptReportsPage, PivotsPage,
    ScheduledReportsPage, StandardReportPage, StandardReportsPage,
};
pub use statements::StatementsPage;
pub use tasks::{PhrasesPage, ShelfPage, TasksPage};
pub use teams::{TeamPage, TeamsPage};
pub use ticket::TicketPage;
pub use wishes::WishesPage;
