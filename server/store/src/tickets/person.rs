//! How a person is found: keyed digests of phone, name and identity number in their one form, and the conditions along their indexes.
//! Another way to reach somebody is found as the phone is, where it is a number.
//! Not here: the forms (`shared::person`), who may look (services), making digests of before anew (`rehash`).

use sea_orm::Value as Bound;
use shared::person::{name_form, normalise_phone, number_form, phone};
use shared::query::TicketFilter;
use shared::query::language::{Condition, Expr, Field, Subject, Value, mark};
use shared::query::person::PersonKey;
use shared::ticket::RequestKind;
use shared::ticket::command::Citizen;

use crate::installation::reseal;
use crate::sql::{Bind, Sql, vals};
use crate::{Conn, Seal, StoreError};

/// The digests of a citizen block; none of what is absent.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Digests {
    pub(crate) phone: Option<Vec<u8>>,
    pub(crate) contact: Option<Vec<u8>>,
    pub(crate) name: Option<Vec<u8>>,
    pub(crate) id_number: Option<Vec<u8>>,
}

impl Digests {
    /// Of a block that is written; of none when it was erased.
    pub(crate) fn of(seal: &Seal, citizen: Option<&Citizen>) -> Self {
        let Some(citizen) = citizen else {
            return Self::default();
        };
        let of = |text: Option<&str>, key: PersonKey| {
            let text = text.filter(|text| !text.trim().is_empty());
            text.map(|text| digest(seal, key, text))
        };
        let contact = citizen.backup_contact.as_deref();
        let number = contact.and_then(|text| phone::check(text).ok());
        Self {
            phone: of(citizen.phone.as_deref(), PersonKey::Phone),
            contact: of(number.as_deref(), PersonKey::Phone),
            name: of(citizen.name.as_deref(), PersonKey::Name),
            id_number: of(citizen.id_number.as_deref(), PersonKey::IdNumber),
        }
    }
}

/// The digest under which a phone number is found, however it was typed.
pub(crate) fn phone_hash(seal: &Seal, phone: &str) -> Vec<u8> {
    seal.phone_hash(&normalise_phone(phone))
}

/// The same by each key that finds, the newest first: a ticket of before a change of keys has one of these until it is made anew.
pub(crate) fn phone_hashes(seal: &Seal, phone: &str) -> Vec<Vec<u8>> {
    seal.hashes("phone", &normalise_phone(phone))
}

/// ` and …` that a ticket, `t`, has the number.
pub(crate) fn has_phone(hashes: &[Vec<u8>]) -> Sql {
    let mut sql = Sql::new(" and t.phone_hmac", vals![]);
    match hashes {
        [only] => drop(sql.push(" = ?", vals![only])),
        several => drop(sql.text(" in ").list(bound(several))),
    }
    sql
}

/// Digests as they are bound.
fn bound(hashes: &[Vec<u8>]) -> Vec<Bound> {
    hashes.iter().map(Bind::bind).collect()
}

fn digest(seal: &Seal, key: PersonKey, text: &str) -> Vec<u8> {
    match key {
        PersonKey::Phone => phone_hash(seal, text),
        PersonKey::Name => seal.hash("name", &name_form(text)),
        PersonKey::IdNumber => seal.hash("id-number", &number_form(text)),
    }
}

/// The digest under which a person is found, however name or number were typed.
pub fn person_hash(conn: &dyn Conn, key: PersonKey, text: &str) -> Vec<u8> {
    digest(conn.handle().seal(), key, text)
}

/// The digests under which a person is found: by each key that finds while rows of before a change of keys are made anew, else by the newest.
pub async fn person_hashes(
    conn: &dyn Conn,
    key: PersonKey,
    persons: &[String],
) -> Result<Vec<Vec<u8>>, StoreError> {
    let seal = conn.handle().seal();
    let is_mixed = seal.generations() > 1 && reseal::progress(conn).await?.is_some();
    let of = |text: &String| {
        let all = match key {
            PersonKey::Phone => phone_hashes(seal, text),
            PersonKey::Name => seal.hashes("name", &name_form(text)),
            PersonKey::IdNumber => seal.hashes("id-number", &number_form(text)),
        };
        all.into_iter().take(if is_mixed { usize::MAX } else { 1 })
    };
    Ok(persons.iter().flat_map(of).collect())
}

/// What a condition about a person asks: never of confidential tickets and tip-offs.
pub(crate) fn found_by(field: Field, values: &[Value]) -> Sql {
    let mut sql = Sql::new(
        " not t.confidential and t.kind <> ? and",
        vals![RequestKind::TipOff],
    );
    sql.append(along(field, values));
    sql
}

/// ` and …` for each condition about a person that every ticket of the filter meets: the way along its index.
pub(crate) fn leads(filter: &TicketFilter) -> Vec<Sql> {
    let expr = filter.expr.as_ref();
    let persons = expr.into_iter().flat_map(Expr::persons);
    let lead = |condition: &Condition| {
        let Subject::Field(field) = &condition.of else {
            return None;
        };
        let mut sql = Sql::new(" and", vals![]);
        sql.append(along(*field, &condition.values));
        Some(sql)
    };
    persons.filter_map(lead).collect()
}

/// The columns of a field with the digests of its marks.
fn along(field: Field, values: &[Value]) -> Sql {
    let mut sql = Sql::default();
    match PersonKey::of_field(field) {
        Some(PersonKey::Name) => drop(sql.text(" t.name_hmac in ").list(digests(values))),
        Some(PersonKey::IdNumber) => drop(sql.text(" t.id_number_hmac in ").list(digests(values))),
        Some(PersonKey::Phone) => {
            sql.text(" (t.phone_hmac in ")
                .list(digests(values))
                .text(" or t.contact_hmac in ")
                .list(digests(values))
                .text(")");
        }
        None => drop(sql.text(" 1 = 0")),
    }
    sql
}

/// The digests of marks, as they stand in columns.
fn digests(values: &[Value]) -> Vec<Bound> {
    let one = |value: &Value| match value {
        Value::Text(text) => {
            let (digest, _) = mark::read(text)?;
            hex::decode(digest).ok().map(Bind::bind)
        }
        _ => None,
    };
    values.iter().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_otherwise_has_the_same_digest() {
        let seal = Seal::in_memory().expect("keys");
        let citizen = |name: &str, phone: &str, number: &str| Citizen {
            name: Some(name.to_owned()),
            phone: Some(phone.to_owned()),
            backup_contact: Some("手机 138 0013 8001".to_owned()),
            id_number: Some(number.to_owned()),
            ..Citizen::default()
        };
        let typed = citizen(" 张 三", "138 0013 8000", "11010519491231002x");
        let kept = citizen("张三", "13800138000", "11010519491231002X");
        let digests = Digests::of(&seal, Some(&kept));
        assert_eq!(Digests::of(&seal, Some(&typed)), digests);
        assert_eq!(digests.phone, Some(phone_hash(&seal, "+86 13800138000")));
        assert_eq!(digests.contact, Some(phone_hash(&seal, "13800138001")));
        assert_ne!(digests.name, digests.id_number);
        assert_eq!(Digests::of(&seal, None), Digests::default());
    }
}
