//! An expression as its signs and words. Chinese brackets, commas and quotation marks are taken as well.
//! Not here: what they mean together (`parse`).

use super::{MOST_CHARS, Mistake, Op, Slip};
use crate::input;

/// One sign or word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sign {
    /// Opens a bracket.
    Open,
    /// Closes one.
    Close,
    /// Divides the values of a list.
    Comma,
    /// An operator that is written in signs.
    Op(Op),
    /// A word without quotation marks.
    Word(String),
    /// What stood between quotation marks.
    Quoted(String),
}

/// A sign with its place, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) sign: Sign,
    pub(super) at: usize,
}

/// Whether a character can stand in a word without quotation marks.
pub(super) fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '+' | '#')
}

/// The signs of a text.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, Mistake> {
    let chars: Vec<char> = text.chars().collect();
    if chars.len() > MOST_CHARS {
        return Err(wrong(Slip::Long, MOST_CHARS, &chars));
    }
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        if c.is_whitespace() {
            at += 1;
            continue;
        }
        let (sign, next) = match c {
            '(' | '（' => (Sign::Open, at + 1),
            ')' | '）' => (Sign::Close, at + 1),
            ',' | '，' | '、' => (Sign::Comma, at + 1),
            '"' | '“' => quoted(&chars, at)?,
            '=' | '!' | '<' | '>' | '≤' | '≥' | '≠' => compared(&chars, at)?,
            _ if is_plain(c) => plain(&chars, at),
            _ => return Err(wrong(Slip::Sign, at, &chars)),
        };
        tokens.push(Token { sign, at: at + 1 });
        at = next;
    }
    Ok(tokens)
}

fn wrong(slip: Slip, at: usize, chars: &[char]) -> Mistake {
    Mistake {
        slip,
        at: at + 1,
        near: chars.iter().skip(at).take(12).collect(),
    }
}

fn plain(chars: &[char], at: usize) -> (Sign, usize) {
    let word: String = chars
        .iter()
        .skip(at)
        .take_while(|c| is_plain(**c))
        .collect();
    let next = at + word.chars().count();
    (Sign::Word(word), next)
}

/// What stands between quotation marks; behind a backslash every character stands for itself.
fn quoted(chars: &[char], at: usize) -> Result<(Sign, usize), Mistake> {
    let mut text = String::new();
    let mut next = at + 1;
    loop {
        match chars.get(next) {
            None => return Err(wrong(Slip::Quote, at, chars)),
            Some('"' | '”') => break,
            Some('\\') => {
                let Some(c) = chars.get(next + 1) else {
                    return Err(wrong(Slip::Quote, at, chars));
                };
                text.push(*c);
                next += 2;
            }
            Some(c) => {
                text.push(*c);
                next += 1;
            }
        }
    }
    let line = input::line(&text);
    if input::refused(&line).is_some() {
        return Err(wrong(Slip::Sign, at, chars));
    }
    Ok((Sign::Quoted(line), next + 1))
}

fn compared(chars: &[char], at: usize) -> Result<(Sign, usize), Mistake> {
    let (op, length) = match (chars.get(at), chars.get(at + 1)) {
        (Some('!'), Some('=')) => (Op::Ne, 2),
        (Some('<'), Some('=')) => (Op::Le, 2),
        (Some('>'), Some('=')) => (Op::Ge, 2),
        (Some('='), _) => (Op::Eq, 1),
        (Some('<'), _) => (Op::Lt, 1),
        (Some('>'), _) => (Op::Gt, 1),
        (Some('≤'), _) => (Op::Le, 1),
        (Some('≥'), _) => (Op::Ge, 1),
        (Some('≠'), _) => (Op::Ne, 1),
        _ => return Err(wrong(Slip::Sign, at, chars)),
    };
    Ok((Sign::Op(op), at + length))
}
