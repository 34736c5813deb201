//! Forms of reports: keeping one, signing it, remarking on it; scheduling one, stopping it, letting it go on; saved pivots, tiles of the own page of figures, warnings.
//! Not here: the rules (`services::reports`), the pages (`pages::staff::standard`).
//! Each goes to the report that it is about, or to the schedules.

use services::reports;
use shared::access::needs;
use shared::command::{Command as _, Sent};
use shared::fault::{Check, Code, Fault};
use shared::measure::AnswerWarning;
use shared::query::pairs_of;
use shared::query::view::ViewShare;
use shared::report::{AskSchedule, KeepPivot, Moving, ReportAsked, ReportName, Rhythm, TileKind};

use crate::forms::{Answer, Call, FormRoute, Redirect, Refusal, route};

/// The forms of this file.
pub const FORMS: &[FormRoute] = &[
    route("/reports/kept", needs::REPORT, |call| -> Answer {
        Box::pin(keep(call))
    }),
    route(
        "/reports/kept/{no}/sign",
        needs::SIGNING,
        |call| -> Answer { Box::pin(sign(call)) },
    ),
    route(
        "/reports/kept/{no}/comment",
        needs::REPORT,
        |call| -> Answer { Box::pin(comment(call)) },
    ),
    route("/reports/scheduled", needs::REPORT, |call| -> Answer {
        Box::pin(schedule(call))
    }),
    route(
        "/reports/scheduled/{id}/stop",
        needs::REPORT,
        |call| -> Answer { Box::pin(stop(call)) },
    ),
    route(
        "/reports/scheduled/{id}/resume",
        needs::REPORT,
        |call| -> Answer { Box::pin(resume(call)) },
    ),
    route("/reports/pivots", needs::REPORT, |call| -> Answer {
        Box::pin(keep_pivot(call))
    }),
    route(
        "/reports/pivots/{id}/delete",
        needs::REPORT,
        |call| -> Answer { Box::pin(delete_pivot(call)) },
    ),
    route(
        "/reports/warnings/{id}/answer",
        needs::REPORT,
        |call| -> Answer { Box::pin(answer(call)) },
    ),
    route("/board", needs::TICKETS, |call| -> Answer {
        Box::pin(pin(call))
    }),
    route("/board/{id}/front", needs::TICKETS, |call| -> Answer {
        Box::pin(front(call))
    }),
    route("/board/{id}/remove", needs::TICKETS, |call| -> Answer {
        Box::pin(unpin(call))
    }),
];

/// Where saved pivots and tiles are seen after something was done to one.
const PIVOTS: &str = "/reports/pivots?done=pivot";
const BOARD: &str = "/board?done=board";

async fn keep_pivot(call: Call) -> Result<Redirect, Refusal> {
    let fields = &call.fields;
    let mut check = Check::default();
    let span = Moving::parse(&fields.text("span"));
    if span.is_none() {
        check.add("span", Code::InputRequired);
    }
    let share = fields.optional("shared");
    let shared = match &share {
        None => Some(ViewShare::Nobody),
        Some(word) => ViewShare::parse(word),
    };
    if shared.is_none() {
        check.add("shared", Code::InputCode);
    }
    check.finish()?;
    let (Some(span), Some(shared)) = (span, shared) else {
        return Err(Fault::missing().into());
    };
    let command = KeepPivot {
        name: fields.text("name"),
        query: fields.text("query"),
        span,
        shared,
    };
    reports::keep_pivot(&call.ctx, command).await?;
    Ok(Redirect::to(PIVOTS))
}

async fn delete_pivot(call: Call) -> Result<Redirect, Refusal> {
    reports::delete_pivot(&call.ctx, call.param(0)?).await?;
    Ok(Redirect::to(PIVOTS))
}

/// What a warning is.
async fn answer(call: Call) -> Result<Redirect, Refusal> {
    let id = call.param(0)?;
    let command = AnswerWarning::read(Sent::form(call.fields.pairs()))?;
    reports::answer_warning(&call.ctx, id, command).await?;
    Ok(Redirect::to("/reports/warnings?done=answer"))
}

async fn pin(call: Call) -> Result<Redirect, Refusal> {
    let what = call.fields.text("what");
    let read = what.split_once(':').and_then(|(kind, subject)| {
        let subject = subject.parse().ok()?;
        Some((TileKind::parse(kind)?, subject))
    });
    let (kind, subject) = read.ok_or_else(|| Fault::field("what", Code::InputRequired))?;
    reports::pin(&call.ctx, kind, subject).await?;
    Ok(Redirect::to(BOARD))
}

async fn front(call: Call) -> Result<Redirect, Refusal> {
    reports::to_front(&call.ctx, call.param(0)?).await?;
    Ok(Redirect::to(BOARD))
}

async fn unpin(call: Call) -> Result<Redirect, Refusal> {
    reports::unpin(&call.ctx, call.param(0)?).await?;
    Ok(Redirect::to(BOARD))
}

/// Where schedules are seen after something was done to one.
const SCHEDULED: &str = "/reports/scheduled?done=scheduled";

async fn schedule(call: Call) -> Result<Redirect, Refusal> {
    let fields = &call.fields;
    let mut check = Check::default();
    let name = ReportName::parse(&fields.text("name"));
    let rhythm = Rhythm::parse(&fields.text("rhythm"));
    let hour = fields.text("hour").trim().parse::<u32>().ok();
    for (field, is_there) in [
        ("name", name.is_some()),
        ("rhythm", rhythm.is_some()),
        ("hour", hour.is_some()),
    ] {
        if !is_there {
            check.add(field, Code::InputRequired);
        }
    }
    check.finish()?;
    let (Some(name), Some(rhythm), Some(hour)) = (name, rhythm, hour) else {
        return Err(Fault::missing().into());
    };
    let receivers = fields.text("receivers");
    let receivers = receivers.split(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、'));
    let command = AskSchedule {
        name,
        rhythm,
        hour,
        region: fields.optional("area"),
        receivers: receivers
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .collect(),
    };
    reports::schedule(&call.ctx, command).await?;
    Ok(Redirect::to(SCHEDULED))
}

async fn stop(call: Call) -> Result<Redirect, Refusal> {
    reports::unschedule(&call.ctx, call.param(0)?).await?;
    Ok(Redirect::to(SCHEDULED))
}

async fn resume(call: Call) -> Result<Redirect, Refusal> {
    reports::reschedule(&call.ctx, call.param(0)?).await?;
    Ok(Redirect::to(SCHEDULED))
}

async fn keep(call: Call) -> Result<Redirect, Refusal> {
    let name = ReportName::parse(&call.fields.text("name")).ok_or_else(Fault::missing)?;
    let pairs = pairs_of(&call.fields.text("query"));
    let asked = ReportAsked::from_pairs(name, &pairs, call.ctx.now().date())?;
    let no = reports::keep(&call.ctx, &asked).await?;
    Ok(to(&no))
}

async fn sign(call: Call) -> Result<Redirect, Refusal> {
    let no: String = call.param(0)?;
    reports::sign(&call.ctx, &no).await?;
    Ok(to(&no))
}

async fn comment(call: Call) -> Result<Redirect, Refusal> {
    let no: String = call.param(0)?;
    reports::comment(&call.ctx, &no, &call.fields.text("text")).await?;
    Ok(to(&no))
}

fn to(no: &str) -> Redirect {
    Redirect::to(format!("/reports/kept/{no}?done=kept"))
}
