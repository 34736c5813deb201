//! The filters that are read: `userName`, `externalId` and `active` with `eq`, joined by `and`.
//! Not here: finding the accounts (`users`). Anything else is refused, since a filter that is read in half finds the wrong people.

use shared::fault::{Code, Fault};

/// What a filter asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Filter {
    /// Sign-in name.
    pub(super) username: Option<String>,
    /// What the identity management calls the person.
    pub(super) external: Option<String>,
    /// Whether the account can sign in.
    pub(super) active: Option<bool>,
}

impl Filter {
    /// Reads one.
    ///
    /// # Errors
    /// `scim.filter`.
    pub(super) fn read(text: &str) -> Result<Self, Fault> {
        let mut filter = Self::default();
        let mut rest = text.trim();
        loop {
            rest = filter.term(rest)?.trim_start();
            if rest.is_empty() {
                return Ok(filter);
            }
            let (word, behind) = word(rest)?;
            if !word.eq_ignore_ascii_case("and") {
                return Err(wrong());
            }
            rest = behind;
        }
    }

    /// Reads one comparison, and gives what stands behind it.
    fn term<'t>(&mut self, text: &'t str) -> Result<&'t str, Fault> {
        let (name, rest) = word(text)?;
        let (operator, rest) = word(rest)?;
        if !operator.eq_ignore_ascii_case("eq") {
            return Err(wrong());
        }
        let (value, rest) = value(rest.trim_start())?;
        let text = |value: Value| match value {
            Value::Text(text) => Ok(Some(text)),
            Value::Truth(_) => Err(wrong()),
        };
        match name.to_ascii_lowercase().as_str() {
            "username" if self.username.is_none() => self.username = text(value)?,
            "externalid" if self.external.is_none() => self.external = text(value)?,
            "active" if self.active.is_none() => match value {
                Value::Truth(is) => self.active = Some(is),
                Value::Text(_) => return Err(wrong()),
            },
            _ => return Err(wrong()),
        }
        Ok(rest)
    }
}

enum Value {
    Text(String),
    Truth(bool),
}

fn wrong() -> Fault {
    Fault::new(Code::ScimFilter)
}

/// A word and what stands behind it.
fn word(text: &str) -> Result<(&str, &str), Fault> {
    let text = text.trim_start();
    let (word, rest) = text.split_once(' ').ok_or_else(wrong)?;
    if word.is_empty() {
        return Err(wrong());
    }
    Ok((word, rest))
}

/// A quoted text as JSON has it, `true` or `false`, and what stands behind it.
fn value(text: &str) -> Result<(Value, &str), Fault> {
    for (word, is) in [("true", true), ("false", false)] {
        if let Some(rest) = text.strip_prefix(word)
            && (rest.is_empty() || rest.starts_with(' '))
        {
            return Ok((Value::Truth(is), rest));
        }
    }
    let mut read = serde_json::Deserializer::from_str(text).into_iter::<String>();
    let found = read.next().and_then(Result::ok).ok_or_else(wrong)?;
    let rest = text.get(read.byte_offset()..).unwrap_or_default();
    Ok((Value::Text(found), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_read_and_anything_else_is_refused() {
        let read = |text: &str| Filter::read(text).ok();
        let named = |name: &str| Filter {
            username: Some(name.to_owned()),
            ..Filter::default()
        };
        assert_eq!(read("userName eq \"wang.wei\""), Some(named("wang.wei")));
        assert_eq!(read("username EQ \"a b\\\"c\""), Some(named("a b\"c")));
        let both = Filter {
            external: Some("7".to_owned()),
            active: Some(true),
            ..Filter::default()
        };
        assert_eq!(read("externalId eq \"7\" and active eq true"), Some(both));
        for bad in [
            "",
            "userName",
            "userName eq",
            "userName eq wang",
            "userName co \"w\"",
            "userName eq \"w\" or active eq true",
            "userName eq \"w\" and userName eq \"x\"",
            "active eq \"true\"",
            "active eq truest",
            "title eq \"x\"",
            "userName eq \"w\" and",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
