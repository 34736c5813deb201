//! Numbers of people inside whatever people wrote, hidden in a finished view where its reader does not see such numbers in the clear (I12): replies,
//! notes, opinions, facts of the history, answers, reasons. A text that a view gains is covered without a word here.
//! Not here: the citizen's block and title and content of a row (`sight`), what counts as a number (`shared::person::conceal`).
//! Numbers of cases, ids and sign-in names stay what they are, or nothing could be looked up by them.

use anyhow::Context as _;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use shared::access::{PersonalField, Shown};
use shared::fault::Fault;
use shared::person::conceal;
use store::record::TicketCase;

use super::sight::Sight;
use crate::context::Ctx;
use crate::fault::Settle;

/// The citizen's block, which is masked value by value.
const BLOCK: &str = "citizen";
/// Answers to the office's own fields, whose class has a right of its own.
const OWN: &str = "own";

/// A view of a case as the actor may read it.
///
/// # Errors
/// When it cannot be read back, nothing is shown.
pub(crate) fn of_case<T>(ctx: &Ctx, case: &TicketCase, view: T) -> Result<T, Fault>
where
    T: Serialize + DeserializeOwned,
{
    let sight = Sight::of_case(&ctx.actor, case);
    if sight.shows_numbers() {
        return Ok(view);
    }
    let own = sight.of(PersonalField::Own) == Shown::Clear;
    hushed(view, own).settle(&ctx.services)
}

/// A view for somebody of whom no more is known than that nothing is in the clear.
///
/// # Errors
/// As [`of_case`].
pub(crate) fn always<T>(ctx: &Ctx, view: T) -> Result<T, Fault>
where
    T: Serialize + DeserializeOwned,
{
    hushed(view, false).settle(&ctx.services)
}

fn hushed<T>(view: T, own: bool) -> anyhow::Result<T>
where
    T: Serialize + DeserializeOwned,
{
    let mut value = serde_json::to_value(view).context("a view")?;
    hide(&mut value, own);
    serde_json::from_value(value).context("a view without numbers")
}

/// What forms send back and look up by: a sign-in name may well be somebody's number.
const SENT_BACK: [&str; 6] = ["id", "no", "code", "key", "user", "username"];

/// Whether what stands under a name is left as it is.
fn is_left(name: &str, own: bool) -> bool {
    name == BLOCK
        || (own && name == OWN)
        || SENT_BACK.contains(&name)
        || name.ends_with("_id")
        || name.ends_with("_no")
}

fn hide(value: &mut Value, own: bool) {
    match value {
        Value::String(text) => *text = conceal(text),
        Value::Array(items) => {
            for item in items {
                hide(item, own);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                if !is_left(name, own) {
                    hide(field, own);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::hushed;
    use serde_json::{Value, json};

    #[test]
    fn numbers_go_wherever_they_stand_and_ids_stay() {
        let view = json!({
            "id": "019c0000-0000-7000-8000-000013812345",
            "ticket_no": "3201002026030201000001",
            "note": "请打 138 1234 5678",
            "parts": [{"reply": {"handling": "卡号 6222 0202 0011 2233 446"}}],
            "citizen": {"phone": "13812345678"},
            "own": [{"value": "13812345678"}],
            "at": "2026-03-02T10:00:00+08:00",
            "n": 13_812_345_678_u64,
        });
        let hidden: Value = hushed(view.clone(), false).expect("read back");
        assert_eq!(hidden["note"], "请打 138****5678");
        assert_eq!(hidden["own"][0]["value"], "138****5678");
        let handling = &hidden["parts"][0]["reply"]["handling"];
        assert_eq!(handling, "卡号 6222***********3446");
        for same in ["id", "ticket_no", "citizen", "at", "n"] {
            assert_eq!(hidden[same], view[same], "{same}");
        }
        let own: Value = hushed(view.clone(), true).expect("read back");
        assert_eq!(own["own"], view["own"]);
    }
}
