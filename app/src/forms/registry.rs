//! The table of forms and the one door through which every posted form goes, plain or hydrated.
//! A row is a path pattern, who may post it, and the function that runs it; the server makes its POST routes from `forms()`.
//! Rights are asked again in the services (I6); the row's need only decides early and stands in the access table (I13).

use std::borrow::Cow;
use std::future::Future;
use std::pin::Pin;

use services::Ctx;
use services::asked::at_the_door;
use services::tries::{self, Try};
use shared::access::Need;
use shared::fault::{Code, Fault};
use shared::ids::DraftId;

use super::{
    Fields, FormFault, KEY, MARK, PASSKEY, PROOF, PROOF_OPTIONS, PROOF_PASSKEY, PROOF_WAY, PROVED,
    Posted, Redirect, Refusal,
};

/// What a form may carry beside its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Files {
    /// Nothing: a part with a file name is refused.
    None,
    /// Photos, which go to the disk while the form is read.
    Photos,
    /// Texts such as process definitions, which are fields of several megabytes.
    Texts,
    /// Tables of up to 100,000 lines, in any encoding that they are kept in.
    Tables,
}

/// A posted form with its caller.
pub struct Call {
    /// Services, actor, language; carries the form's idempotency key.
    pub ctx: Ctx,
    /// The parts of the path at the pattern's `{…}`, in order.
    pub params: Vec<String>,
    /// What was posted.
    pub fields: Fields,
    /// The ticket that this browser follows (`Keep::Track`).
    pub track: Option<shared::ticket::command::Lookup>,
}

impl Call {
    /// A part of the path as an id; an unreadable one does not exist.
    pub fn param<T: std::str::FromStr>(&self, index: usize) -> Result<T, Fault> {
        self.params
            .get(index)
            .and_then(|text| text.parse().ok())
            .ok_or_else(Fault::missing)
    }
}

/// What a handler gives.
pub type Answer = Pin<Box<dyn Future<Output = Result<Redirect, Refusal>> + Send>>;

/// A form: where it is posted, who may, what runs.
pub struct FormRoute {
    /// Path pattern in axum's words: `/tickets/{id}/dispatch`.
    pub pattern: Cow<'static, str>,
    /// Who may; asked before anything of the body is read.
    pub need: Need,
    /// What it may carry.
    pub files: Files,
    /// As what it counts, where tries have a bound.
    pub tries: Option<Try>,
    /// Runs it.
    pub run: fn(Call) -> Answer,
}

/// A form of fields alone, whose tries have no bound.
pub const fn route(pattern: &'static str, need: Need, run: fn(Call) -> Answer) -> FormRoute {
    FormRoute {
        pattern: Cow::Borrowed(pattern),
        need,
        files: Files::None,
        tries: None,
        run,
    }
}

/// Every form of the product.
pub fn forms() -> impl Iterator<Item = &'static FormRoute> {
    [
        super::session::FORMS,
        super::provider::FORMS,
        super::citizen::FORMS,
        super::citizen::ACCOUNT,
        super::citizen::MANDATES,
        super::citizen::WISHES,
        super::staff::FORMS,
        &super::staff::verb::FORMS,
        super::staff::approval::FORMS,
        super::staff::follow_ups::FORMS,
        super::staff::bulk::FORMS,
        super::staff::exports::FORMS,
        super::staff::jobs::FORMS,
        super::staff::life::FORMS,
        super::staff::lists::FORMS,
        super::staff::incoming::FORMS,
        super::staff::mandates::FORMS,
        super::staff::notices::FORMS,
        super::staff::notifications::FORMS,
        super::staff::paper::FORMS,
        super::staff::process::FORMS,
        super::staff::audit::FORMS,
        super::staff::quality::FORMS,
        super::staff::reports::FORMS,
        super::staff::todo::FORMS,
        super::staff::views::FORMS,
        super::staff::phrases::FORMS,
        super::staff::wishes::FORMS,
    ]
    .into_iter()
    .flatten()
}

/// The form of a path as it was asked for, with the parts at its pattern's `{…}`. One path is one form: nothing is trimmed or folded.
pub fn find(path: &str) -> Option<(&'static FormRoute, Vec<String>)> {
    forms().find_map(|form| matches(&form.pattern, path).map(|params| (form, params)))
}

/// Fields that never go back into a page.
const SECRET: [&str; 7] = [
    PROOF,
    PROOF_PASSKEY,
    PASSKEY,
    "factor_code",
    "current",
    "password",
    "password_again",
];

/// The fields as they may be shown again.
pub fn shown(mut fields: Vec<(String, String)>) -> Vec<(String, String)> {
    fields.retain(|(name, _)| !SECRET.contains(&name.as_str()));
    fields
}

/// Runs a posted form, after its need and its tries were asked. `track` is the visit's followed ticket.
pub async fn handle(
    ctx: &Ctx,
    posted: &Posted,
    track: Option<shared::ticket::command::Lookup>,
) -> Result<Redirect, FormFault> {
    let refuse = |fault: Fault, mut fields: Vec<(String, String)>| {
        if fault.code == Code::IdempotencyReused {
            // Sent before with other words: the page that comes back has a key of its own, so that there is a way on.
            fields.retain(|(name, _)| name != KEY);
        }
        FormFault {
            fault: Some(fault),
            fields: shown(fields),
        }
    };
    let Some((form, params)) = find(&posted.path) else {
        return Err(refuse(Fault::missing(), posted.fields.clone()));
    };
    let mut ctx = ctx.clone();
    proven(&mut ctx, posted).await?;
    let ctx = &ctx;
    let counted = match (at_the_door(ctx, form.need, &form.pattern).await, form.tries) {
        (Ok(()), Some(what)) => tries::count(ctx, what).await,
        (checked, _) => checked,
    };
    if let Err(fault) = counted {
        return Err(refuse(fault, posted.fields.clone()));
    }
    let fields = Fields::new(posted.fields.clone());
    let (own, place) = (
        ctx.clone(),
        super::address(&posted.path, fields.get(MARK).unwrap_or_default()),
    );
    let mut ctx = ctx.clone();
    ctx.idempotency_key = fields
        .get(KEY)
        .filter(|key| !key.is_empty())
        .map(str::to_owned);
    match (form.run)(Call {
        ctx,
        params,
        fields,
        track,
    })
    .await
    {
        Ok(redirect) => {
            services::typed::sent(&own, &place).await;
            Ok(redirect)
        }
        Err(Refusal::Fault(fault)) => Err(refuse(fault, posted.fields.clone())),
        Err(Refusal::FaultWith(fault, fields)) => Err(refuse(fault, fields)),
        Err(Refusal::Again(fields)) => Err(FormFault {
            fault: None,
            fields,
        }),
    }
}

/// Takes the proof that came with a form, if one did. With the password the act that asked for it goes on at once. A passkey answers without
/// the button that was pressed, so that the form comes back and its own button sends it.
async fn proven(ctx: &mut Ctx, posted: &Posted) -> Result<(), FormFault> {
    use services::sessions::{passkey, prove};

    let given = |wanted: &str| {
        let mut fields = posted.fields.iter();
        let found = fields.find(|(name, value)| name == wanted && !value.is_empty());
        found.map(|(_, value)| value.as_str())
    };
    let again = |fault: Option<Fault>, more: Option<(&str, String)>| {
        let mut fields = shown(posted.fields.clone());
        fields.extend(more.map(|(name, value)| (name.to_owned(), value)));
        FormFault { fault, fields }
    };
    let (answer, is_asked) = (given(PROOF_PASSKEY), given(PROOF_WAY).is_some());
    let proved = match (answer, given(PROOF)) {
        (Some(_), _) if ctx.actor.fresh => Ok(()),
        (Some(answer), _) => passkey::prove(ctx, answer).await,
        (None, _) if is_asked => match passkey::begin(ctx).await {
            Ok(asked) => {
                let fault = Fault::new(Code::ProofNeeded);
                return Err(again(Some(fault), Some((PROOF_OPTIONS, asked))));
            }
            Err(fault) => Err(fault),
        },
        (None, Some(proof)) if !ctx.actor.fresh => prove(ctx, proof).await,
        (None, _) => return Ok(()),
    };
    match proved {
        Ok(()) if answer.is_some() => Err(again(None, Some((PROVED, "yes".to_owned())))),
        Ok(()) => {
            ctx.actor.fresh = true;
            Ok(())
        }
        Err(fault) if fault.fields.is_empty() => Err(again(Some(fault), None)),
        // It is still asked for, and the page says so with the field.
        Err(fault) => {
            let fault = Fault {
                fields: fault.fields,
                ..Fault::new(Code::ProofNeeded)
            };
            Err(again(Some(fault), None))
        }
    }
}

/// Takes one file of a plain multipart form: stores it under the form's draft (made when there is none yet) and notes a
/// fault in the fields, so that the other fields and photos survive. The server calls it for each part with a file name.
pub async fn take_photo<S>(ctx: &Ctx, posted: &mut Posted, name: String, body: S)
where
    S: futures::Stream<Item = std::io::Result<axum::body::Bytes>> + Send + Unpin + 'static,
{
    if name.is_empty() {
        return;
    }
    let known = posted
        .fields
        .iter()
        .find(|(field, _)| field == "draft")
        .and_then(|(_, value)| value.parse::<DraftId>().ok());
    let draft = match known {
        // Gone: filed already (the same form arrives once more) or over its time.
        Some(draft) if services::photos::list(ctx, draft).await.is_ok() => Ok(draft),
        _ => services::photos::new_draft(ctx).await,
    };
    let result = match draft {
        Ok(draft) => {
            posted.fields.retain(|(field, _)| field != "draft");
            posted.fields.push(("draft".to_owned(), draft.to_string()));
            services::photos::upload(ctx, draft, name.clone(), body)
                .await
                .map(drop)
        }
        Err(fault) => Err(fault),
    };
    if let Err(fault) = result {
        posted.fields.push((
            super::citizen::PHOTO_FAULT.to_owned(),
            fault.code.to_string(),
        ));
    }
}

/// The parts of the path at the pattern's `{…}`, or `None` when it does not fit.
fn matches(pattern: &str, path: &str) -> Option<Vec<String>> {
    let (mut wanted, mut given) = (pattern.split('/'), path.split('/'));
    let mut params = Vec::new();
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(params),
            (Some(part), Some(value)) if part.starts_with('{') && !value.is_empty() => {
                params.push(value.to_owned());
            }
            (Some(part), Some(value)) if part == value => {}
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_whole_paths() {
        assert_eq!(matches("/file", "/file"), Some(vec![]));
        // A second spelling would be a second door past whatever looks at the path.
        for other in ["/file/", "//file", "/FILE", "/file?", "/%66ile", "file", ""] {
            assert_eq!(matches("/file", other), None, "{other}");
        }
        assert_eq!(
            matches("/tickets/{id}/dispatch", "/tickets/7/dispatch"),
            Some(vec!["7".to_owned()])
        );
        assert_eq!(
            matches("/tickets/{id}/dispatch", "/tickets//dispatch"),
            None
        );
        assert_eq!(matches("/tickets/{id}/dispatch", "/tickets/7"), None);
        assert_eq!(matches("/file", "/filed"), None);
    }

    #[test]
    fn every_form_has_its_own_path() {
        let mut seen = std::collections::BTreeSet::new();
        for form in forms() {
            assert!(
                seen.insert(&*form.pattern),
                "{} is listed twice",
                form.pattern
            );
        }
    }
}
