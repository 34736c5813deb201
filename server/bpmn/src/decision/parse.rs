//! A DMN file to decision tables. The same limits as for definitions hold; what is no table is refused with its line.
//! Not here: computing (`decide`).
//! Next: `decide`.

use std::fmt;

use roxmltree::{Document, Node, ParsingOptions};

use shared::process::finding::{Fact, FindingCode as Code, Remark};
use shared::text::Locale;
use shared::text::process_check::sentence;

use super::{Aggregation, Decision, HitPolicy, INPUT, MAX_CELLS, Output, Rule};
use crate::check::bad_expression;
use crate::condition::{Condition, ConditionError};
use crate::limits::MAX_XML_NODES;
use crate::parse::{ParseError, ParseReason, guard};
use crate::value::{Value, Vars};

/// Why a DMN file could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DecisionParseError {
    /// Not XML, or beyond the limits.
    File(ParseError),
    /// Something in a table.
    Table {
        /// Line in the file, from 1.
        line: u32,
        /// Id of the element, or its kind.
        element: String,
        /// What is wrong.
        what: Remark,
    },
    /// No decision table in the file.
    Nothing,
}

impl fmt::Display for DecisionParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(error) => write!(f, "{error}"),
            Self::Table {
                line,
                element,
                what,
            } => write!(f, "line {line}, {element}: {}", sentence(what, Locale::En)),
            Self::Nothing => f.write_str(Code::NoTable.label(Locale::En)),
        }
    }
}

impl std::error::Error for DecisionParseError {}

impl From<ParseError> for DecisionParseError {
    fn from(error: ParseError) -> Self {
        Self::File(error)
    }
}

pub(super) fn tables(xml: &str) -> Result<Vec<Decision>, DecisionParseError> {
    let xml = xml.strip_prefix('\u{feff}').unwrap_or(xml);
    guard::check(xml)?;
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: MAX_XML_NODES,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(xml, options)
        .map_err(|error| ParseError::at(error.pos().row, ParseReason::Xml))?;
    let decisions: Vec<Node<'_, '_>> = document
        .root_element()
        .children()
        .filter(|node| node.has_tag_name_any("decision"))
        .collect();
    let found: Vec<Decision> = decisions
        .into_iter()
        .map(decision)
        .collect::<Result<_, _>>()?;
    if found.is_empty() {
        return Err(DecisionParseError::Nothing);
    }
    Ok(found)
}

/// Element names count, not the version of DMN that their namespace tells.
trait Named {
    fn has_tag_name_any(&self, name: &str) -> bool;
}

impl Named for Node<'_, '_> {
    fn has_tag_name_any(&self, name: &str) -> bool {
        self.is_element() && self.tag_name().name() == name
    }
}

fn wrong(node: Node<'_, '_>, what: Remark) -> DecisionParseError {
    DecisionParseError::Table {
        line: node.document().text_pos_at(node.range().start).row,
        element: node
            .attribute("id")
            .unwrap_or(node.tag_name().name())
            .to_owned(),
        what,
    }
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| child.has_tag_name_any(name))
}

fn children<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Vec<Node<'a, 'i>> {
    node.children()
        .filter(|child| child.has_tag_name_any(name))
        .collect()
}

fn text(node: Node<'_, '_>) -> String {
    child(node, "text")
        .and_then(|text| text.text())
        .unwrap_or_default()
        .trim()
        .to_owned()
}

fn decision(node: Node<'_, '_>) -> Result<Decision, DecisionParseError> {
    let id = node
        .attribute("id")
        .filter(|id| !id.is_empty())
        .ok_or_else(|| wrong(node, Remark::new(Code::TableNoId)))?;
    let table =
        child(node, "decisionTable").ok_or_else(|| wrong(node, Remark::new(Code::OnlyTables)))?;
    let policy = policy(table)?;
    let inputs = children(table, "input")
        .into_iter()
        .map(|input| {
            let expression = child(input, "inputExpression")
                .ok_or_else(|| wrong(input, Remark::new(Code::TableNoInput)))?;
            let text = text(expression);
            read(input, &text, Condition::feel(&text))
        })
        .collect::<Result<Vec<_>, _>>()?;
    let outputs = children(table, "output")
        .into_iter()
        .map(output)
        .collect::<Result<Vec<_>, _>>()?;
    if outputs.is_empty() {
        return Err(wrong(table, Remark::new(Code::TableNoOutput)));
    }
    if matches!(policy, HitPolicy::Collect(Some(_))) && outputs.len() > 1 {
        return Err(wrong(table, Remark::new(Code::TableOneOutput)));
    }
    let rows = children(table, "rule");
    if rows.len() * (inputs.len() + outputs.len()) > MAX_CELLS {
        return Err(wrong(
            table,
            Remark::new(Code::TableTooLarge).fact(Fact::Most, MAX_CELLS),
        ));
    }
    let rules = rows
        .into_iter()
        .map(|row| rule(row, inputs.len(), outputs.len()))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Decision {
        id: id.to_owned(),
        name: node.attribute("name").map(str::to_owned),
        policy,
        inputs,
        outputs,
        rules,
    })
}

fn policy(table: Node<'_, '_>) -> Result<HitPolicy, DecisionParseError> {
    let aggregation = match table.attribute("aggregation") {
        None => None,
        Some("SUM") => Some(Aggregation::Sum),
        Some("MIN") => Some(Aggregation::Min),
        Some("MAX") => Some(Aggregation::Max),
        Some("COUNT") => Some(Aggregation::Count),
        Some(other) => {
            let what = Remark::new(Code::TableAggregation).fact(Fact::Name, other);
            return Err(wrong(table, what));
        }
    };
    match table.attribute("hitPolicy").unwrap_or("UNIQUE") {
        "UNIQUE" => Ok(HitPolicy::Unique),
        "FIRST" => Ok(HitPolicy::First),
        "PRIORITY" => Ok(HitPolicy::Priority),
        "ANY" => Ok(HitPolicy::Any),
        "COLLECT" => Ok(HitPolicy::Collect(aggregation)),
        "RULE ORDER" => Ok(HitPolicy::RuleOrder),
        "OUTPUT ORDER" => Ok(HitPolicy::OutputOrder),
        other => Err(wrong(
            table,
            Remark::new(Code::TableHitPolicy).fact(Fact::Name, other),
        )),
    }
}

fn read(
    node: Node<'_, '_>,
    text: &str,
    read: Result<Condition, ConditionError>,
) -> Result<Condition, DecisionParseError> {
    read.map_err(|error| wrong(node, bad_expression(text, &error)))
}

fn output(node: Node<'_, '_>) -> Result<Output, DecisionParseError> {
    let name = node
        .attribute("name")
        .or_else(|| node.attribute("label"))
        .or_else(|| node.attribute("id"))
        .filter(|name| !name.is_empty())
        .ok_or_else(|| wrong(node, Remark::new(Code::TableOutputName)))?;
    let allowed = child(node, "outputValues").map(text).unwrap_or_default();
    let values = if allowed.is_empty() {
        Vec::new()
    } else {
        let list = read(node, &allowed, Condition::feel(&format!("[{allowed}]")))?;
        match list.value(&Vars::new()) {
            Ok(Value::List(values)) => values,
            _ => return Err(wrong(node, Remark::new(Code::TableValues))),
        }
    };
    Ok(Output {
        name: name.to_owned(),
        values,
    })
}

fn rule(node: Node<'_, '_>, inputs: usize, outputs: usize) -> Result<Rule, DecisionParseError> {
    let tests = children(node, "inputEntry")
        .into_iter()
        .map(|cell| {
            let text = text(cell);
            read(cell, &text, Condition::tests(&text, INPUT))
        })
        .collect::<Result<Vec<_>, _>>()?;
    let results = children(node, "outputEntry")
        .into_iter()
        .map(|cell| match text(cell).as_str() {
            "" | "-" => Ok(None),
            text => read(cell, text, Condition::feel(text)).map(Some),
        })
        .collect::<Result<Vec<_>, _>>()?;
    if tests.len() != inputs || results.len() != outputs {
        return Err(wrong(node, Remark::new(Code::TableCells)));
    }
    Ok(Rule {
        tests,
        outputs: results,
    })
}
