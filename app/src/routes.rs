//! The pages: path, title, who may see them. The router and the access table read this one list.
//! Every page renders whole on the server (`SsrMode::Async`), so that it reads without script.
//! Not here: forms (`forms::registry`), files and REST (`server/web`).

use leptos::prelude::*;
use leptos_router::components::{Route, Routes};
use leptos_router::{SsrMode, path};
use shared::access::Permission;
use shared::text::{Text, citizen, common};

use crate::pages::citizen::{
    FilePage, FiledPage, HomePage, QuestionsPage, SetUpPage, SignInPage, TicketPage, TrackPage,
};
use crate::pages::missing::MissingPage;

/// Who may see a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Everybody.
    Everybody,
    /// Anybody signed in.
    SignedIn,
    /// Holders of the permission.
    Permission(Permission),
}

/// One page.
#[derive(Debug, Clone, Copy)]
pub struct PageRow {
    /// Path in the router's words: `/tickets/:id`.
    pub path: &'static str,
    /// Title in the browser's tab.
    pub title: Text,
    /// Who may see it.
    pub audience: Audience,
}

const fn open(path: &'static str, title: Text) -> PageRow {
    PageRow {
        path,
        title,
        audience: Audience::Everybody,
    }
}

/// The citizen's pages; the staff's are in `pages::staff`.
pub const PAGES: &[PageRow] = &[
    open("/", common::PRODUCT),
    open("/file", citizen::FILE_TITLE),
    open("/filed", citizen::FILED_TITLE),
    open("/track", citizen::TRACK_TITLE),
    open("/track/ticket", citizen::PROGRESS_TITLE),
    open("/track/ticket/:verb", citizen::PROGRESS_TITLE),
    open("/questions", citizen::QUESTIONS_TITLE),
    open("/sign-in", common::SIGN_IN),
    open("/set-up", common::SET_UP),
];

/// The router's outlet with every page.
#[component]
pub fn Pages() -> impl IntoView {
    view! {
        <Routes fallback=MissingPage>
            <Route path=path!("/") view=HomePage ssr=SsrMode::Async/>
            <Route path=path!("/file") view=FilePage ssr=SsrMode::Async/>
            <Route path=path!("/filed") view=FiledPage ssr=SsrMode::Async/>
            <Route path=path!("/track") view=TrackPage ssr=SsrMode::Async/>
            <Route path=path!("/track/ticket") view=TicketPage ssr=SsrMode::Async/>
            <Route path=path!("/track/ticket/:verb") view=TicketPage ssr=SsrMode::Async/>
            <Route path=path!("/questions") view=QuestionsPage ssr=SsrMode::Async/>
            <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async/>
            <Route path=path!("/set-up") view=SetUpPage ssr=SsrMode::Async/>
        </Routes>
    }
}
