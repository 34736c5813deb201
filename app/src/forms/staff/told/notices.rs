//! Forms of notices: open one (which reads it), mark one or all as read, how one wants to be told.
//! Not here: how notices come to be (`services::gateway::inside`).
//! Without script each is a button.

use services::gateway::bell;
use shared::access::needs;
use shared::ids::{ApprovalId, TicketId};
use shared::notice::{NoticeChoice, NoticeKind, NoticeSettings};

use crate::forms::{Answer, Call, FormRoute, Redirect, Refusal, route};

const fn form(pattern: &'static str, run: fn(Call) -> Answer) -> FormRoute {
    route(pattern, needs::NOTICES, run)
}

/// The forms of this file.
pub const FORMS: &[FormRoute] = &[
    form("/notices/read", |call| -> Answer {
        Box::pin(read_all(call))
    }),
    form("/notices/{id}/read", |call| -> Answer {
        Box::pin(read(call))
    }),
    form("/notices/{id}/open", |call| -> Answer {
        Box::pin(open(call))
    }),
    form("/account/notices", |call| -> Answer {
        Box::pin(choose(call))
    }),
];

async fn read_all(call: Call) -> Result<Redirect, Refusal> {
    bell::read(&call.ctx, None).await?;
    Ok(Redirect::to("/notices?done=read"))
}

async fn read(call: Call) -> Result<Redirect, Refusal> {
    bell::read(&call.ctx, Some(call.param(0)?)).await?;
    Ok(Redirect::to("/notices?done=read"))
}

/// Reads it and goes to its case, or to the page that it is about.
async fn open(call: Call) -> Result<Redirect, Refusal> {
    bell::read(&call.ctx, Some(call.param(0)?)).await?;
    let ticket = call.fields.text("ticket").parse::<TicketId>().ok();
    let approval = call.fields.text("approval").parse::<ApprovalId>().ok();
    let ticket = ticket.map(|ticket| format!("/tickets/{ticket}"));
    let approval = approval.map(|approval| format!("/approvals/{approval}"));
    let kind = NoticeKind::parse(&call.fields.text("kind"));
    let page = kind.and_then(NoticeKind::page).map(str::to_owned);
    let to = ticket.or(approval).or(page);
    Ok(Redirect::to(to.unwrap_or_else(|| "/notices".to_owned())))
}

async fn choose(call: Call) -> Result<Redirect, Refusal> {
    let choice = |kind: &NoticeKind| {
        let ticked = |way: &str| call.fields.ticked(&format!("{kind}.{way}"));
        NoticeChoice {
            kind: *kind,
            desk: ticked("desk"),
            mail: ticked("mail"),
            sms: ticked("sms"),
        }
    };
    let settings = NoticeSettings {
        choices: NoticeKind::ALL.iter().map(choice).collect(),
        mail: call.fields.optional("mail"),
        mobile: call.fields.optional("mobile"),
    };
    bell::choose(&call.ctx, settings).await?;
    Ok(Redirect::to("/account/notices?done=saved"))
}
