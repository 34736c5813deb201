//! What an identity management says of somebody: a whole body, or a patch of it.
//! Not here: what comes of it (`users`). What we keep nothing of, such as titles or addresses, is passed over in bodies and refused in patches.

use serde_json::Value;
use shared::command::Part;
use shared::fault::{Check, Code, Fault};
use shared::input;
use shared::person::{EmailAddress, PhoneNumber, phone};

use super::{ENTERPRISE, PATCH};

/// Longest name of the identity management's own, in characters.
const EXTERNAL: usize = 200;
/// Operations of one patch at most.
const MOST: usize = 50;

/// What is to be; what is absent stays as it is.
#[expect(
    clippy::option_option,
    reason = "said to be nothing is something else than not said"
)]
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Wish {
    /// Sign-in name, as it was sent.
    pub(super) username: Option<String>,
    /// Display name.
    pub(super) name: Option<String>,
    /// Code of the unit.
    pub(super) unit: Option<String>,
    /// Whether the account can sign in.
    pub(super) active: Option<bool>,
    /// What the identity management calls the person; nothing takes it away.
    pub(super) external: Option<Option<String>>,
    /// Mailbox for notices; nothing takes it away.
    pub(super) mail: Option<Option<String>>,
    /// Mobile number for notices; nothing takes it away.
    pub(super) mobile: Option<Option<String>>,
}

impl Wish {
    /// Reads a whole body.
    ///
    /// # Errors
    /// Field faults, by the names of SCIM.
    pub(super) fn of_body(body: &Value) -> Result<Self, Fault> {
        let Value::Object(fields) = body else {
            return Err(Fault::new(Code::InputBody).fact("detail", "object"));
        };
        let mut wish = Self::default();
        let mut check = Check::default();
        for (name, value) in fields {
            if value.is_null() {
                continue;
            }
            match name.to_ascii_lowercase().as_str() {
                "username" => wish.username = text("userName", value, &mut check),
                _ if name == ENTERPRISE => wish.unit = department(value, &mut check),
                _ => {
                    // What is not known is not kept.
                    wish.set(name, value, &mut check);
                }
            }
        }
        check.finish()?;
        Ok(wish)
    }

    /// Reads a patch.
    ///
    /// # Errors
    /// `scim.path`, `scim.fixed`, field faults.
    pub(super) fn of_patch(body: &Value) -> Result<Self, Fault> {
        let is_patch = body["schemas"]
            .as_array()
            .is_some_and(|all| all.iter().any(|it| it == PATCH));
        let operations = body["Operations"].as_array().filter(|_| is_patch);
        let operations = operations
            .filter(|all| (1..=MOST).contains(&all.len()))
            .ok_or_else(|| Fault::field("Operations", Code::InputBody))?;
        let mut wish = Self::default();
        for operation in operations {
            let act = operation["op"].as_str().unwrap_or_default();
            let path = operation["path"].as_str().unwrap_or_default();
            let value = &operation["value"];
            match act.to_ascii_lowercase().as_str() {
                "add" | "replace" if path.is_empty() => wish.put_all(value)?,
                "add" | "replace" => wish.put(path, value)?,
                "remove" => wish.remove(path)?,
                _ => return Err(Fault::field("op", Code::InputCode)),
            }
        }
        Ok(wish)
    }

    fn put_all(&mut self, value: &Value) -> Result<(), Fault> {
        let Value::Object(fields) = value else {
            return Err(Fault::field("value", Code::InputBody));
        };
        for (name, value) in fields {
            self.put(name, value)?;
        }
        Ok(())
    }

    fn put(&mut self, path: &str, value: &Value) -> Result<(), Fault> {
        let mut check = Check::default();
        let plain = plain(path);
        if is_fixed(&plain) {
            return Err(Fault::new(Code::ScimFixed));
        }
        if !self.set(&plain, value, &mut check) {
            return Err(no_path(path));
        }
        check.finish()
    }

    fn remove(&mut self, path: &str) -> Result<(), Fault> {
        match plain(path).as_str() {
            "emails" => self.mail = Some(None),
            "phonenumbers" => self.mobile = Some(None),
            "externalid" => self.external = Some(None),
            "active" => self.active = Some(false),
            it if is_fixed(it) || is_name(it) => return Err(Fault::new(Code::ScimFixed)),
            _ => return Err(no_path(path)),
        }
        Ok(())
    }

    /// Takes one attribute; whether it is one that we know.
    fn set(&mut self, name: &str, value: &Value, check: &mut Check) -> bool {
        match name.to_ascii_lowercase().as_str() {
            "active" => self.active = truth(value, check),
            "displayname" => self.name = text("displayName", value, check),
            // The display name is what people are called here, where both are said.
            "name" if self.name.is_none() => self.name = whole_name(value, check),
            "name.formatted" if self.name.is_none() => self.name = text("name", value, check),
            it if is_name(it) => {}
            "externalid" => {
                let read = text("externalId", value, check);
                let length = read.as_deref().map_or(0, |it| it.chars().count());
                if length > EXTERNAL {
                    let facts: [(&str, &dyn ToString); 2] =
                        [("max", &EXTERNAL), ("length", &length)];
                    check.add_with("externalId", Code::InputTooLong, &facts);
                }
                self.external = Some(read);
            }
            "emails" => self.mail = Some(contact::<EmailAddress>("emails", value, check)),
            "phonenumbers" => self.mobile = Some(mobile(value, check)),
            _ => return false,
        }
        true
    }
}

fn is_fixed(name: &str) -> bool {
    matches!(
        name,
        "username" | "id" | "groups" | "roles" | "password" | "meta"
    ) || name.starts_with("groups.")
        || name.starts_with("roles.")
}

fn is_name(name: &str) -> bool {
    matches!(name, "name" | "name.formatted" | "displayname")
}

fn no_path(path: &str) -> Fault {
    let shown: String = path
        .chars()
        .filter(char::is_ascii_graphic)
        .take(60)
        .collect();
    Fault::new(Code::ScimPath).fact("path", shown)
}

/// A path in small letters, without the schema in front and without what chooses one of several values.
fn plain(path: &str) -> String {
    let path = path
        .strip_prefix(super::USER)
        .and_then(|rest| rest.strip_prefix(':'))
        .unwrap_or(path);
    let path = path.to_ascii_lowercase();
    for many in ["emails", "phonenumbers"] {
        let rest = path.strip_prefix(many);
        let chosen = rest.is_some_and(|rest| {
            rest == ".value"
                || rest.starts_with('[') && (rest.ends_with(']') || rest.ends_with("].value"))
        });
        if chosen {
            return many.to_owned();
        }
    }
    path
}

/// A text in one line; an empty one is none.
fn text(field: &'static str, value: &Value, check: &mut Check) -> Option<String> {
    let Some(text) = value.as_str() else {
        check.add(field, Code::InputBody);
        return None;
    };
    Some(input::line(text)).filter(|text| !text.is_empty())
}

/// Some identity managements write the truth as a text.
fn truth(value: &Value, check: &mut Check) -> Option<bool> {
    let read = match value {
        Value::Bool(is) => Some(*is),
        Value::String(text) => match text.to_ascii_lowercase().as_str() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        },
        _ => None,
    };
    if read.is_none() {
        check.add("active", Code::InputBody);
    }
    read
}

fn department(value: &Value, check: &mut Check) -> Option<String> {
    let department = &value["department"];
    if department.is_null() {
        return None;
    }
    text("department", department, check)
}

/// The formatted name, else family and given name in the order of their script.
fn whole_name(value: &Value, check: &mut Check) -> Option<String> {
    if !value.is_object() {
        check.add("name", Code::InputBody);
        return None;
    }
    let part = |name: &str| value[name].as_str().map(input::line).unwrap_or_default();
    let formatted = part("formatted");
    if !formatted.is_empty() {
        return Some(formatted);
    }
    let (family, given) = (part("familyName"), part("givenName"));
    let name = if family.is_ascii() && given.is_ascii() {
        input::line(&format!("{given} {family}"))
    } else {
        format!("{family}{given}")
    };
    Some(name).filter(|name| !name.is_empty())
}

/// The value that counts: the primary one, else the first; a text counts as itself.
fn first(value: &Value) -> Option<String> {
    if let Some(text) = value.as_str() {
        return Some(text.to_owned());
    }
    let one = match value {
        Value::Array(all) => all
            .iter()
            .find(|it| it["primary"] == true)
            .or_else(|| all.first())?,
        other => other,
    };
    one["value"].as_str().map(str::to_owned)
}

fn contact<T: Part + Into<String>>(
    field: &'static str,
    value: &Value,
    check: &mut Check,
) -> Option<String> {
    let sent = first(value).map(|sent| input::line(&sent))?;
    if sent.is_empty() {
        return None;
    }
    match T::of_text(&sent) {
        Ok(read) => Some(read.into()),
        Err(wrong) => {
            check.add(field, wrong.code);
            None
        }
    }
}

/// A mobile number; RFC 3966 puts `tel:` in front. Other numbers are of no use for text messages and are passed over.
fn mobile(value: &Value, check: &mut Check) -> Option<String> {
    let of_mobile = value
        .as_array()
        .and_then(|all| all.iter().find(|it| it["type"] == "mobile"));
    let sent = first(of_mobile.unwrap_or(value))?;
    let sent = sent.strip_prefix("tel:").unwrap_or(&sent);
    let read = contact::<PhoneNumber>("phoneNumbers", &Value::from(sent), check);
    read.filter(|number| phone::is_mobile(number))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn patch(operations: Value) -> Result<Wish, Code> {
        let body = json!({"schemas": [PATCH], "Operations": operations});
        Wish::of_patch(&body).map_err(|fault| fault.code)
    }

    #[test]
    fn a_body_is_read_as_identity_managements_write_it() {
        let wish = Wish::of_body(&json!({
            "schemas": [super::super::USER, ENTERPRISE],
            "userName": "Zhao.Xin",
            "externalId": "7",
            "name": {"familyName": "赵", "givenName": "新"},
            "title": "科员",
            "active": "True",
            "emails": [{"value": "a@example.cn"}, {"value": "b@example.cn", "primary": true}],
            ENTERPRISE: {"department": "320100-ZJJ", "manager": {"value": "9"}},
        }));
        let wish = wish.expect("a good body");
        assert_eq!(wish.username.as_deref(), Some("Zhao.Xin"));
        assert_eq!(wish.name.as_deref(), Some("赵新"));
        assert_eq!(
            (wish.active, wish.external),
            (Some(true), Some(Some("7".to_owned())))
        );
        assert_eq!(wish.mail, Some(Some("b@example.cn".to_owned())));
        assert_eq!(wish.unit.as_deref(), Some("320100-ZJJ"));
        assert!(Wish::of_body(&json!([])).is_err());
        assert!(Wish::of_body(&json!({"active": 1})).is_err());
    }

    #[test]
    fn a_patch_changes_what_may_change_and_nothing_else() {
        let wish = patch(json!([
            {"op": "Replace", "path": "active", "value": false},
            {"op": "add", "value": {"displayName": "赵欣"}},
            {"op": "remove", "path": "emails[type eq \"work\"].value"},
        ]));
        let wish = wish.expect("a good patch");
        assert_eq!(
            (wish.active, wish.name.as_deref()),
            (Some(false), Some("赵欣"))
        );
        assert_eq!((wish.mail, wish.mobile), (Some(None), None));
        for (operations, code) in [
            (
                json!([{"op": "replace", "path": "userName", "value": "x"}]),
                Code::ScimFixed,
            ),
            (
                json!([{"op": "add", "path": "groups", "value": []}]),
                Code::ScimFixed,
            ),
            (
                json!([{"op": "remove", "path": "displayName"}]),
                Code::ScimFixed,
            ),
            (
                json!([{"op": "replace", "path": "title", "value": "x"}]),
                Code::ScimPath,
            ),
            (
                json!([{"op": "move", "path": "active"}]),
                Code::InputInvalid,
            ),
            (json!([]), Code::InputInvalid),
        ] {
            assert_eq!(patch(operations.clone()), Err(code), "{operations}");
        }
    }
}
