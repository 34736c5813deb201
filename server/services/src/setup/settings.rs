//! Of an office's file: the rules of signing in, and what was decided and leaves no other trace.
//! Not here: the lists and the people (`plan`).
//! What is so already is left out.

use shared::access::Role;
use shared::fault::{Code, Fault, FieldFault};
use shared::setup::{Trouble, What};
use store::marks::SetMark;

use super::file::Office;
use super::source::Said;
use crate::context::Ctx;
use crate::fault::Settle;

/// Longest words of what was decided.
pub(super) const NOTE: usize = 200;

/// Settings with their new values.
pub(super) async fn rules(
    ctx: &Ctx,
    office: &Office,
    troubles: &mut Vec<Trouble>,
) -> Result<Vec<(String, String)>, Fault> {
    let db = ctx.services.store().reader();
    let mut new = Vec::new();
    for (key, said) in &office.sign_in {
        if let Some(field) = wrong(key, said) {
            troubles.push(said.place.tell(What::Field(field)));
            continue;
        }
        let key = format!("sign_in.{key}");
        let now = store::settings::get(&db, &key).await;
        if now.settle(&ctx.services)?.as_ref() != Some(&said.text) {
            new.push((key, said.text.clone()));
        }
    }
    Ok(new)
}

/// What is wrong with a value.
fn wrong(key: &str, said: &Said) -> Option<FieldFault> {
    let field = |code, facts: &[(&str, String)]| FieldFault {
        field: key.to_owned(),
        code,
        facts: facts
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect(),
    };
    let between = |least: i64, most: i64| {
        let number: Option<i64> = said.text.parse().ok();
        let is_good = number.is_some_and(|number| (least..=most).contains(&number));
        let facts = [("min", least.to_string()), ("max", most.to_string())];
        (!is_good).then(|| field(Code::InputNumber, &facts))
    };
    match key {
        "password_days" => between(0, 3650),
        "proof_minutes" => between(1, 24 * 60),
        _ => {
            let words = said.text.split(',').map(str::trim);
            let mut roles = words.filter(|word| Role::parse(word).is_none());
            let is_good = matches!(said.text.as_str(), "all" | "none") || roles.next().is_none();
            (!is_good).then(|| field(Code::InputCode, &[("value", said.text.clone())]))
        }
    }
}

/// Marks with what was decided.
pub(super) async fn marks(ctx: &Ctx, office: &Office) -> Result<Vec<SetMark>, Fault> {
    let known = store::marks::all(&ctx.services.store().reader()).await;
    let known = known.settle(&ctx.services)?;
    let mut new = Vec::new();
    for (mark, said) in &office.decided {
        let note = note(&said.text);
        let same = |known: &&SetMark| known.mark == *mark && known.note == note;
        if known.iter().any(|known| same(&known)) {
            continue;
        }
        new.push(SetMark {
            mark: *mark,
            by: ctx.actor.user(),
            by_name: ctx.actor_name().into_owned(),
            at: ctx.now(),
            note,
        });
    }
    Ok(new)
}

/// What was decided, as it is kept.
pub(super) fn note(text: &str) -> Option<String> {
    let text: String = shared::input::line(text).chars().take(NOTE).collect();
    Some(text).filter(|text| !text.is_empty())
}
