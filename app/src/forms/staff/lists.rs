//! Forms of the register: begin a draft, change rows, read a file, hand on, publish, take back, restore.
//! Not here: the rules (`services::register`), columns (`shared::register`).
//! A file's report comes back with its form as a field of its own, so that no script is needed.

use services::register::{self, Publishing, Reading, Table, reading};
use shared::access::needs;
use shared::command::Sent;
use shared::fault::{Check, Fault};
use shared::register::{Cells, ListCode, list};

use super::table::Posted;
use crate::forms::lists::REPORT;
use crate::forms::{Call, Fields, FormRoute, Redirect, Refusal};

forms! {
    "/office/lists/{list}/{area}/begin", needs::DRAFTING, begin;
    "/office/lists/{list}/{area}/row", needs::DRAFTING, row;
    "/office/lists/{list}/{area}/remove", needs::DRAFTING, remove;
    "/office/lists/{list}/{area}/undo", needs::DRAFTING, undo;
    "/office/lists/{list}/{area}/discard", needs::DRAFTING, discard;
    "/office/lists/{list}/{area}/restore", needs::DRAFTING, restore;
    "/office/lists/{list}/{area}/table", needs::DRAFTING, table, Tables;
    "/office/lists/{list}/{area}/hand-on", needs::DRAFTING, hand_on;
    "/office/lists/{list}/{area}/replay", needs::DRAFTING, replay;
    "/office/lists/{list}/{area}/publish", needs::PUBLISHING, publish;
    "/office/lists/{list}/{area}/take-back", needs::PUBLISHING, take_back;
    "/office/lists/{list}/{area}/ask-reading", needs::PUBLISHING, ask_reading;
    "/office/units/{area}/reorganise", needs::DRAFTING, reorganise;
    "/rules/{id}/read", needs::NOTICES, read_rule;
}

/// Which list a form is about.
struct Place {
    code: ListCode,
    area: String,
}

impl Place {
    fn of(call: &Call) -> Result<Self, Fault> {
        Ok(Self {
            code: call.param(0)?,
            area: call.param(1)?,
        })
    }

    fn at(&self) -> (ListCode, &str) {
        (self.code, &self.area)
    }

    fn back(&self, rest: &str) -> Redirect {
        Redirect::to(format!("/office/lists/{}/{}{rest}", self.code, self.area))
    }
}

/// The version of the draft that the page showed; one that is unreadable is stale.
fn version(fields: &Fields) -> i32 {
    fields
        .get("version")
        .and_then(|text| text.parse().ok())
        .unwrap_or(0)
}

async fn begin(call: Call) -> Result<Redirect, Refusal> {
    let place = Place::of(&call)?;
    register::begin(&call.ctx, place.code, &place.area).await?;
    Ok(place.back("?done=begin"))
}

/// Saves a row; a new one without `was`.
async fn row(call: Call) -> Result<Redirect, Refusal> {
    let place = Place::of(&call)?;
    let columns = list(place.code).columns.iter();
    let cells: Cells = columns
        .map(|column| (column.name.to_owned(), call.fields.text(column.name)))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    let was = call.fields.optional("was");
    let version = version(&call.fields);
    register::put_row(&call.ctx, place.at(), version, (was.as_deref(), &cells)).await?;
    Ok(place.back("?done=save&changes=1"))
}

async fn remove(call: Call) -> Result<Redirect, Refusal> {
    let place = Place::of(&call)?;
    let key = call.fields.text("key");
    register::remove_row(&call.ctx, place.at(), version(&call.fields), &key).await?;
    Ok(place.back("?done=remove&changes=1"))
}

async fn undo(call: Call) -> Result<Redirect, Refusal> {
    let place = Place::of(&call)?;
    let key = call.fields.text("key");
    register::undo_row(&call.ctx, place.at(), version(&call.fields), &key).await?;
    Ok(place.back("?done=undo&changes=1"))
}

async fn discard(call: Call) -> Result<Redirect, Refusal> {
    let place = Place::of(&call)?;
    register::discard(&call.ctx, place.at(), version(&call.fields)).await?;
    Ok(place.back("?done=discard"))
}

async fn restore(call: Call) -> Result<Redirect, Refusal> {
    let place = Place::of(&call)?;
    let number = number(&call.fields)?;
    register::restore(&call.ctx, place.code, &place.area, number).await?;
    Ok(place.back("?done=restore&changes=1"))
}

/// The number of a revision.
fn number(fields: &Fields) -> Result<i32, Fault> {
    let number = fields.get("revision").and_then(|text| text.parse().ok());
    number.ok_or_else(Fault::missing)
}

async fn take_back(call: Call) -> Result<Redirect, Refusal> {
    let place = Place::of(&call)?;
    let number = number(&call.fields)?;
    register::take_back(&call.ctx, place.at(), number).await?;
    Ok(place.back("?done=take-back"))
}

/// Asks people to read a published revision.
async fn ask_reading(call: Call) -> Result<Redirect, Refusal> {
    let place = Place::of(&call)?;
    let number = number(&call.fields)?;
    let note = call.fields.text("note");
    let read_by = day(&call.fields, "read_by")?;
    reading::ask(&call.ctx, place.at(), (number, note), read_by).await?;
    Ok(place.back("?done=ask-reading"))
}

/// Whoever is asked has read and understood it.
async fn read_rule(call: Call) -> Result<Redirect, Refusal> {
    reading::read(&call.ctx, call.param(0)?).await?;
    Ok(Redirect::to("/rules?done=read"))
}

async fn hand_on(call: Call) -> Result<Redirect, Refusal> {
    let place = Place::of(&call)?;
    let note = call.fields.optional("note");
    register::hand_on(&call.ctx, place.at(), (version(&call.fields), note)).await?;
    Ok(place.back("?done=hand-on"))
}

/// Tries the draft on recent tickets.
async fn replay(call: Call) -> Result<Redirect, Refusal> {
    let place = Place::of(&call)?;
    register::replay(&call.ctx, place.at(), version(&call.fields)).await?;
    Ok(place.back("/preview?done=replay"))
}

/// A day in a field; nothing when it is empty.
fn day(fields: &Fields, name: &str) -> Result<Option<chrono::NaiveDate>, Fault> {
    let mut check = Check::default();
    let day: Option<Option<chrono::NaiveDate>> = Sent::form(fields.pairs()).field(name, &mut check);
    check.finish()?;
    Ok(day.flatten())
}

async fn publish(call: Call) -> Result<Redirect, Refusal> {
    let place = Place::of(&call)?;
    let read_by = day(&call.fields, "read_by")?;
    let asks = call.fields.ticked("ask_reading");
    let order = Publishing {
        version: version(&call.fields),
        from: day(&call.fields, "from")?,
        open_too: call.fields.ticked("open_too"),
        note: call.fields.optional("note"),
        reading: asks.then_some(Reading { read_by }),
    };
    register::publish(&call.ctx, place.at(), order).await?;
    Ok(place.back("?done=publish"))
}

/// Merges or divides units in the drafts of units and duties.
async fn reorganise(call: Call) -> Result<Redirect, Refusal> {
    let area: String = call.param(0)?;
    let command = crate::api::lists::reorganise_of(call.fields.pairs());
    let done = register::reorganise(&call.ctx, &area, &command).await?;
    let duties = if done.duties.is_some() {
        "&duties=1"
    } else {
        ""
    };
    let from = command.from.unwrap_or_default();
    let from = shared::query::encoded(&from);
    Ok(Redirect::to(format!(
        "/office/lists/units/{area}/preview?done=reorganise{duties}&from={from}"
    )))
}

/// Only looks at a file, or takes it into the draft.
async fn table(call: Call) -> Result<Redirect, Refusal> {
    let place = Place::of(&call)?;
    let posted = Posted::of(call.fields)?;
    let table = Table {
        version: version(&posted.fields),
        text: posted.text,
        encoding: posted.encoding,
        replaces: posted.fields.ticked("replaces"),
        only_look: posted.only_look,
    };
    let mut fields = posted.fields;
    match register::take(&call.ctx, place.at(), table).await {
        Ok(report) if report.is_taken => Ok(place.back("?done=table&changes=1")),
        Ok(report) => {
            fields.set(REPORT, serde_json::to_string(&report).unwrap_or_default());
            Err(Refusal::Again(fields.into_pairs()))
        }
        Err(fault) => Err(Refusal::FaultWith(fault, fields.into_pairs())),
    }
}
