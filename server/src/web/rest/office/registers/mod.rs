//! The office's lists for programs: columns, rows, drafts, previews, publishing, tables.
//! Deliberately absent: the rules (`services::register`); each handler decodes and calls one service.
//! The base's area is called `base`; a supplement's by its division code.

pub mod reorganise;
pub mod rules;

use axum::{extract::Path, response::Response};
use services::{
    register::{self, Asked, Publishing, Reading, Table},
    sheet,
};
use shared::{
    access::{Need, needs},
    fault::Fault,
    job::JobView,
    register::{
        ColumnView, ListCode, ListView, ListsView, PreviewView, RevisionView, TableReport,
        command::{BeginDraft, NameDraft, NameRow, PublishDraft, PutRow, TakeBack, TakeTable},
        list as columns_of,
    },
};

use crate::web::files::lists;
use crate::web::rest::{
    Answer, Refused,
    caller::Caller,
    read::{Body, Pairs},
};

/// A list's code in an address.
fn code(text: &str) -> Result<ListCode, Fault> {
    ListCode::parse(text).ok_or_else(Fault::missing)
}

/// The list of an address, for whoever meets a need.
fn list_for(caller: &Caller, need: Need, list: &str) -> Result<ListCode, Fault> {
    caller.0.ask(need)?;
    code(list)
}

/// Lists
///
/// Every list of an area as it stands.
#[utoipa::path(get, path = "/registers", tag = "registers", params(
        ("area" = Option<String>, Query, description = "Division code of a supplement; the base when absent"),
    ),
    responses((status = 200, description = "The lists", body = ListsView)))]
pub async fn heads(caller: Caller, pairs: Pairs) -> Answer<ListsView> {
    let found = async {
        let [area] = pairs.single(["area"])?;
        register::heads(&caller.0, area.as_deref().unwrap_or(register::BASE)).await
    };
    caller.answer(found.await)
}

/// Columns
///
/// What the rows of a list look like: names, heads, what stands in a cell.
#[utoipa::path(get, path = "/registers/{list}/columns", tag = "registers",
    params(("list" = ListCode, Path, description = "The list")),
    responses((status = 200, description = "The columns in their order", body = Vec<ColumnView>)))]
pub async fn columns(caller: Caller, Path(list): Path<String>) -> Answer<Vec<ColumnView>> {
    let found = async {
        caller.0.ask(needs::REGISTER)?;
        let list = columns_of(code(&list)?);
        Ok(list.columns.iter().map(ColumnView::from).collect())
    };
    caller.answer(found.await)
}

/// Rows
///
/// A page of rows: of the draft, else of what holds; or as a revision left them, or as they held on a day. With `changes` only what the
/// revision changes.
#[utoipa::path(get, path = "/registers/{list}/{area}", tag = "registers", params(
        ("list" = ListCode, Path, description = "The list"),
        ("area" = String, Path, description = "`base`, or the division code of a supplement"),
        ("revision" = Option<i32>, Query, description = "Number of a revision"),
        ("on" = Option<String>, Query, description = "A day, as 2027-01-01"),
        ("changes" = Option<String>, Query, description = "Only what the revision changes"),
        ("q" = Option<String>, Query, description = "Rows with these words"),
        ("cursor" = Option<String>, Query, description = "Where the page begins"),
    ),
    responses((status = 200, description = "The list with a page of rows", body = ListView)))]
pub async fn view(
    caller: Caller,
    Path((list, area)): Path<(String, String)>,
    pairs: Pairs,
) -> Answer<ListView> {
    let found = async {
        let [..] = pairs.single(["revision", "on", "changes", "q", "cursor"])?;
        let mut pairs = pairs.0.clone();
        pairs.push(("list".to_owned(), list.clone()));
        let (code, asked): (ListCode, Asked) = app::api::lists::asked(&pairs)?;
        register::view(&caller.0, (code, &area), &asked).await
    };
    caller.answer(found.await)
}

/// Rows as CSV
///
/// The whole list in the caller's language; it can be read in again.
#[utoipa::path(get, path = "/registers/{list}/{area}/rows.csv", tag = "registers", params(
        ("list" = ListCode, Path, description = "The list"),
        ("area" = String, Path, description = "`base`, or the division code of a supplement"),
        ("revision" = Option<i32>, Query, description = "Number of a revision"),
    ),
    responses((status = 200, description = "The table", content_type = "text/csv", body = String)))]
pub async fn rows(
    caller: Caller,
    Path((list, area)): Path<(String, String)>,
    pairs: Pairs,
) -> Result<Response, Refused> {
    let found = async {
        let [revision] = pairs.single(["revision"])?;
        lists::find(&caller.0, (&list, &area), revision.as_deref()).await
    };
    found
        .await
        .map(lists::file)
        .map_err(|fault| caller.refuse(fault))
}

/// Preview
///
/// What publishing the draft would change, and what keeps it from being published.
#[utoipa::path(get, path = "/registers/{list}/{area}/preview", tag = "registers",
    params(("list" = ListCode, Path, description = "The list"), ("area" = String, Path, description = "`base`, or a division code")),
    responses((status = 200, description = "The preview", body = PreviewView)))]
pub async fn preview(
    caller: Caller,
    Path((list, area)): Path<(String, String)>,
) -> Answer<PreviewView> {
    let found = async { register::preview(&caller.0, code(&list)?, &area).await };
    caller.answer(found.await)
}

/// Begin a draft
///
/// Of what holds, or with the state of an older revision; the open one when there is one already.
#[utoipa::path(post, path = "/registers/{list}/{area}/begin", tag = "registers", request_body = BeginDraft,
    params(("list" = ListCode, Path, description = "The list"), ("area" = String, Path, description = "`base`, or a division code")),
    responses((status = 200, description = "The draft", body = RevisionView)))]
pub async fn begin(
    caller: Caller,
    Path((list, area)): Path<(String, String)>,
    Body(command): Body<BeginDraft>,
) -> Answer<RevisionView> {
    let done = async {
        let code = list_for(&caller, needs::DRAFTING, &list)?;
        match command.restore {
            Some(number) => register::restore(&caller.0, code, &area, number).await,
            None => register::begin(&caller.0, code, &area).await,
        }
    };
    caller.answer(done.await)
}

/// Put a row
///
/// A new row, or one in the place of another.
#[utoipa::path(post, path = "/registers/{list}/{area}/rows", tag = "registers", request_body = PutRow,
    params(("list" = ListCode, Path, description = "The list"), ("area" = String, Path, description = "`base`, or a division code")),
    responses((status = 200, description = "The draft", body = RevisionView)))]
pub async fn put(
    caller: Caller,
    Path((list, area)): Path<(String, String)>,
    Body(command): Body<PutRow>,
) -> Answer<RevisionView> {
    let done = async {
        let code = list_for(&caller, needs::DRAFTING, &list)?;
        let row = (command.was.as_deref(), &command.cells);
        register::put_row(&caller.0, (code, &area), command.version, row).await
    };
    caller.answer(done.await)
}

/// What is done to a row that is named.
#[derive(Clone, Copy)]
enum Named {
    Remove,
    Undo,
}

impl Named {
    async fn run(
        self,
        caller: Caller,
        (list, area): (&str, &str),
        NameRow { version, key }: NameRow,
    ) -> Answer<RevisionView> {
        let done = async {
            let of = (list_for(&caller, needs::DRAFTING, list)?, area);
            match self {
                Self::Remove => register::remove_row(&caller.0, of, version, &key).await,
                Self::Undo => register::undo_row(&caller.0, of, version, &key).await,
            }
        };
        caller.answer(done.await)
    }
}

/// Remove a row
///
/// In the draft; rows of units and settings end or change and do not go.
#[utoipa::path(post, path = "/registers/{list}/{area}/remove", tag = "registers", request_body = NameRow,
    params(("list" = ListCode, Path, description = "The list"), ("area" = String, Path, description = "`base`, or a division code")),
    responses((status = 200, description = "The draft", body = RevisionView)))]
pub async fn remove(
    caller: Caller,
    Path((list, area)): Path<(String, String)>,
    Body(command): Body<NameRow>,
) -> Answer<RevisionView> {
    let act = Named::Remove;
    act.run(caller, (&list, &area), command).await
}

/// Leave a row as it was
///
/// What the draft does to it is forgotten.
#[utoipa::path(post, path = "/registers/{list}/{area}/undo", tag = "registers", request_body = NameRow,
    params(("list" = ListCode, Path, description = "The list"), ("area" = String, Path, description = "`base`, or a division code")),
    responses((status = 200, description = "The draft", body = RevisionView)))]
pub async fn undo(
    caller: Caller,
    Path((list, area)): Path<(String, String)>,
    Body(command): Body<NameRow>,
) -> Answer<RevisionView> {
    let act = Named::Undo;
    act.run(caller, (&list, &area), command).await
}

/// Take a table
///
/// A CSV text or a file (CSV, XLSX) into the draft, as a whole or not at all; with `only_look` nothing is written. Lines that cannot be taken are in the answer.
#[utoipa::path(post, path = "/registers/{list}/{area}/table", tag = "registers", request_body = TakeTable,
    params(("list" = ListCode, Path, description = "The list"), ("area" = String, Path, description = "`base`, or a division code")),
    responses((status = 200, description = "What came of it", body = TableReport)))]
pub async fn table(
    caller: Caller,
    Path((list, area)): Path<(String, String)>,
    Body(command): Body<TakeTable>,
) -> Answer<TableReport> {
    let done = async {
        caller.0.ask(needs::DRAFTING)?;
        let (text, encoding) = sheet::text::sent(command.text, command.file).await?;
        let table = Table {
            version: command.version,
            text,
            encoding,
            replaces: command.replaces,
            only_look: command.only_look,
        };
        register::take(&caller.0, (code(&list)?, &area), table).await
    };
    caller.answer(done.await)
}

/// Give the draft up
///
/// It stays in the history.
#[utoipa::path(post, path = "/registers/{list}/{area}/discard", tag = "registers", request_body = NameDraft,
    params(("list" = ListCode, Path, description = "The list"), ("area" = String, Path, description = "`base`, or a division code")),
    responses((status = 200, description = "What was the draft", body = RevisionView)))]
pub async fn discard(
    caller: Caller,
    Path((list, area)): Path<(String, String)>,
    Body(command): Body<NameDraft>,
) -> Answer<RevisionView> {
    let done = async {
        let code = list_for(&caller, needs::DRAFTING, &list)?;
        register::discard(&caller.0, (code, &area), command.version).await
    };
    caller.answer(done.await)
}

/// Hand the draft on
///
/// To a second person, who publishes it.
#[utoipa::path(post, path = "/registers/{list}/{area}/hand-on", tag = "registers", request_body = NameDraft,
    params(("list" = ListCode, Path, description = "The list"), ("area" = String, Path, description = "`base`, or a division code")),
    responses((status = 200, description = "The draft", body = RevisionView)))]
pub async fn hand_on(
    caller: Caller,
    Path((list, area)): Path<(String, String)>,
    Body(command): Body<NameDraft>,
) -> Answer<RevisionView> {
    let done = async {
        let code = list_for(&caller, needs::DRAFTING, &list)?;
        let what = (command.version, command.note);
        register::hand_on(&caller.0, (code, &area), what).await
    };
    caller.answer(done.await)
}

/// Replay the draft
///
/// A job reckons the deadlines of what was accepted in the last 30 days by the draft of limits, days or working hours, lets their clocks climb the draft of the
/// ladder, or sorts those tickets by the draft of categories; its result stands in the preview and in the job.
#[utoipa::path(post, path = "/registers/{list}/{area}/replay", tag = "registers", request_body = NameDraft,
    params(("list" = ListCode, Path, description = "The list"), ("area" = String, Path, description = "`base`, or a division code")),
    responses((status = 200, description = "The job", body = JobView)))]
pub async fn replay(
    caller: Caller,
    Path((list, area)): Path<(String, String)>,
    Body(command): Body<NameDraft>,
) -> Answer<JobView> {
    let done = async {
        let code = list_for(&caller, needs::DRAFTING, &list)?;
        let job = register::replay(&caller.0, (code, &area), command.version).await?;
        services::jobs::host::desk::get(&caller.0, job).await
    };
    caller.answer(done.await)
}

/// Publish
///
/// The draft holds from a day, or from now on.
#[utoipa::path(post, path = "/registers/{list}/{area}/publish", tag = "registers", request_body = PublishDraft,
    params(("list" = ListCode, Path, description = "The list"), ("area" = String, Path, description = "`base`, or a division code")),
    responses((status = 200, description = "The revision", body = RevisionView)))]
pub async fn publish(
    caller: Caller,
    Path((list, area)): Path<(String, String)>,
    Body(command): Body<PublishDraft>,
) -> Answer<RevisionView> {
    let done = async {
        caller.0.ask(needs::PUBLISHING)?;
        let order = Publishing {
            version: command.version,
            from: rules::day_of("from", command.from.as_deref())?,
            open_too: command.open_too,
            note: command.note,
            reading: if command.ask_reading {
                let read_by = rules::day_of("read_by", command.read_by.as_deref())?;
                Some(Reading { read_by })
            } else {
                None
            },
        };
        register::publish(&caller.0, (code(&list)?, &area), order).await
    };
    caller.answer(done.await)
}

/// Take back
///
/// A revision that waits for its day becomes a draft again.
#[utoipa::path(post, path = "/registers/{list}/{area}/take-back", tag = "registers", request_body = TakeBack,
    params(("list" = ListCode, Path, description = "The list"), ("area" = String, Path, description = "`base`, or a division code")),
    responses((status = 200, description = "The draft", body = RevisionView)))]
pub async fn take_back(
    caller: Caller,
    Path((list, area)): Path<(String, String)>,
    Body(command): Body<TakeBack>,
) -> Answer<RevisionView> {
    let done = async {
        let code = list_for(&caller, needs::PUBLISHING, &list)?;
        register::take_back(&caller.0, (code, &area), command.revision).await
    };
    caller.answer(done.await)
}
