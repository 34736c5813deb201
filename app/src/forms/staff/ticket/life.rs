//! Forms of the life of accounts: ask, answer, withdraw, freeze, and staff from a table.
//! Not here: the rules (`services::users::life`, `services::users`).
//! Links are said once: they come back in the form that made them.

use services::users::life::{self, Answer, AskAccount, Freeze};
use services::users::{self, StaffTable};
use shared::access::{RoleCode, needs};
use shared::account::life::AccountAct;
use shared::account::posts::GivePost;
use shared::account::review::{AnswerPost, ReviewAnswer};
use shared::account::stand_in::{AskStandIn, StandInAnswer};
use shared::calendar::{day_start, days_after};
use shared::command::Sent;
use shared::fault::Check;
use shared::ids::{AccountRequestId, ReviewId, StandInId};

use crate::forms::lists::REPORT;
use crate::forms::staff::table::Posted;
use crate::forms::{Call, Fields, FormRoute, Redirect, Refusal};

forms! {
    "/staff/import", needs::STAFFING, import, Tables;
    "/staff/account-requests/new", needs::APPLYING, ask;
    "/staff/account-requests/{id}/decide", needs::ACCOUNT_REQUESTS, decide;
    "/staff/account-requests/{id}/withdraw", needs::ACCOUNT_REQUESTS, withdraw;
    "/staff/accounts/{name}/freeze", needs::STAFFING, freeze;
    "/account/stand-ins", needs::STAND_INS, stand_in;
    "/account/stand-ins/{id}/{verb}", needs::STAND_INS, answer_stand_in;
    "/staff/reviews/{id}/answer", needs::REVIEWS, review;
}

/// The version that the page showed; one that is unreadable is stale.
fn version(fields: &Fields) -> i32 {
    let version = fields.get("version").and_then(|text| text.parse().ok());
    version.unwrap_or(0)
}

/// Only looks at a table of people, or makes their accounts: the report comes back with the form, and the links with it, once.
async fn import(call: Call) -> Result<Redirect, Refusal> {
    let posted = Posted::of(call.fields)?;
    let table = StaffTable {
        text: posted.text,
        encoding: posted.encoding,
        only_look: posted.only_look,
    };
    let mut fields = posted.fields;
    match users::take_staff(&call.ctx, table).await {
        Ok(report) => {
            if report.is_taken {
                fields.set("text", "");
            }
            fields.set(REPORT, serde_json::to_string(&report).unwrap_or_default());
            Err(Refusal::Again(fields.into_pairs()))
        }
        Err(fault) => Err(Refusal::FaultWith(fault, fields.into_pairs())),
    }
}

async fn ask(call: Call) -> Result<Redirect, Refusal> {
    let fields = &call.fields;
    let mut check = Check::default();
    let sent = Sent::form(fields.pairs());
    let kind: Option<AccountAct> = sent.field("kind", &mut check);
    let until: Option<Option<chrono::NaiveDate>> = sent.field("until", &mut check);
    check.finish()?;
    let until = until.flatten().map(|day| day_start(days_after(day, 1)));
    let roles = fields.pairs().iter().filter(|(name, _)| name == "posts");
    let posts = roles
        .filter_map(|(_, code)| RoleCode::parse(code))
        .map(|role| GivePost {
            until,
            ..GivePost::plain(role)
        })
        .collect();
    let asked = AskAccount {
        kind: kind.unwrap_or(AccountAct::Open),
        username: fields.text("username"),
        name: fields.optional("name"),
        unit: fields.optional("unit"),
        posts,
        reason: fields.text("reason"),
        heir: fields.optional("heir"),
    };
    let made = life::ask(&call.ctx, asked).await?;
    Ok(Redirect::to(format!(
        "/staff/account-requests/{}?done=ask",
        made.id
    )))
}

/// Takes the next step, or refuses by its button. The link of a new account comes back in the form, and is shown this once.
async fn decide(call: Call) -> Result<Redirect, Refusal> {
    let id: AccountRequestId = call.param(0)?;
    let answer = Answer {
        version: version(&call.fields),
        agrees: call.fields.get("refuse").is_none(),
        answer: call.fields.optional("answer"),
    };
    let done = life::decide(&call.ctx, id, answer).await?;
    match done.link {
        None => Ok(Redirect::to(format!(
            "/staff/account-requests/{id}?done=decide"
        ))),
        Some(made) => Err(Refusal::Again(vec![
            ("link".to_owned(), made.link),
            ("until".to_owned(), made.expires_at.0.to_string()),
        ])),
    }
}

async fn withdraw(call: Call) -> Result<Redirect, Refusal> {
    let id: AccountRequestId = call.param(0)?;
    life::withdraw(&call.ctx, id, version(&call.fields)).await?;
    Ok(Redirect::to(format!(
        "/staff/account-requests/{id}?done=decide"
    )))
}

async fn freeze(call: Call) -> Result<Redirect, Refusal> {
    let name: String = call.param(0)?;
    let command = Freeze {
        version: version(&call.fields),
        reason: call.fields.text("reason"),
    };
    life::freeze(&call.ctx, &name, command).await?;
    Ok(Redirect::to(format!("/staff/accounts/{name}?done=freeze")))
}

async fn stand_in(call: Call) -> Result<Redirect, Refusal> {
    let asked = AskStandIn {
        username: call.fields.text("username"),
        from: call.fields.text("from"),
        until: call.fields.text("until"),
        reason: call.fields.optional("reason"),
    };
    life::ask_stand_in(&call.ctx, asked).await?;
    Ok(Redirect::to("/account/stand-ins?done=ask"))
}

async fn answer_stand_in(call: Call) -> Result<Redirect, Refusal> {
    let id: StandInId = call.param(0)?;
    let answer: StandInAnswer = call.param(1)?;
    life::answer_stand_in(&call.ctx, id, answer).await?;
    Ok(Redirect::to("/account/stand-ins?done=answer"))
}

/// Every answer that was chosen; what was left for later is left out.
async fn review(call: Call) -> Result<Redirect, Refusal> {
    let id: ReviewId = call.param(0)?;
    let sent = Sent::form(call.fields.pairs());
    let mut check = Check::default();
    let mut chosen = Vec::new();
    for (name, value) in call.fields.pairs() {
        let of = name.strip_prefix("answer.");
        let of = of.and_then(|rest| rest.split_once('.'));
        let of = of.and_then(|(no, username)| Some((no.parse::<i32>().ok()?, username)));
        let (Some((no, username)), Some(answer)) = (of, ReviewAnswer::parse(value)) else {
            continue;
        };
        let mut post = AnswerPost {
            username: username.to_owned(),
            no,
            answer,
            until: None,
        };
        if answer == ReviewAnswer::Shortened {
            let day: Option<Option<chrono::NaiveDate>> =
                sent.field(&post.until_field(), &mut check);
            post.until = day.flatten().map(|day| day_start(days_after(day, 1)));
        }
        chosen.push(post);
    }
    check.finish()?;
    life::answer_review(&call.ctx, id, chosen).await?;
    Ok(Redirect::to(format!("/staff/reviews/{id}?done=answer")))
}
