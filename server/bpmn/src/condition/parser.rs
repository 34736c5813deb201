//! Tokens to the tree, by precedence, with bounded nesting.
//! Not here: what JUEL's helper calls mean (`juel`) and how the tree is computed (`eval`).
//! Next: `eval`.

use super::lex::{Token, lex};
use super::{ConditionError, Expr, Function, Op, feel, juel, too_deep};
use crate::limits::MAX_CONDITION_DEPTH;
use crate::value::Value;

/// Whose words and arithmetic the text follows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Common Expression Language, as this engine writes it.
    Cel,
    /// Unified Expression Language of the Java engines, inside `${…}`.
    Juel,
    /// Friendly Enough Expression Language of DMN and newer modellers.
    Feel,
}

pub(super) fn parse(text: &str, dialect: Dialect) -> Result<Expr, ConditionError> {
    let mut parser = Parser::over(text, dialect)?;
    let expr = parser.choice()?;
    parser.end()?;
    Ok(expr)
}

pub(super) struct Parser {
    tokens: Vec<(usize, Token)>,
    at: usize,
    depth: usize,
    dialect: Dialect,
}

/// Binary operators by rising precedence.
const LEVELS: [&[(&str, &str, Op)]; 6] = [
    &[("||", "or", Op::Or)],
    &[("&&", "and", Op::And)],
    &[("==", "eq", Op::Eq), ("!=", "ne", Op::Ne)],
    &[
        ("<", "lt", Op::Lt),
        ("<=", "le", Op::Le),
        (">", "gt", Op::Gt),
        (">=", "ge", Op::Ge),
    ],
    &[("+", "", Op::Add), ("-", "", Op::Sub)],
    &[
        ("*", "", Op::Mul),
        ("/", "div", Op::Div),
        ("%", "mod", Op::Rem),
    ],
];

impl Parser {
    pub(super) fn over(text: &str, dialect: Dialect) -> Result<Self, ConditionError> {
        Ok(Self {
            tokens: lex(text)?,
            at: 0,
            depth: 0,
            dialect,
        })
    }

    /// Nothing may follow.
    pub(super) fn end(&self) -> Result<(), ConditionError> {
        if *self.peek() == Token::End {
            Ok(())
        } else {
            Err(self.unexpected())
        }
    }

    pub(super) fn place(&self) -> usize {
        self.at
    }

    pub(super) fn back(&mut self, place: usize) {
        self.at = place;
    }

    pub(super) fn bump(&mut self) {
        self.at += 1;
    }

    pub(super) fn want_word(&mut self, word: &str) -> Result<(), ConditionError> {
        let found = matches!(self.peek(), Token::Word(w) if w == word);
        self.at += usize::from(found);
        if found {
            Ok(())
        } else {
            Err(self.unexpected())
        }
    }

    /// A call of this function stands here.
    pub(super) fn follows_call(&self, function: &str) -> bool {
        matches!(self.peek(), Token::Word(w) if w == function)
            && matches!(
                self.tokens.get(self.at + 1).map(|(_, token)| token),
                Some(Token::Sign("("))
            )
    }

    /// A sum, without comparison: an end of a range, the right side of a test.
    pub(super) fn operand(&mut self) -> Result<Expr, ConditionError> {
        self.binary(4)
    }

    pub(super) fn peek(&self) -> &Token {
        self.tokens
            .get(self.at)
            .map_or(&Token::End, |(_, token)| token)
    }

    fn next(&mut self) -> Token {
        let token = self.peek().clone();
        self.at += 1;
        token
    }

    pub(super) fn unexpected(&self) -> ConditionError {
        let at = self
            .tokens
            .get(self.at)
            .or(self.tokens.last())
            .map_or(0, |(at, _)| *at);
        ConditionError::Syntax {
            at,
            found: self.peek().show(),
        }
    }

    pub(super) fn take(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), Token::Sign(s) if *s == sign);
        self.at += usize::from(found);
        found
    }

    pub(super) fn want(&mut self, sign: &str) -> Result<(), ConditionError> {
        if self.take(sign) {
            Ok(())
        } else {
            Err(self.unexpected())
        }
    }

    pub(super) fn word(&mut self) -> Result<String, ConditionError> {
        match self.peek() {
            Token::Word(word) => {
                let word = word.clone();
                self.at += 1;
                Ok(word)
            }
            _ => Err(self.unexpected()),
        }
    }

    /// `a ? b : c` and everything below it; the only way down into nesting.
    pub(super) fn choice(&mut self) -> Result<Expr, ConditionError> {
        self.depth += 1;
        if self.depth > MAX_CONDITION_DEPTH {
            return Err(too_deep());
        }
        let condition = self.binary(0)?;
        let expr = if self.take("?") {
            let yes = self.choice()?;
            self.want(":")?;
            Expr::Choose(Box::new(condition), Box::new(yes), Box::new(self.choice()?))
        } else {
            condition
        };
        self.depth -= 1;
        Ok(expr)
    }

    fn binary(&mut self, level: usize) -> Result<Expr, ConditionError> {
        let Some(operators) = LEVELS.get(level) else {
            return self.unary();
        };
        let mut left = self.binary(level + 1)?;
        if self.dialect == Dialect::Feel && level == 3 {
            if self.want_word("in").is_ok() {
                return feel::within(self, left);
            }
            if self.want_word("between").is_ok() {
                return feel::between(self, left);
            }
        }
        while let Some(op) = self.operator(operators, level) {
            let right = self.binary(level + 1)?;
            // JUEL and FEEL always divide as decimals, CEL divides whole numbers as whole numbers.
            if op == Op::Div && self.dialect != Dialect::Cel {
                left = Expr::Call(Function::Double, vec![left]);
            }
            left = Expr::Binary(op, Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    fn operator(&mut self, operators: &[(&str, &str, Op)], level: usize) -> Option<Op> {
        let juel = self.dialect == Dialect::Juel;
        let feel = self.dialect == Dialect::Feel;
        let found = match self.peek() {
            Token::Sign("=") if feel && level == 2 => Some(Op::Eq),
            Token::Word(word) if feel && level < 2 => operators
                .iter()
                .find(|(_, w, _)| w == word)
                .map(|(_, _, op)| *op),
            Token::Sign(sign) => operators
                .iter()
                .find(|(s, _, _)| s == sign)
                .map(|(_, _, op)| *op),
            Token::Word(word) if juel => operators
                .iter()
                .find(|(_, w, _)| !w.is_empty() && w == word)
                .map(|(_, _, op)| *op),
            Token::Word(word) if !feel && level == 3 && word == "in" => Some(Op::In),
            _ => None,
        };
        self.at += usize::from(found.is_some());
        found
    }

    fn unary(&mut self) -> Result<Expr, ConditionError> {
        let word_not =
            self.dialect == Dialect::Juel && matches!(self.peek(), Token::Word(w) if w == "not");
        let empty =
            self.dialect == Dialect::Juel && matches!(self.peek(), Token::Word(w) if w == "empty");
        let negated = matches!(self.peek(), Token::Sign("!" | "-"));
        if !(word_not || empty || negated) {
            return self.postfix();
        }
        self.depth += 1;
        if self.depth > MAX_CONDITION_DEPTH {
            return Err(too_deep());
        }
        let minus = self.next() == Token::Sign("-");
        let inner = self.unary()?;
        self.depth -= 1;
        Ok(if empty {
            juel::empty(inner)
        } else if minus {
            Expr::Negate(Box::new(inner))
        } else {
            Expr::Not(Box::new(inner))
        })
    }

    fn postfix(&mut self) -> Result<Expr, ConditionError> {
        let mut expr = self.primary()?;
        let start = self.at;
        loop {
            // Two dots are a range.
            let second = self.tokens.get(self.at + 1).map(|(_, token)| token);
            if matches!(self.peek(), Token::Sign(".")) && matches!(second, Some(Token::Sign("."))) {
                return Ok(expr);
            }
            if self.take(".") {
                let name = self.word()?;
                if self.take("(") {
                    return Err(ConditionError::Refused {
                        what: format!("{expr}.{name}()"),
                    });
                }
                expr = Expr::Member(Box::new(expr), name);
            } else if self.take("[") {
                let index = self.choice()?;
                self.want("]")?;
                expr = Expr::Index(Box::new(expr), Box::new(index));
            } else {
                return Ok(expr);
            }
            // Chains recurse when computed, so they count as nesting.
            if self.at - start > 2 * MAX_CONDITION_DEPTH {
                return Err(too_deep());
            }
        }
    }

    fn primary(&mut self) -> Result<Expr, ConditionError> {
        let before = self.at;
        match self.next() {
            Token::Int(n) => Ok(Expr::Literal(Value::Int(n))),
            Token::Float(n) => Ok(Expr::Literal(Value::Float(n))),
            Token::Text(text) => Ok(Expr::Literal(Value::Text(text))),
            Token::Sign("(") => {
                let inner = self.choice()?;
                self.want(")")?;
                Ok(inner)
            }
            Token::Sign("[") => self.list(),
            Token::Word(word) => self.named(word),
            _ => {
                self.at = before;
                Err(self.unexpected())
            }
        }
    }

    fn list(&mut self) -> Result<Expr, ConditionError> {
        let mut items = Vec::new();
        if !self.take("]") {
            items.push(self.choice()?);
            while self.take(",") {
                items.push(self.choice()?);
            }
            self.want("]")?;
        }
        Ok(Expr::List(items))
    }

    fn named(&mut self, word: String) -> Result<Expr, ConditionError> {
        match word.as_str() {
            "true" => return Ok(Expr::Literal(Value::Bool(true))),
            "false" => return Ok(Expr::Literal(Value::Bool(false))),
            "null" => return Ok(Expr::Literal(Value::Null)),
            _ => {}
        }
        if self.dialect == Dialect::Feel && word == "if" {
            return feel::choose(self);
        }
        if self.dialect == Dialect::Juel
            && let Some(expr) = juel::helper(self, &word)?
        {
            return Ok(expr);
        }
        if !self.take("(") {
            return Ok(Expr::Variable(word));
        }
        if self.dialect == Dialect::Feel && word == "not" {
            let inner = self.choice()?;
            self.want(")")?;
            return Ok(Expr::Not(Box::new(inner)));
        }
        // FEEL counts all values that it is given, ours those that equal one: refused there rather than misunderstood.
        let feel = self.dialect == Dialect::Feel;
        let function =
            Function::by_name(&word).filter(|function| !(feel && *function == Function::Count));
        let Some(function) = function else {
            return Err(ConditionError::Refused {
                what: format!("{word}()"),
            });
        };
        let mut arguments = Vec::new();
        while arguments.len() < function.arity() {
            if !arguments.is_empty() {
                self.want(",")?;
            }
            arguments.push(self.choice()?);
        }
        let names = |argument: &Expr| matches!(argument, Expr::Variable(_) | Expr::Member(..));
        if function == Function::Has && !arguments.iter().all(names) {
            return Err(self.unexpected());
        }
        self.want(")")?;
        Ok(Expr::Call(function, arguments))
    }

    /// A look at the next tokens without taking them: does a `sign`, then `word` (any if empty) follow?
    pub(super) fn follows(&self, sign: &str, word: &str) -> bool {
        let at = |i: usize| self.tokens.get(self.at + i).map(|(_, token)| token);
        matches!(at(0), Some(Token::Sign(s)) if *s == sign)
            && matches!(at(1), Some(Token::Word(w)) if word.is_empty() || w == word)
    }

    /// A text literal.
    pub(super) fn text(&mut self) -> Result<String, ConditionError> {
        match self.peek() {
            Token::Text(text) => {
                let text = text.clone();
                self.at += 1;
                Ok(text)
            }
            _ => Err(self.unexpected()),
        }
    }
}
