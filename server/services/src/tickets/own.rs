//! Answers to the office's own fields: reading them where a ticket is registered or dispatched, and showing them to whoever may see each.
//! Not here: which fields there are (`register::holding`, the list *own*), the reveal (`verbs::reveal`).
//! What is about a person stands sealed in the citizen's block, is masked as that is, and is not kept of an anonymous request.

use std::collections::BTreeMap;

use shared::access::Shown;
use shared::category::Category;
use shared::command::Typed;
use shared::fault::{Check, Code, Fault};
use shared::person;
use shared::register::{OwnAsk, OwnClass, OwnField, OwnKind, OwnOf};
use shared::text::Locale;
use shared::ticket::view::{OwnAskView, OwnChoiceView, OwnView};
use store::record::Ticket;

use crate::reference::Reference;

/// What stands in the place of a sensitive answer.
const HIDDEN: &str = "***";

/// Who answers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    /// The citizen, who is asked less.
    pub by_citizen: bool,
    /// What must be answered is.
    pub completely: bool,
    /// Nothing about the person is kept: the request is anonymous, or the citizen's block is sealed already.
    pub without_person: bool,
}

/// What was answered: what is said of the matter, and what of the person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Answers {
    pub plain: BTreeMap<String, String>,
    pub personal: BTreeMap<String, String>,
    /// Answers that were taken away.
    pub gone: Vec<String>,
}

/// Reads answers, everything that is wrong with them at once. Answers to what is asked for other categories alone are left out: whoever changes
/// the category in a form has them in it still.
pub(crate) fn read(
    reference: &Reference,
    (region, category): (&str, Option<&str>),
    sent: &Typed,
    asked: Asked,
) -> Result<Answers, Fault> {
    let mut fields = reference.lists.own_fields(region);
    fields.retain(|field| !asked.by_citizen || field.ask == OwnAsk::All);
    read_of(reference, (fields, category), sent, asked)
}

/// The same for some fields.
pub(crate) fn read_of(
    reference: &Reference,
    (mut fields, category): (Vec<OwnField>, Option<&str>),
    sent: &Typed,
    asked: Asked,
) -> Result<Answers, Fault> {
    let mut check = Check::default();
    for name in sent.all().keys() {
        if !fields.iter().any(|field| field.code == *name) {
            check.add(&format!("own.{name}"), Code::InputBody);
        }
    }
    let mut answers = Answers::default();
    fields.retain(|field| field.is_asked_of(category));
    for field in &fields {
        let is_personal = field.class.is_about_person();
        if is_personal && asked.without_person {
            continue;
        }
        let name = format!("own.{}", field.code);
        let raw = sent.all().get(&field.code);
        match field.read(raw.map_or("", String::as_str)) {
            Err(wrong) => {
                let facts: Vec<(&str, &dyn ToString)> = wrong
                    .facts
                    .iter()
                    .map(|(name, value)| (*name, value as &dyn ToString))
                    .collect();
                check.add_with(&name, wrong.code, &facts);
            }
            Ok(value) if value.is_empty() => {
                if field.is_needed && asked.completely {
                    check.add(&name, Code::InputRequired);
                }
                answers.gone.extend(raw.map(|_| field.code.clone()));
            }
            Ok(value) => {
                let place = field.kind == OwnKind::Place;
                if place && !reference.divisions.contains_key(&value) {
                    check.add(&name, Code::InputPlace);
                }
                let into = if is_personal {
                    &mut answers.personal
                } else {
                    &mut answers.plain
                };
                into.insert(field.code.clone(), value);
            }
        }
    }
    check.finish()?;
    Ok(answers)
}

/// Takes answers about the matter over: a new one in the place of an old one, an empty one takes it away.
pub(crate) fn take(ticket: &mut Ticket, answers: Answers) {
    for code in &answers.gone {
        ticket.own.remove(code);
    }
    ticket.own.extend(answers.plain);
}

/// Who looks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader {
    /// A handling unit, which does not see what is the centre's.
    pub of_unit: bool,
    /// How answers about the person are shown.
    pub personal: Shown,
}

/// The answers as somebody may see them, what is about a person, and numbers of people in what is not, as that class is shown.
pub(crate) fn views(reference: &Reference, ticket: &Ticket, reader: Reader) -> Vec<OwnView> {
    let plain = ticket.own.iter().filter_map(|(code, value)| {
        let field = known(reference, code);
        let hidden = field.class != OwnClass::Plain && reader.of_unit;
        let value = || match reader.personal {
            Shown::Clear => value.clone(),
            _ => person::conceal(value),
        };
        (!hidden).then(|| view(&field, value()))
    });
    let citizen = ticket.citizen.as_ref();
    let citizen = citizen.filter(|_| reader.personal != Shown::Hidden);
    let personal = citizen.into_iter().flat_map(|citizen| {
        let all = citizen.own.iter();
        all.map(move |(code, value)| {
            let field = known(reference, code);
            let said = match reader.personal {
                Shown::Clear => value.clone(),
                _ => masked(&field, value),
            };
            view(&field, said)
        })
    });
    plain.chain(personal).collect()
}

/// What is about the person, in the clear, after an audited reveal.
pub(crate) fn revealed(reference: &Reference, ticket: &Ticket) -> Vec<OwnView> {
    let citizen = ticket.citizen.iter();
    let all = citizen.flat_map(|citizen| citizen.own.iter());
    all.map(|(code, value)| view(&known(reference, code), value.clone()))
        .collect()
}

/// The fields that somebody is asked.
pub(crate) fn asked(reference: &Reference, region: &str, by_citizen: bool) -> Vec<OwnAskView> {
    let mut fields = reference.lists.own_fields(region);
    fields.retain(|field| !by_citizen || field.ask == OwnAsk::All);
    let known = BTreeMap::new();
    let all = fields.into_iter();
    all.map(|field| ask(reference, field, &known)).collect()
}

/// The fields of which a dispatcher completes the answers, with those: what is about the person is sealed already.
pub(crate) fn completed(reference: &Reference, ticket: &Ticket) -> Vec<OwnAskView> {
    let mut fields = reference.lists.own_fields(&ticket.region);
    fields.retain(|field| !field.class.is_about_person());
    let all = fields.into_iter();
    all.map(|field| ask(reference, field, &ticket.own))
        .collect()
}

/// A field as it is asked, without an answer.
pub(crate) fn blank(reference: &Reference, field: OwnField) -> OwnAskView {
    ask(reference, field, &BTreeMap::new())
}

/// The categories of which the citizen's form asks more, so that one can be chosen there: leaves with their names.
pub(crate) fn matters(reference: &Reference) -> Vec<OwnChoiceView> {
    let mut fields = reference.lists.own_fields("");
    fields.retain(|field| field.ask == OwnAsk::All && !field.categories.is_empty());
    let leaves = reference.categories.values().filter(|it| it.is_leaf());
    let mut found: Vec<OwnChoiceView> = leaves
        .filter(|leaf| fields.iter().any(|it| it.is_asked_of(Some(&leaf.code))))
        .map(|leaf| named(reference, &leaf.code))
        .collect();
    found.sort_by(|a, b| a.code.cmp(&b.code));
    found
}

/// A category by its names; by its code where there is none any more.
fn named(reference: &Reference, code: &str) -> OwnChoiceView {
    let known = reference.categories.get(code);
    let name = |of: fn(&Category) -> &String| {
        let name = known.map_or(code, |it| of(it).as_str());
        name.to_owned()
    };
    OwnChoiceView {
        code: code.to_owned(),
        zh: name(|it| &it.name_zh),
        en: name(|it| &it.name_en),
    }
}

fn ask(reference: &Reference, field: OwnField, known: &BTreeMap<String, String>) -> OwnAskView {
    OwnAskView {
        categories: field
            .categories
            .iter()
            .map(|code| named(reference, code))
            .collect(),
        value: known.get(&field.code).cloned(),
        code: field.code,
        zh: field.zh,
        en: field.en,
        kind: field.kind,
        choices: field
            .choices
            .into_iter()
            .map(|choice| OwnChoiceView {
                code: choice.code,
                zh: choice.zh,
                en: choice.en,
            })
            .collect(),
        needed: field.is_needed,
    }
}

/// The fields that are asked of an approval.
pub(crate) fn asked_of_approvals(reference: &Reference, region: &str) -> Vec<OwnAskView> {
    let fields = reference.lists.own_fields_of_approvals(region);
    let fields = fields.into_iter();
    fields.map(|field| blank(reference, field)).collect()
}

/// An approval's answers as somebody may see them: what is the centre's by the centre, what is about a person masked unless in the clear.
pub(crate) fn views_of(
    reference: &Reference,
    answers: &BTreeMap<String, String>,
    (of_unit, in_clear): (bool, bool),
) -> Vec<OwnView> {
    let seen = answers.iter().filter_map(|(code, value)| {
        let field = known(reference, code);
        match field.class {
            OwnClass::Plain => Some(view(&field, value.clone())),
            OwnClass::Centre => (!of_unit).then(|| view(&field, value.clone())),
            OwnClass::Personal | OwnClass::Sensitive if in_clear => {
                Some(view(&field, value.clone()))
            }
            OwnClass::Personal | OwnClass::Sensitive => Some(view(&field, masked(&field, value))),
        }
    });
    seen.collect()
}

/// A field; one that the office no longer has is the centre's, under its code.
fn known(reference: &Reference, code: &str) -> OwnField {
    reference.lists.own_field(code).unwrap_or_else(|| OwnField {
        code: code.to_owned(),
        zh: code.to_owned(),
        en: code.to_owned(),
        kind: OwnKind::Line,
        choices: Vec::new(),
        ask: OwnAsk::Desk,
        is_needed: false,
        class: OwnClass::Centre,
        categories: Vec::new(),
        of: OwnOf::Both,
        purpose: None,
        basis: None,
        retention: None,
    })
}

/// What is shown of an answer about a person: of a sensitive one nothing, not even how long it is.
fn masked(field: &OwnField, value: &str) -> String {
    if field.class == OwnClass::Sensitive {
        HIDDEN.to_owned()
    } else {
        person::mask_name(value)
    }
}

fn view(field: &OwnField, value: String) -> OwnView {
    OwnView {
        code: field.code.clone(),
        zh: field.zh.clone(),
        en: field.en.clone(),
        kind: field.kind,
        shown_zh: field.shown(&value, Locale::Zh).to_owned(),
        shown_en: field.shown(&value, Locale::En).to_owned(),
        value,
    }
}
