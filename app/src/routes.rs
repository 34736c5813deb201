//! The pages: path, title, who may see them. The router and the access table read this one list.
//! Every page renders whole on the server (`SsrMode::Async`), so that it reads without script.
//! Not here: forms (`forms::registry`), files and REST (`server/web`).

use leptos::prelude::*;
use leptos_router::components::{Route, Routes};
use leptos_router::{SsrMode, path};
use shared::access::{Need, needs};
use shared::text::{
    Text, account, approval, bulk, citizen, common, desk, directive, job, notice, notification,
    paper, pool, quality, staff, ticket, todo,
};

use crate::pages::citizen::{FilePage, FiledPage, TicketPage, TrackPage};
use crate::pages::missing::MissingPage;

/// One page.
#[derive(Debug, Clone, Copy)]
pub struct PageRow {
    /// Path in the router's words: `/tickets/:id`.
    pub path: &'static str,
    /// Title in the browser's tab.
    pub title: Text,
    /// Who may see it.
    pub need: Need,
}

const fn open(path: &'static str, title: Text) -> PageRow {
    of(path, title, Need::Nothing)
}

const fn of(path: &'static str, title: Text, need: Need) -> PageRow {
    PageRow { path, title, need }
}

/// Every page.
pub const PAGES: &[PageRow] = &[
    open("/", common::PRODUCT),
    open("/file", citizen::FILE_TITLE),
    open("/filed", citizen::FILED_TITLE),
    open("/track", citizen::TRACK_TITLE),
    open("/track/ticket", citizen::PROGRESS_TITLE),
    open("/track/ticket/:verb", citizen::PROGRESS_TITLE),
    open("/questions", citizen::QUESTIONS_TITLE),
    open("/privacy", citizen::PRIVACY_TITLE),
    open("/rate/:token", citizen::QUESTIONNAIRE),
    open("/me/sign-in", citizen::account::SIGN_IN),
    of("/me", citizen::account::MINE, needs::CITIZEN),
    of("/me/requests/:no", citizen::PROGRESS_TITLE, needs::CITIZEN),
    of(
        "/me/requests/:no/:verb",
        citizen::PROGRESS_TITLE,
        needs::CITIZEN,
    ),
    of("/me/account", citizen::account::ACCOUNT, needs::CITIZEN),
    of(
        "/me/account/:verb",
        citizen::account::ACCOUNT,
        needs::CITIZEN,
    ),
    of("/me/mandates", citizen::mandate::MANDATES, needs::CITIZEN),
    of(
        "/me/mandates/:verb",
        citizen::mandate::MANDATES,
        needs::CITIZEN,
    ),
    of(
        "/me/mandates/:id/:verb",
        citizen::mandate::MANDATES,
        needs::CITIZEN,
    ),
    open("/sign-in", common::SIGN_IN),
    open("/set-up", common::SET_UP),
    of("/set-up/:verb", staff::STEPS, needs::READY),
    of("/office/ready", staff::READY, needs::READY),
    open("/reset", account::RESET),
    of("/account", staff::ACCOUNT, needs::DIRECTORY),
    of("/sign-in/code", account::factor::ASK, needs::SECOND),
    of("/account/factor", account::factor::FACTOR, needs::OWN),
    of("/account/factor/:verb", account::factor::FACTOR, needs::OWN),
    of("/account/passkeys", account::factor::FACTOR, needs::OWN),
    of(
        "/account/passkeys/:id/:verb",
        account::factor::FACTOR,
        needs::OWN,
    ),
    of("/account/password", account::PASSWORD, needs::OWN),
    of("/account/sessions", account::SESSIONS, needs::OWN),
    of("/account/sessions/:verb", account::SESSIONS, needs::OWN),
    of("/account/sessions/:id/:verb", account::SESSIONS, needs::OWN),
    of("/staff/accounts", account::ACCOUNTS, needs::ACCOUNTS),
    of("/staff/accounts/:name", account::ACCOUNTS, needs::ACCOUNTS),
    of(
        "/staff/accounts/:name/:verb",
        account::ACCOUNTS,
        needs::ACCOUNTS,
    ),
    of(
        "/staff/accounts/:name/sessions/:id/:verb",
        account::ACCOUNTS,
        needs::ACCOUNTS,
    ),
    of("/staff/import", account::IMPORT, needs::ACCOUNTS),
    of(
        "/staff/account-requests",
        account::life::REQUESTS,
        needs::ACCOUNT_REQUESTS,
    ),
    of(
        "/staff/account-requests/new",
        account::life::ASK_TITLE,
        needs::APPLYING,
    ),
    of(
        "/staff/account-requests/:id",
        account::life::REQUEST,
        needs::ACCOUNT_REQUESTS,
    ),
    of(
        "/staff/account-requests/:id/:verb",
        account::life::REQUEST,
        needs::ACCOUNT_REQUESTS,
    ),
    of(
        "/account/stand-ins",
        account::stand_in::STAND_INS,
        needs::STAND_INS,
    ),
    of(
        "/account/stand-ins/:id/:verb",
        account::stand_in::STAND_INS,
        needs::STAND_INS,
    ),
    of("/staff/reviews", account::stand_in::REVIEWS, needs::REVIEWS),
    of(
        "/staff/reviews/:id",
        account::stand_in::REVIEWS,
        needs::REVIEWS,
    ),
    of(
        "/staff/reviews/:id/:verb",
        account::stand_in::REVIEWS,
        needs::REVIEWS,
    ),
    of("/staff/keys", account::keys::KEYS, needs::KEYS),
    of("/office/roles", account::posts::ROLES, needs::ROLE_LIST),
    of(
        "/office/roles/:code",
        account::posts::ROLE,
        needs::ROLE_LIST,
    ),
    of(
        "/office/roles/:code/:verb",
        account::posts::ROLE,
        needs::ROLE_LIST,
    ),
    of("/office/people", account::posts::PEOPLE, needs::ROLE_LIST),
    of(
        "/office/people/:name",
        account::posts::PEOPLE,
        needs::ROLE_LIST,
    ),
    of(
        "/office/people/:name/:verb",
        account::posts::PEOPLE,
        needs::ROLE_LIST,
    ),
    of(
        "/office/people/:name/posts/:no/:verb",
        account::posts::PEOPLE,
        needs::ROLE_LIST,
    ),
    of("/office/readers", account::readers::TITLE, needs::READERS),
    of("/office/teams", account::teams::TEAMS, needs::ROLE_LIST),
    of("/office/teams/:id", account::teams::TEAM, needs::ROLE_LIST),
    of(
        "/office/teams/:id/:verb",
        account::teams::TEAM,
        needs::ROLE_LIST,
    ),
    of(
        "/office/teams/:id/members/:no/:verb",
        account::teams::TEAM,
        needs::ROLE_LIST,
    ),
    of("/tasks", staff::TASKS, needs::TO_DO),
    of("/tasks/:shelf", todo::CENTRE, needs::TO_DO),
    of("/bulk", bulk::BULK, needs::TICKETS),
    of("/bulk/:id", bulk::RESULTS, needs::TICKETS),
    of("/desk", desk::TITLE, needs::DESK),
    of("/alarms", ticket::alarm::ALARMS, needs::ALARMS),
    of("/plan", ticket::plan::PLAN, needs::PLANS),
    of("/directives", directive::DIRECTIVES, needs::TICKETS),
    of("/directives/:id", directive::DIRECTIVE, needs::TICKETS),
    of("/tickets", staff::LIST_TITLE, needs::TICKETS),
    of("/tickets/:id", staff::TICKETS, needs::TICKETS),
    of("/tickets/:id/dispatch", desk::DISPATCH, needs::DISPATCHING),
    of("/tickets/:id/flow", ticket::FLOW, needs::TICKETS),
    of("/tickets/:id/:verb", staff::TICKETS, needs::TICKETS),
    of(
        "/tickets/:id/assignments/:assignment/:verb",
        staff::TICKETS,
        needs::TICKETS,
    ),
    of("/reports/overview", staff::REPORT, needs::REPORT),
    of("/approvals", approval::APPROVALS, needs::APPROVALS),
    of("/approvals/new", approval::NEW, needs::FILING),
    of("/approvals/new/:key", approval::NEW, needs::FILING),
    of("/approvals/:id", approval::APPROVALS, needs::APPROVALS),
    of("/approvals/:id/flow", approval::FLOW, needs::APPROVALS),
    of(
        "/approvals/:id/:verb",
        approval::APPROVALS,
        needs::APPROVALS,
    ),
    of("/notices", notice::NOTICES, needs::NOTICES),
    of("/notices/:verb", notice::NOTICES, needs::NOTICES),
    of("/notices/:id/:verb", notice::NOTICES, needs::NOTICES),
    of("/account/notices", notice::SETTINGS, needs::NOTICES),
    of(
        "/staff/notifications",
        notification::UNDELIVERED,
        needs::UNDELIVERED,
    ),
    of(
        "/staff/notifications/:id/:verb",
        notification::UNDELIVERED,
        needs::UNDELIVERED,
    ),
    of("/follow-ups", pool::POOL, needs::FOLLOW_UPS),
    of("/follow-ups/:verb", pool::POOL, needs::FOLLOW_UPS),
    of("/follow-ups/:id/:verb", pool::POOL, needs::FOLLOW_UPS),
    of("/paper", paper::PAPER, needs::DESK),
    of("/paper/:no/:verb", paper::PAPER, needs::DESK),
    of("/paper-blocks/:id", paper::BLANK, needs::DESK),
    of("/office/quality", quality::QUALITY, needs::QUALITY),
    of(
        "/office/quality/:id/:verb",
        quality::QUALITY,
        needs::QUALITY,
    ),
    of("/staff/mandates", citizen::mandate::TITLE, needs::MANDATES),
    of(
        "/staff/mandates/:id/:verb",
        citizen::mandate::TITLE,
        needs::MANDATES,
    ),
    of("/staff/jobs", job::JOBS, needs::JOBS),
    of("/staff/jobs/:id/:verb", job::JOBS, needs::JOBS),
    of("/office/lists", staff::LISTS, needs::REGISTER),
    of("/office/lists/:list/:area", staff::LISTS, needs::REGISTER),
    of(
        "/office/lists/:list/:area/row",
        staff::LISTS,
        needs::DRAFTING,
    ),
    of(
        "/office/lists/:list/:area/preview",
        staff::LISTS,
        needs::REGISTER,
    ),
    of(
        "/office/lists/:list/:area/publish",
        staff::LISTS,
        needs::REGISTER,
    ),
    of(
        "/office/lists/:list/:area/hand-on",
        staff::LISTS,
        needs::REGISTER,
    ),
    of(
        "/office/lists/:list/:area/replay",
        staff::LISTS,
        needs::REGISTER,
    ),
    of(
        "/office/lists/:list/:area/:verb",
        staff::LISTS,
        needs::REGISTER,
    ),
    of("/processes", approval::PROCESSES, needs::PROCESSES),
    of("/processes/:key", approval::PROCESSES, needs::PROCESSES),
    of(
        "/processes/:key/:version",
        approval::PROCESSES,
        needs::PROCESSES,
    ),
    of(
        "/processes/:key/:version/:verb",
        approval::PROCESSES,
        needs::PROCESSES,
    ),
];

/// What a page asks, by its path in the router's words; one that is none of ours is for nobody.
pub fn need_of(path: &str) -> Need {
    PAGES
        .iter()
        .find(|page| page.path == path)
        .map_or(Need::System, |page| page.need)
}

/// The router with the citizen's pages that have browser code, and those given.
macro_rules! pages {
    ($($staff:tt)*) => {
        view! {
            <Routes fallback=MissingPage>
                <Route path=path!("/file") view=FilePage ssr=SsrMode::Async/>
                <Route path=path!("/filed") view=FiledPage ssr=SsrMode::Async/>
                <Route path=path!("/track") view=TrackPage ssr=SsrMode::Async/>
                <Route path=path!("/track/ticket") view=TicketPage ssr=SsrMode::Async/>
                <Route path=path!("/track/ticket/:verb") view=TicketPage ssr=SsrMode::Async/>
                $($staff)*
            </Routes>
        }
    };
}

/// The router's outlet: with the feature `staff` every page, without it those of citizens.
#[cfg(feature = "staff")]
#[component]
#[allow(clippy::too_many_lines, reason = "a list, one line a page")]
pub fn Pages() -> impl IntoView {
    use crate::pages::citizen::{
        CitizenAccountPage, CitizenSignInPage, CodePage, HomePage, MandatesPage, MinePage,
        OwnRequestPage, PrivacyPage, QuestionnairePage, QuestionsPage, ResetPage, SignInPage,
    };
    use crate::pages::staff::{
        AccountPage, AccountRequestPage, AccountRequestsPage, AccountsPage, AlarmsPage,
        ApprovalFlowPage, ApprovalPage, ApprovalsPage, AskAccountPage, BulkPage, BulkResultPage,
        ChooseProcessPage, DeskPage, DirectivePage, DirectivesPage, DispatchPage, FactorPage,
        FileApprovalPage, FlowPage, FollowUpsPage, ImportStaffPage, JobsPage, KeysPage, ListPage,
        ListPreviewPage, ListRowPage, ListsPage, NoticeSettingsPage, NoticesPage,
        NotificationsPage, OfficeListPage, OneAccountPage, PaperBlockPage, PaperPage, PasswordPage,
        PeoplePage, PersonPage, PlanPage, ProcessPage, ProcessesPage, QualityPage, ReadersPage,
        ReadyPage, ReportPage, ReviewPage, ReviewsPage, RolePage, RolesPage, SessionsPage,
        SetUpPage, ShelfPage, StandInsPage, StepsPage, TasksPage, TeamPage, TeamsPage,
        TicketPage as StaffTicketPage, WhoActsPage,
    };
    pages! {
        <Route path=path!("/") view=HomePage ssr=SsrMode::Async/>
        <Route path=path!("/questions") view=QuestionsPage ssr=SsrMode::Async/>
        <Route path=path!("/privacy") view=PrivacyPage ssr=SsrMode::Async/>
        <Route path=path!("/rate/:token") view=QuestionnairePage ssr=SsrMode::Async/>
        <Route path=path!("/me/sign-in") view=CitizenSignInPage ssr=SsrMode::Async/>
        <Route path=path!("/me") view=MinePage ssr=SsrMode::Async/>
        <Route path=path!("/me/requests/:no") view=OwnRequestPage ssr=SsrMode::Async/>
        <Route path=path!("/me/requests/:no/:verb") view=OwnRequestPage ssr=SsrMode::Async/>
        <Route path=path!("/me/account") view=CitizenAccountPage ssr=SsrMode::Async/>
        <Route path=path!("/me/account/:verb") view=CitizenAccountPage ssr=SsrMode::Async/>
        <Route path=path!("/me/mandates") view=MandatesPage ssr=SsrMode::Async/>
        <Route path=path!("/me/mandates/:verb") view=MandatesPage ssr=SsrMode::Async/>
        <Route path=path!("/me/mandates/:id/:verb") view=MandatesPage ssr=SsrMode::Async/>
        <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async/>
        <Route path=path!("/set-up") view=SetUpPage ssr=SsrMode::Async/>
        <Route path=path!("/set-up/:verb") view=StepsPage ssr=SsrMode::Async/>
        <Route path=path!("/office/ready") view=ReadyPage ssr=SsrMode::Async/>
        <Route path=path!("/account") view=AccountPage ssr=SsrMode::Async/>
        <Route path=path!("/reset") view=ResetPage ssr=SsrMode::Async/>
        <Route path=path!("/sign-in/code") view=CodePage ssr=SsrMode::Async/>
        <Route path=path!("/account/factor") view=FactorPage ssr=SsrMode::Async/>
        <Route path=path!("/account/factor/:verb") view=FactorPage ssr=SsrMode::Async/>
        <Route path=path!("/account/passkeys") view=FactorPage ssr=SsrMode::Async/>
        <Route path=path!("/account/passkeys/:id/:verb") view=FactorPage ssr=SsrMode::Async/>
        <Route path=path!("/account/password") view=PasswordPage ssr=SsrMode::Async/>
        <Route path=path!("/account/sessions") view=SessionsPage ssr=SsrMode::Async/>
        <Route path=path!("/account/sessions/:verb") view=SessionsPage ssr=SsrMode::Async/>
        <Route path=path!("/account/sessions/:id/:verb") view=SessionsPage ssr=SsrMode::Async/>
        <Route path=path!("/staff/accounts") view=AccountsPage ssr=SsrMode::Async/>
        <Route path=path!("/staff/accounts/:name") view=OneAccountPage ssr=SsrMode::Async/>
        <Route path=path!("/staff/accounts/:name/:verb") view=OneAccountPage ssr=SsrMode::Async/>
        <Route path=path!("/staff/accounts/:name/sessions/:id/:verb") view=OneAccountPage ssr=SsrMode::Async/>
        <Route path=path!("/staff/import") view=ImportStaffPage ssr=SsrMode::Async/>
        <Route path=path!("/staff/account-requests") view=AccountRequestsPage ssr=SsrMode::Async/>
        <Route path=path!("/staff/account-requests/new") view=AskAccountPage ssr=SsrMode::Async/>
        <Route path=path!("/staff/account-requests/:id") view=AccountRequestPage ssr=SsrMode::Async/>
        <Route path=path!("/staff/account-requests/:id/:verb") view=AccountRequestPage ssr=SsrMode::Async/>
        <Route path=path!("/account/stand-ins") view=StandInsPage ssr=SsrMode::Async/>
        <Route path=path!("/account/stand-ins/:id/:verb") view=StandInsPage ssr=SsrMode::Async/>
        <Route path=path!("/staff/reviews") view=ReviewsPage ssr=SsrMode::Async/>
        <Route path=path!("/staff/reviews/:id") view=ReviewPage ssr=SsrMode::Async/>
        <Route path=path!("/staff/reviews/:id/:verb") view=ReviewPage ssr=SsrMode::Async/>
        <Route path=path!("/staff/keys") view=KeysPage ssr=SsrMode::Async/>
        <Route path=path!("/office/readers") view=ReadersPage ssr=SsrMode::Async/>
        <Route path=path!("/office/teams") view=TeamsPage ssr=SsrMode::Async/>
        <Route path=path!("/office/teams/:id") view=TeamPage ssr=SsrMode::Async/>
        <Route path=path!("/office/teams/:id/:verb") view=TeamPage ssr=SsrMode::Async/>
        <Route path=path!("/office/teams/:id/members/:no/:verb") view=TeamPage ssr=SsrMode::Async/>
        <Route path=path!("/office/roles") view=RolesPage ssr=SsrMode::Async/>
        <Route path=path!("/office/roles/:code") view=RolePage ssr=SsrMode::Async/>
        <Route path=path!("/office/roles/:code/:verb") view=RolePage ssr=SsrMode::Async/>
        <Route path=path!("/office/people") view=PeoplePage ssr=SsrMode::Async/>
        <Route path=path!("/office/people/:name") view=PersonPage ssr=SsrMode::Async/>
        <Route path=path!("/office/people/:name/:verb") view=PersonPage ssr=SsrMode::Async/>
        <Route path=path!("/office/people/:name/posts/:no/:verb") view=PersonPage ssr=SsrMode::Async/>
        <Route path=path!("/tasks") view=TasksPage ssr=SsrMode::Async/>
        <Route path=path!("/desk") view=DeskPage ssr=SsrMode::Async/>
        <Route path=path!("/alarms") view=AlarmsPage ssr=SsrMode::Async/>
        <Route path=path!("/plan") view=PlanPage ssr=SsrMode::Async/>
        <Route path=path!("/directives") view=DirectivesPage ssr=SsrMode::Async/>
        <Route path=path!("/directives/:id") view=DirectivePage ssr=SsrMode::Async/>
        <Route path=path!("/tasks/:shelf") view=ShelfPage ssr=SsrMode::Async/>
        <Route path=path!("/bulk") view=BulkPage ssr=SsrMode::Async/>
        <Route path=path!("/bulk/:id") view=BulkResultPage ssr=SsrMode::Async/>
        <Route path=path!("/tickets") view=ListPage ssr=SsrMode::Async/>
        <Route path=path!("/tickets/:id") view=StaffTicketPage ssr=SsrMode::Async/>
        <Route path=path!("/tickets/:id/dispatch") view=DispatchPage ssr=SsrMode::Async/>
        <Route path=path!("/tickets/:id/flow") view=FlowPage ssr=SsrMode::Async/>
        <Route path=path!("/tickets/:id/:verb") view=StaffTicketPage ssr=SsrMode::Async/>
        <Route path=path!("/tickets/:id/assignments/:assignment/:verb") view=StaffTicketPage ssr=SsrMode::Async/>
        <Route path=path!("/reports/overview") view=ReportPage ssr=SsrMode::Async/>
        <Route path=path!("/approvals") view=ApprovalsPage ssr=SsrMode::Async/>
        <Route path=path!("/approvals/new") view=ChooseProcessPage ssr=SsrMode::Async/>
        <Route path=path!("/approvals/new/:key") view=FileApprovalPage ssr=SsrMode::Async/>
        <Route path=path!("/approvals/:id") view=ApprovalPage ssr=SsrMode::Async/>
        <Route path=path!("/approvals/:id/flow") view=ApprovalFlowPage ssr=SsrMode::Async/>
        <Route path=path!("/approvals/:id/:verb") view=ApprovalPage ssr=SsrMode::Async/>
        <Route path=path!("/notices") view=NoticesPage ssr=SsrMode::Async/>
        <Route path=path!("/notices/:verb") view=NoticesPage ssr=SsrMode::Async/>
        <Route path=path!("/notices/:id/:verb") view=NoticesPage ssr=SsrMode::Async/>
        <Route path=path!("/account/notices") view=NoticeSettingsPage ssr=SsrMode::Async/>
        <Route path=path!("/staff/notifications") view=NotificationsPage ssr=SsrMode::Async/>
        <Route path=path!("/staff/notifications/:id/:verb") view=NotificationsPage ssr=SsrMode::Async/>
        <Route path=path!("/follow-ups") view=FollowUpsPage ssr=SsrMode::Async/>
        <Route path=path!("/follow-ups/:verb") view=FollowUpsPage ssr=SsrMode::Async/>
        <Route path=path!("/follow-ups/:id/:verb") view=FollowUpsPage ssr=SsrMode::Async/>
        <Route path=path!("/paper") view=PaperPage ssr=SsrMode::Async/>
        <Route path=path!("/paper/:no/:verb") view=PaperPage ssr=SsrMode::Async/>
        <Route path=path!("/paper-blocks/:id") view=PaperBlockPage ssr=SsrMode::Async/>
        <Route path=path!("/office/quality") view=QualityPage ssr=SsrMode::Async/>
        <Route path=path!("/office/quality/:id/:verb") view=QualityPage ssr=SsrMode::Async/>
        <Route path=path!("/staff/mandates") view=WhoActsPage ssr=SsrMode::Async/>
        <Route path=path!("/staff/mandates/:id/:verb") view=WhoActsPage ssr=SsrMode::Async/>
        <Route path=path!("/staff/jobs") view=JobsPage ssr=SsrMode::Async/>
        <Route path=path!("/staff/jobs/:id/:verb") view=JobsPage ssr=SsrMode::Async/>
        <Route path=path!("/office/lists") view=ListsPage ssr=SsrMode::Async/>
        <Route path=path!("/office/lists/:list/:area") view=OfficeListPage ssr=SsrMode::Async/>
        <Route path=path!("/office/lists/:list/:area/row") view=ListRowPage ssr=SsrMode::Async/>
        <Route path=path!("/office/lists/:list/:area/preview") view=ListPreviewPage ssr=SsrMode::Async/>
        <Route path=path!("/office/lists/:list/:area/publish") view=ListPreviewPage ssr=SsrMode::Async/>
        <Route path=path!("/office/lists/:list/:area/hand-on") view=ListPreviewPage ssr=SsrMode::Async/>
        <Route path=path!("/office/lists/:list/:area/replay") view=ListPreviewPage ssr=SsrMode::Async/>
        <Route path=path!("/office/lists/:list/:area/:verb") view=OfficeListPage ssr=SsrMode::Async/>
        <Route path=path!("/processes") view=ProcessesPage ssr=SsrMode::Async/>
        <Route path=path!("/processes/:key") view=ProcessPage ssr=SsrMode::Async/>
        <Route path=path!("/processes/:key/:version") view=ProcessPage ssr=SsrMode::Async/>
        <Route path=path!("/processes/:key/:version/:verb") view=ProcessPage ssr=SsrMode::Async/>
    }
}

/// The router's outlet: with the feature `staff` every page, without it those of citizens.
#[cfg(not(feature = "staff"))]
#[component]
pub fn Pages() -> impl IntoView {
    pages! {}
}

/// Whether the page is only for reading and carries no browser code: what opens and closes there, the browser does by itself. Links to it
/// say `rel="external"`, since a visitor's browser code does not know it.
#[cfg(feature = "ssr")]
pub fn is_still(path: &str) -> bool {
    let path = path.trim_end_matches('/');
    matches!(path, "" | "/questions" | "/privacy" | "/me")
        || path.starts_with("/me/")
        || path.starts_with("/rate/")
}

/// Whether the path may be one of the staff's pages, whose browser code is a file of its own.
#[cfg(feature = "ssr")]
pub fn is_of_staff(path: &str) -> bool {
    let first = path.trim_start_matches('/').split('/').next().unwrap_or("");
    let sign_in = |page: &PageRow| matches!(page.path, "/sign-in" | "/set-up" | "/reset");
    PAGES
        .iter()
        .filter(|page| !matches!(page.need, Need::Nothing | Need::Citizen) || sign_in(page))
        .any(|page| page.path.trim_start_matches('/').split('/').next() == Some(first))
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::is_of_staff;

    #[test]
    fn the_staffs_pages_are_told_by_their_first_word() {
        for path in [
            "/tasks",
            "/tickets/7/dispatch",
            "/reports/overview",
            "/account",
        ] {
            assert!(is_of_staff(path), "{path}");
        }
        for path in [
            "/",
            "/file",
            "/track/ticket",
            "/me",
            "/me/account",
            "/ticketsandmore",
        ] {
            assert!(!is_of_staff(path), "{path}");
        }
    }
}
