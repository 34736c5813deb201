//! Condition text to tokens.
//! Not here: which words are operators in which dialect (`parser`).
//! Next: `parser`.

use shared::process::obstacle::There;

use super::ConditionError;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Word(String),
    Int(i64),
    Float(f64),
    Text(String),
    /// An operator or bracket.
    Sign(&'static str),
    End,
}

impl Token {
    pub(super) fn show(&self) -> There {
        match self {
            Self::Word(word) => There::Written(word.clone()),
            Self::Int(n) => There::Written(n.to_string()),
            Self::Float(n) => There::Written(n.to_string()),
            Self::Text(text) => There::Text(text.clone()),
            Self::Sign(sign) => There::Written((*sign).to_owned()),
            Self::End => There::End,
        }
    }
}

/// Longest first, so that `<=` is not read as `<`.
const SIGNS: [&str; 25] = [
    "==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "+", "-", "*", "/", "%", "(", ")", "[", "]",
    ".", ",", "?", ":", "{", "}", "=",
];

/// All tokens with the byte where each starts; the last one is `End`.
pub(super) fn lex(text: &str) -> Result<Vec<(usize, Token)>, ConditionError> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if c.is_whitespace() {
            at += c.len_utf8();
        } else if c == '\'' || c == '"' {
            let (content, length) = string(rest, c, at)?;
            tokens.push((at, Token::Text(content)));
            at += length;
        } else if c.is_ascii_digit() {
            let (token, length) = number(rest, at)?;
            tokens.push((at, token));
            at += length;
        } else if c.is_alphabetic() || c == '_' || c == '$' {
            let length = rest
                .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$'))
                .unwrap_or(rest.len());
            tokens.push((at, Token::Word(rest[..length].to_owned())));
            at += length;
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            tokens.push((at, Token::Sign(sign)));
            at += sign.len();
        } else {
            return Err(ConditionError::Syntax {
                at,
                found: There::Written(c.escape_default().to_string()),
            });
        }
    }
    tokens.push((at, Token::End));
    Ok(tokens)
}

fn number(rest: &str, at: usize) -> Result<(Token, usize), ConditionError> {
    let digits = |from: usize| {
        rest[from..]
            .find(|c: char| !c.is_ascii_digit())
            .map_or(rest.len(), |n| from + n)
    };
    let mut end = digits(0);
    let mut whole = true;
    let bytes = rest.as_bytes();
    if bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        end = digits(end + 1);
        whole = false;
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        if bytes.get(end + 1 + sign).is_some_and(u8::is_ascii_digit) {
            end = digits(end + 1 + sign);
            whole = false;
        }
    }
    if rest[end..].starts_with(|c: char| c.is_alphanumeric() || c == '_') {
        return Err(ConditionError::Syntax {
            at: at + end,
            found: There::LetterAfterNumber,
        });
    }
    let token = if whole {
        Token::Int(rest[..end].parse().map_err(|_| ConditionError::Overflow)?)
    } else {
        let n: f64 = rest[..end].parse().map_err(|_| ConditionError::Overflow)?;
        if !n.is_finite() {
            return Err(ConditionError::Overflow);
        }
        Token::Float(n)
    };
    Ok((token, end))
}

fn string(rest: &str, quote: char, at: usize) -> Result<(String, usize), ConditionError> {
    let mut content = String::new();
    let mut chars = rest.char_indices().skip(1);
    while let Some((i, c)) = chars.next() {
        if c == quote {
            return Ok((content, i + 1));
        }
        if c != '\\' {
            content.push(c);
            continue;
        }
        match chars.next() {
            Some((_, 'n')) => content.push('\n'),
            Some((_, 't')) => content.push('\t'),
            Some((_, 'r')) => content.push('\r'),
            Some((_, c @ ('\\' | '\'' | '"'))) => content.push(c),
            Some((j, c)) => {
                return Err(ConditionError::Syntax {
                    at: at + j,
                    found: There::Written(format!("\\{c}")),
                });
            }
            None => break,
        }
    }
    Err(ConditionError::Syntax {
        at,
        found: There::OpenText,
    })
}
