//! The forms of the verbs on cases of every kind, made of their descriptors: where it is posted, who may, how its fields are read.
//! A verb on a part of a case names the case as well, which is only the way back.
//! Not here: the verbs (`shared::verb`), what they change (services), how a form looks (`pages::staff`).

use std::borrow::Cow;
use std::sync::LazyLock;

use services::approvals::{self, Act};
use shared::command::Sent;
use shared::fault::{Fault, FieldFault};
use shared::ids::CaseId;
use shared::verb::{CaseVerb, VerbOf, Verbs};
use shared::{approval, ticket};

use crate::forms::{Answer, Call, Files, FormRoute, Redirect, Refusal, local_path};

macro_rules! of_tickets {
    ($($command:ident),+) => { [$(row::<ticket::verbs::$command>()),+] };
}
macro_rules! of_approvals {
    ($($command:ident),+) => { [$(row::<approval::verbs::$command>()),+] };
}

/// A form per verb.
pub static FORMS: LazyLock<Vec<FormRoute>> = LazyLock::new(|| {
    let tickets = shared::ticket_verbs!(of_tickets).into_iter();
    tickets
        .chain(shared::approval_verbs!(of_approvals))
        .collect()
});

fn row<V: Act>() -> FormRoute {
    let place = V::Of::form(V::DESCRIPTOR.on);
    FormRoute {
        pattern: Cow::Owned(format!("{place}/{}", V::word())),
        need: V::DESCRIPTOR.need,
        files: Files::None,
        tries: None,
        run: |call| -> Answer { Box::pin(run::<V>(call)) },
    }
}

/// Reads the command, does it and goes back to the case, which says what was done.
async fn run<V: Act>(call: Call) -> Result<Redirect, Refusal> {
    let case: CaseId = call.param(0)?;
    let at: CaseId = call.param(call.params.len().saturating_sub(1))?;
    let sent = Sent::form(call.fields.pairs());
    let entered = approvals::read::<V>(&call.ctx, at, sent).await?;
    let verb = entered.command.does();
    let done = approvals::act::<V>(&call.ctx, at, entered).await;
    done.map_err(at_field::<V>)?;
    Ok(Redirect::to(back::<V>(&call, case, verb)))
}

/// Back to the case, which says what was done; or to the process owner's page, or the plan, that the form stood on.
fn back<V: CaseVerb>(call: &Call, case: CaseId, verb: VerbOf<V>) -> String {
    match call.fields.get("back").map(local_path) {
        Some(back)
            if (back.starts_with("/processes/") || back == "/plan") && !back.contains('?') =>
        {
            format!("{back}?done={verb}")
        }
        _ => format!("{}/{case}?done={verb}", V::Of::PAGES),
    }
}

/// A fault of the whole that belongs to a field of the form.
fn at_field<V: CaseVerb>(fault: Fault) -> Fault {
    let field = V::AT_FIELD.iter().find(|(code, _)| *code == fault.code);
    match field {
        Some((code, field)) if fault.fields.is_empty() => Fault::fields(vec![FieldFault {
            field: (*field).to_owned(),
            code: *code,
            facts: fault.facts,
        }]),
        _ => fault,
    }
}
