//! The pages: path, title, who may see them. The router and the access table read this one list.
//! Every page renders whole on the server (`SsrMode::Async`), so that it reads without script.
//! A page is one line of `every`, or of `filing` where citizens' browsers have code for it.
//! Not here: forms (`forms::registry`), files and REST (`server/web`).

use leptos::prelude::*;
use leptos_router::components::{Route, Routes};
use leptos_router::{SsrMode, path};
use shared::access::{Need, needs};
use shared::text::{
    Text, account, approval, bulk, citizen, common, desk, directive, incoming, job, measure,
    notice, notification, paper, pivot, pool, quality, query, request, staff, standard, template,
    three, ticket, todo, touched, views,
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

/// The citizen's pages that have browser code, between others, handed to a macro: path, title, who may see it, what shows it.
macro_rules! filing {
    ($then:ident ($($before:tt)*) $($more:tt)*) => {
        $then! {
            $($before)*
            "/file", citizen::FILE_TITLE, Need::Nothing => FilePage;
            "/filed", citizen::FILED_TITLE, Need::Nothing => FiledPage;
            "/track", citizen::TRACK_TITLE, Need::Nothing => TrackPage;
            "/track/ticket", citizen::PROGRESS_TITLE, Need::Nothing => TicketPage;
            "/track/ticket/:verb", citizen::PROGRESS_TITLE, Need::Nothing => TicketPage;
            $($more)*
        }
    };
}

/// Every page, likewise.
macro_rules! every {
    ($then:ident) => {
        filing! { $then ("/", common::PRODUCT, Need::Nothing => HomePage;)
            "/questions", citizen::QUESTIONS_TITLE, Need::Nothing => QuestionsPage;
            "/privacy", citizen::PRIVACY_TITLE, Need::Nothing => PrivacyPage;
            "/rate/:token", citizen::QUESTIONNAIRE, Need::Nothing => QuestionnairePage;
            "/me/sign-in", citizen::account::SIGN_IN, Need::Nothing => CitizenSignInPage;
            "/me", citizen::account::MINE, needs::CITIZEN => MinePage;
            "/me/requests/:no", citizen::PROGRESS_TITLE, needs::CITIZEN => OwnRequestPage;
            "/me/requests/:no/:verb", citizen::PROGRESS_TITLE, needs::CITIZEN => OwnRequestPage;
            "/me/account", citizen::account::ACCOUNT, needs::CITIZEN => CitizenAccountPage;
            "/me/account/:verb", citizen::account::ACCOUNT, needs::CITIZEN => CitizenAccountPage;
            "/me/data", citizen::data::DATA, needs::CITIZEN => OwnDataPage;
            "/me/data/:no/:verb", citizen::data::DATA, needs::CITIZEN => OwnDataPage;
            "/me/wishes/:id/:verb", citizen::data::DATA, needs::CITIZEN => OwnDataPage;
            "/me/mandates", citizen::mandate::MANDATES, needs::CITIZEN => MandatesPage;
            "/me/mandates/:verb", citizen::mandate::MANDATES, needs::CITIZEN => MandatesPage;
            "/me/mandates/:id/:verb", citizen::mandate::MANDATES, needs::CITIZEN => MandatesPage;
            "/sign-in", common::SIGN_IN, Need::Nothing => SignInPage;
            "/set-up", common::SET_UP, Need::Nothing => SetUpPage;
            "/set-up/:verb", staff::STEPS, needs::READY => StepsPage;
            "/office/ready", staff::READY, needs::READY => ReadyPage;
            "/reset", account::RESET, Need::Nothing => ResetPage;
            "/account", staff::ACCOUNT, needs::DIRECTORY => AccountPage;
            "/sign-in/provider", common::SIGN_IN, Need::Nothing => SignInPage;
            "/account/provider", account::provider::PROVIDER, needs::OWN => ProviderPage;
            "/account/provider/:id/:verb", account::provider::PROVIDER, needs::OWN => ProviderPage;
            "/sign-in/code", account::factor::ASK, needs::SECOND => CodePage;
            "/account/factor", account::factor::FACTOR, needs::OWN => FactorPage;
            "/account/factor/:verb", account::factor::FACTOR, needs::OWN => FactorPage;
            "/account/passkeys", account::factor::FACTOR, needs::OWN => FactorPage;
            "/account/passkeys/:id/:verb", account::factor::FACTOR, needs::OWN => FactorPage;
            "/account/password", account::PASSWORD, needs::OWN => PasswordPage;
            "/account/sessions", account::SESSIONS, needs::OWN => SessionsPage;
            "/account/sessions/:verb", account::SESSIONS, needs::OWN => SessionsPage;
            "/account/sessions/:id/:verb", account::SESSIONS, needs::OWN => SessionsPage;
            "/staff/accounts", account::ACCOUNTS, needs::ACCOUNTS => AccountsPage;
            "/staff/accounts/:name", account::ACCOUNTS, needs::ACCOUNTS => OneAccountPage;
            "/staff/accounts/:name/:verb", account::ACCOUNTS, needs::ACCOUNTS => OneAccountPage;
            "/staff/accounts/:name/sessions/:id/:verb", account::ACCOUNTS, needs::ACCOUNTS => OneAccountPage;
            "/staff/import", account::IMPORT, needs::ACCOUNTS => ImportStaffPage;
            "/staff/account-requests", account::life::REQUESTS, needs::ACCOUNT_REQUESTS => AccountRequestsPage;
            "/staff/account-requests/new", account::life::ASK_TITLE, needs::APPLYING => AskAccountPage;
            "/staff/account-requests/:id", account::life::REQUEST, needs::ACCOUNT_REQUESTS => AccountRequestPage;
            "/staff/account-requests/:id/:verb", account::life::REQUEST, needs::ACCOUNT_REQUESTS => AccountRequestPage;
            "/account/stand-ins", account::stand_in::STAND_INS, needs::STAND_INS => StandInsPage;
            "/account/stand-ins/:id/:verb", account::stand_in::STAND_INS, needs::STAND_INS => StandInsPage;
            "/staff/reviews", account::stand_in::REVIEWS, needs::REVIEWS => ReviewsPage;
            "/staff/reviews/:id", account::stand_in::REVIEWS, needs::REVIEWS => ReviewPage;
            "/staff/reviews/:id/:verb", account::stand_in::REVIEWS, needs::REVIEWS => ReviewPage;
            "/staff/keys", account::keys::KEYS, needs::KEYS => KeysPage;
            "/office/roles", account::posts::ROLES, needs::ROLE_LIST => RolesPage;
            "/office/roles/:code", account::posts::ROLE, needs::ROLE_LIST => RolePage;
            "/office/roles/:code/:verb", account::posts::ROLE, needs::ROLE_LIST => RolePage;
            "/office/people", account::posts::PEOPLE, needs::ROLE_LIST => PeoplePage;
            "/office/people/:name", account::posts::PEOPLE, needs::ROLE_LIST => PersonPage;
            "/office/people/:name/:verb", account::posts::PEOPLE, needs::ROLE_LIST => PersonPage;
            "/office/people/:name/posts/:no/:verb", account::posts::PEOPLE, needs::ROLE_LIST => PersonPage;
            "/office/readers", account::readers::TITLE, needs::READERS => ReadersPage;
            "/staff/personal-fields", account::personal::FIELDS, needs::PERSONAL => PersonalFieldsPage;
            "/staff/personal-looks", account::personal::LOOKS, needs::LOOKS => PersonalLooksPage;
            "/office/teams", account::teams::TEAMS, needs::ROLE_LIST => TeamsPage;
            "/office/teams/:id", account::teams::TEAM, needs::ROLE_LIST => TeamPage;
            "/office/teams/:id/:verb", account::teams::TEAM, needs::ROLE_LIST => TeamPage;
            "/office/teams/:id/members/:no/:verb", account::teams::TEAM, needs::ROLE_LIST => TeamPage;
            "/audit", account::audit::AUDIT, needs::AUDIT => AuditPage;
            "/audit/questions", account::audit::AUDIT, needs::AUDIT => AuditPage;
            "/audit/questions/:id/:verb", account::audit::AUDIT, needs::AUDIT => AuditPage;
            "/audit/alarms", account::audit::ALARMS, needs::AUDIT => AuditAlarmsPage;
            "/audit/reports", account::audit::REPORTS, needs::AUDIT => AuditReportsPage;
            "/audit/alarms/:id/:verb", account::audit::ALARMS, needs::AUDIT => AuditAlarmsPage;
            "/tasks", staff::TASKS, needs::TO_DO => TasksPage;
            "/tasks/:shelf", todo::CENTRE, needs::TO_DO => ShelfPage;
            "/bulk", bulk::BULK, needs::TICKETS => BulkPage;
            "/bulk/:id", bulk::RESULTS, needs::TICKETS => BulkResultPage;
            "/desk", desk::TITLE, needs::DESK => DeskPage;
            "/directives", directive::DIRECTIVES, needs::TICKETS => DirectivesPage;
            "/directives/:id", directive::DIRECTIVE, needs::TICKETS => DirectivePage;
            "/tickets", staff::LIST_TITLE, needs::TICKETS => ListPage;
            "/tickets/:id", staff::TICKETS, needs::TICKETS => StaffTicketPage;
            "/tickets/:id/dispatch", desk::DISPATCH, needs::DISPATCHING => DispatchPage;
            "/tickets/:id/flow", ticket::FLOW, needs::TICKETS => FlowPage;
            "/tickets/:id/:verb", staff::TICKETS, needs::TICKETS => StaffTicketPage;
            "/tickets/:id/assignments/:assignment/:verb", staff::TICKETS, needs::TICKETS => StaffTicketPage;
            "/reports/cube", measure::CUBE, needs::REPORT => CubesPage;
            "/reports/frozen", measure::FROZEN, needs::REPORT => FrozenPage;
            "/measures", measure::CATALOGUE, needs::REPORT => MeasuresPage;
            "/reports/three", three::THREE, needs::REPORT => ThreePage;
            "/reports/touched", touched::TOUCHED, needs::REPORT => TouchedPage;
            "/reports/checks", touched::CHECKS, needs::REPORT => ChecksPage;
            "/reports/checks/:verb", touched::CHECKS, needs::REPORT => ChecksPage;
            "/data-requests", request::REQUESTS, needs::TICKETS => DataRequestsPage;
            "/data-requests/:id/:verb", request::REQUESTS, needs::TICKETS => DataRequestsPage;
            "/office/quality/months", quality::MONTHS, needs::QUALITY => QualityMonthsPage;
            "/incoming", incoming::INCOMING, needs::DESK => IncomingPage;
            "/incoming/:id/:verb", incoming::INCOMING, needs::DESK => IncomingPage;
            "/staff/exports", template::EXPORTS, needs::EXPORT => ExportsPage;
            "/staff/exports/:id/remove", template::EXPORTS, needs::EXPORT => ExportsPage;
            "/staff/platforms", account::platform::TITLE, needs::PLATFORMS => PlatformsPage;
            "/staff/platforms/:id/push", account::platform::TITLE, needs::PLATFORMS => PlatformsPage;
            "/staff/statements", account::slow::TITLE, needs::STATEMENTS => StatementsPage;
            "/search", views::SEARCH, needs::DIRECTORY => SearchResultsPage;
            "/views", query::VIEWS, needs::TICKETS => ViewsPage;
            "/views/:id/:verb", query::VIEWS, needs::TICKETS => ViewsPage;
            "/phrases", views::phrases::PHRASES, needs::TICKETS => PhrasesPage;
            "/phrases/:id/:verb", views::phrases::PHRASES, needs::TICKETS => PhrasesPage;
            "/persons", query::PERSON, needs::REVEAL => PersonsPage;
            "/alarms", ticket::alarm::ALARMS, needs::ALARMS => AlarmsPage;
            "/plan", ticket::plan::PLAN, needs::PLANS => PlanPage;
            "/reports/overview", staff::REPORT, needs::REPORT => ReportPage;
            "/reports", standard::REPORTS, needs::REPORT => StandardReportsPage;
            "/reports/kept", standard::KEPT, needs::REPORT => KeptReportsPage;
            "/reports/kept/:no", standard::KEPT_ONE, needs::REPORT => KeptReportPage;
            "/reports/kept/:no/:verb", standard::KEPT_ONE, needs::REPORT => KeptReportPage;
            "/reports/scheduled", standard::SCHEDULED, needs::REPORT => ScheduledReportsPage;
            "/reports/scheduled/:id/:verb", standard::SCHEDULED, needs::REPORT => ScheduledReportsPage;
            "/reports/pivots", pivot::PIVOTS, needs::REPORT => PivotsPage;
            "/reports/pivots/:id/:verb", pivot::PIVOTS, needs::REPORT => PivotsPage;
            "/reports/warnings", pivot::WARNINGS, needs::REPORT => FigureWarningsPage;
            "/reports/warnings/:id/:verb", pivot::WARNINGS, needs::REPORT => FigureWarningsPage;
            "/board", pivot::BOARD, needs::TICKETS => BoardPage;
            "/board/:id/:verb", pivot::BOARD, needs::TICKETS => BoardPage;
            "/reports/:name", standard::REPORTS, needs::REPORT => StandardReportPage;
            "/approvals", approval::APPROVALS, needs::APPROVALS => ApprovalsPage;
            "/approvals/new", approval::NEW, needs::FILING => ChooseProcessPage;
            "/approvals/new/:key", approval::NEW, needs::FILING => FileApprovalPage;
            "/approvals/:id", approval::APPROVALS, needs::APPROVALS => ApprovalPage;
            "/approvals/:id/flow", approval::FLOW, needs::APPROVALS => ApprovalFlowPage;
            "/approvals/:id/:verb", approval::APPROVALS, needs::APPROVALS => ApprovalPage;
            "/notices", notice::NOTICES, needs::NOTICES => NoticesPage;
            "/notices/:verb", notice::NOTICES, needs::NOTICES => NoticesPage;
            "/notices/:id/:verb", notice::NOTICES, needs::NOTICES => NoticesPage;
            "/account/notices", notice::SETTINGS, needs::NOTICES => NoticeSettingsPage;
            "/rules", staff::RULES, needs::NOTICES => RulesPage;
            "/rules/:id", staff::RULE_READERS, needs::REGISTER => RuleReadersPage;
            "/rules/:id/:verb", staff::RULES, needs::NOTICES => RulesPage;
            "/staff/notifications", notification::UNDELIVERED, needs::UNDELIVERED => NotificationsPage;
            "/staff/notifications/:id/:verb", notification::UNDELIVERED, needs::UNDELIVERED => NotificationsPage;
            "/follow-ups", pool::POOL, needs::FOLLOW_UPS => FollowUpsPage;
            "/follow-ups/:verb", pool::POOL, needs::FOLLOW_UPS => FollowUpsPage;
            "/follow-ups/:id/:verb", pool::POOL, needs::FOLLOW_UPS => FollowUpsPage;
            "/paper", paper::PAPER, needs::DESK => PaperPage;
            "/paper/:no/:verb", paper::PAPER, needs::DESK => PaperPage;
            "/paper-blocks/:id", paper::BLANK, needs::DESK => PaperBlockPage;
            "/office/quality", quality::QUALITY, needs::QUALITY => QualityPage;
            "/office/quality/:id/:verb", quality::QUALITY, needs::QUALITY => QualityPage;
            "/staff/mandates", citizen::mandate::TITLE, needs::MANDATES => WhoActsPage;
            "/staff/mandates/:id/:verb", citizen::mandate::TITLE, needs::MANDATES => WhoActsPage;
            "/staff/wishes", citizen::wish::TITLE, needs::WISHES => WishesPage;
            "/staff/wishes/:id/:verb", citizen::wish::TITLE, needs::WISHES => WishesPage;
            "/staff/jobs", job::JOBS, needs::JOBS => JobsPage;
            "/staff/jobs/:id/:verb", job::JOBS, needs::JOBS => JobsPage;
            "/office/lists", staff::LISTS, needs::REGISTER => ListsPage;
            "/office/lists/:list/:area", staff::LISTS, needs::REGISTER => OfficeListPage;
            "/office/units/:area/reorganise", staff::LISTS, needs::DRAFTING => ReorganisePage;
            "/office/lists/:list/:area/row", staff::LISTS, needs::DRAFTING => ListRowPage;
            "/office/lists/:list/:area/preview", staff::LISTS, needs::REGISTER => ListPreviewPage;
            "/office/lists/:list/:area/publish", staff::LISTS, needs::REGISTER => ListPreviewPage;
            "/office/lists/:list/:area/hand-on", staff::LISTS, needs::REGISTER => ListPreviewPage;
            "/office/lists/:list/:area/replay", staff::LISTS, needs::REGISTER => ListPreviewPage;
            "/office/lists/:list/:area/:verb", staff::LISTS, needs::REGISTER => OfficeListPage;
            "/processes", approval::PROCESSES, needs::PROCESSES => ProcessesPage;
            "/processes/:key", approval::PROCESSES, needs::PROCESSES => ProcessPage;
            "/processes/:key/:version", approval::PROCESSES, needs::PROCESSES => ProcessPage;
            "/processes/:key/:version/:verb", approval::PROCESSES, needs::PROCESSES => ProcessPage;
        }
    };
}

/// Rows of the list.
macro_rules! rows {
    ($($path:tt, $title:expr, $need:expr => $view:ident;)*) => {
        &[$(PageRow { path: $path, title: $title, need: $need }),*]
    };
}

/// The router with them.
macro_rules! router {
    ($($path:tt, $title:expr, $need:expr => $view:ident;)*) => {
        view! {
            <Routes fallback=MissingPage>
                $(<Route path=path!($path) view=$view ssr=SsrMode::Async/>)*
            </Routes>
        }
    };
}

/// Every page.
pub const PAGES: &[PageRow] = every!(rows);

/// What a page asks, by its path in the router's words; one that is none of ours is for nobody.
pub fn need_of(path: &str) -> Need {
    PAGES
        .iter()
        .find(|page| page.path == path)
        .map_or(Need::System, |page| page.need)
}

/// The router's outlet: with the feature `staff` every page, without it those of citizens.
#[cfg(feature = "staff")]
#[component]
pub fn Pages() -> impl IntoView {
    use crate::pages::citizen::{
        CitizenAccountPage, CitizenSignInPage, CodePage, HomePage, MandatesPage, MinePage,
        OwnDataPage, OwnRequestPage, PrivacyPage, QuestionnairePage, QuestionsPage, ResetPage,
        SignInPage,
    };
    use crate::pages::staff::{
        AccountPage, AccountRequestPage, AccountRequestsPage, AccountsPage, AlarmsPage,
        ApprovalFlowPage, ApprovalPage, ApprovalsPage, AskAccountPage, AuditAlarmsPage, AuditPage,
        AuditReportsPage, BoardPage, BulkPage, BulkResultPage, ChecksPage, ChooseProcessPage,
        CubesPage, DataRequestsPage, DeskPage, DirectivePage, DirectivesPage, DispatchPage,
        ExportsPage, FactorPage, FigureWarningsPage, FileApprovalPage, FlowPage, FollowUpsPage,
        FrozenPage, ImportStaffPage, IncomingPage, JobsPage, KeptReportPage, KeptReportsPage,
        KeysPage, ListPage, ListPreviewPage, ListRowPage, ListsPage, MeasuresPage,
        NoticeSettingsPage, NoticesPage, NotificationsPage, OfficeListPage, OneAccountPage,
        PaperBlockPage, PaperPage, PasswordPage, PeoplePage, PersonPage, PersonalFieldsPage,
        PersonalLooksPage, PersonsPage, PhrasesPage, PivotsPage, PlanPage, PlatformsPage,
        ProcessPage, ProcessesPage, ProviderPage, QualityMonthsPage, QualityPage, ReadersPage,
        ReadyPage, ReorganisePage, ReportPage, ReviewPage, ReviewsPage, RolePage, RolesPage,
        RuleReadersPage, RulesPage, ScheduledReportsPage, SearchResultsPage, SessionsPage,
        SetUpPage, ShelfPage, StandInsPage, StandardReportPage, StandardReportsPage,
        StatementsPage, StepsPage, TasksPage, TeamPage, TeamsPage, ThreePage,
        TicketPage as StaffTicketPage, TouchedPage, ViewsPage, WhoActsPage, WishesPage,
    };
    every!(router)
}

/// The router's outlet: with the feature `staff` every page, without it those of citizens.
#[cfg(not(feature = "staff"))]
#[component]
pub fn Pages() -> impl IntoView {
    filing!(router())
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
