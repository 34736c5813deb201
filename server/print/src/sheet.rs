//! A report as the values that the template prints: cleaned, cut to what paper bears, with the widths of columns.
//! Not here: how it looks (`report.typ`).
//! What is left out is said on the print, in a line below the table or at the end.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use shared::report::{Align, Bars, Cell, Part, Report, Table};
use shared::text::{Locale, report::print as words};

use crate::fonts::Fonts;

/// Rows of all tables together; further ones are left out, and the print says so.
pub const MAX_ROWS: usize = 20_000;
/// Cells of all tables together, each of which costs some 20 KB while pages are set; likewise.
pub const MAX_CELLS: usize = 40_000;
/// Columns of a table; likewise.
pub const MAX_COLUMNS: usize = 40;
/// Characters of a cell and of everything else.
const MAX_CELL: usize = 2000;
const MAX_WORDS: usize = 20_000;
/// With more columns the page lies on its side.
const UPRIGHT_COLUMNS: usize = 7;
/// Rows that are looked at for the widths of columns.
const MEASURED_ROWS: usize = 500;
/// Least and greatest weight of a column, in widths of a Chinese character.
const WIDTH: (f64, f64) = (3.5, 16.0);
/// Characters that may stand without a place to break, in wide columns and in narrow ones; behind that, one after every few.
const UNBROKEN: (usize, usize) = (24, 10);
const BREAK_EACH: usize = 4;
/// So many characters without a glyph are named.
const NAMED: usize = 20;

/// The values of a report, and whether any of its characters is Chinese.
pub fn sheet(report: &Report, locale: Locale, fonts: &Fonts) -> (Value, bool) {
    let mut taken = Taken {
        locale,
        rows_left: MAX_ROWS,
        cells_left: MAX_CELLS,
        texts_cut: 0,
        signs: BTreeSet::new(),
    };
    let columns = report.parts.iter().map(|part| match part {
        Part::Table(table) => table.columns.len(),
        Part::Heading(_) | Part::Words(_) | Part::Warning(_) | Part::Bars(_) => 0,
    });
    let widest = columns.max().unwrap_or(0);
    let title = taken.line(&report.title);
    let number = taken.line(&report.number);
    let number_line = match &*number {
        "" => String::new(),
        number => taken.line(&format!("{}{number}", words::NUMBER.get(locale))),
    };
    let subtitle = taken.words(&report.subtitle);
    let facts: Vec<_> = report
        .facts
        .iter()
        .map(|(name, value)| [taken.words(name), taken.words(value)])
        .collect();
    let parts: Vec<_> = report.parts.iter().map(|part| taken.part(part)).collect();
    let mut foot: Vec<_> = report.foot.iter().map(|it| taken.words(it)).collect();
    foot.extend(taken.left_out(fonts));
    let page = words::page(locale);
    // What the print adds must be drawn as well; its Chinese needs a font even where a report has none.
    let own = [page.concat(), words::ATTENTION.get(locale).to_owned()];
    taken.signs.extend(own.iter().flat_map(|text| text.chars()));
    let has_chinese = taken.signs.iter().any(|sign| is_han(*sign));
    let (lang, region) = match locale {
        Locale::Zh => ("zh", Some("cn")),
        Locale::En => ("en", None),
    };
    let value = json!({
        "lang": lang,
        "region": region,
        "fonts": fonts.families(locale == Locale::En),
        "landscape": widest > UPRIGHT_COLUMNS,
        "page": page,
        "attention": words::ATTENTION.get(locale),
        "title": title,
        "number": number,
        "number_line": number_line,
        "subtitle": subtitle,
        "facts": facts,
        "parts": parts,
        "foot": foot,
    });
    (value, has_chinese)
}

/// What was taken from a report so far.
struct Taken {
    locale: Locale,
    rows_left: usize,
    cells_left: usize,
    texts_cut: usize,
    signs: BTreeSet<char>,
}

impl Taken {
    fn part(&mut self, part: &Part) -> Value {
        match part {
            Part::Heading(text) => json!({"part": "heading", "of": self.line(text)}),
            Part::Words(text) => json!({"part": "words", "of": self.words(text)}),
            Part::Warning(text) => json!({"part": "warning", "of": self.words(text)}),
            Part::Table(table) if table.columns.is_empty() => {
                json!({"part": "words", "of": self.words(&table.caption)})
            }
            Part::Table(table) => json!({"part": "table", "of": self.table(table)}),
            Part::Bars(bars) => json!({"part": "bars", "of": self.bars(bars)}),
        }
    }

    fn table(&mut self, table: &Table) -> Value {
        let columns = table.columns.len().min(MAX_COLUMNS);
        let bound = self.rows_left.min(self.cells_left / columns.max(1));
        let rows = table.rows.len().min(bound);
        self.rows_left -= rows;
        self.cells_left -= rows * columns;
        let mut after = Vec::new();
        if rows < table.rows.len() {
            after.push(words::rows_cut(rows, table.rows.len(), self.locale));
        }
        if columns < table.columns.len() {
            after.push(words::columns_cut(
                columns,
                table.columns.len(),
                self.locale,
            ));
        }
        let unbroken = if columns > UPRIGHT_COLUMNS {
            UNBROKEN.1
        } else {
            UNBROKEN.0
        };
        let heads = table.columns.iter().take(columns);
        let heads: Vec<_> = heads
            .map(|(name, _)| self.text(name, MAX_CELL, unbroken))
            .collect();
        let mut widths: Vec<f64> = heads.iter().map(|head| width(head) / 2.0).collect();
        let mut cells = Vec::with_capacity(rows * columns);
        for (place, row) in table.rows.iter().take(rows).enumerate() {
            let row = self.row(row, columns, unbroken);
            if place < MEASURED_ROWS {
                widen(&mut widths, &row);
            }
            cells.extend(row);
        }
        let total = table.total.as_ref();
        let total = total.map(|row| self.row(row, columns, unbroken));
        if let Some(row) = &total {
            widen(&mut widths, row);
        }
        let ends = table.columns.iter().take(columns);
        let ends: Vec<_> = ends.map(|(_, align)| *align == Align::End).collect();
        let widths: Vec<_> = widths
            .into_iter()
            .map(|width| width.clamp(WIDTH.0, WIDTH.1))
            .collect();
        json!({
            "caption": self.words(&table.caption),
            "size": size(columns),
            "widths": widths,
            "ends": ends,
            "heads": heads,
            "cells": cells,
            "total": total,
            "after": self.words(&after.join(" ")),
        })
    }

    /// As many texts as there are columns, whatever the row has.
    fn row(&mut self, row: &[Cell], columns: usize, unbroken: usize) -> Vec<String> {
        let mut texts: Vec<_> = row
            .iter()
            .take(columns)
            .map(|cell| self.text(&cell.text, MAX_CELL, unbroken))
            .collect();
        texts.resize(columns, String::new());
        texts
    }

    fn bars(&mut self, bars: &Bars) -> Value {
        let kept = bars.bars.len().min(self.rows_left);
        self.rows_left -= kept;
        let lines: Vec<_> = bars
            .bars
            .iter()
            .take(kept)
            .map(|bar| {
                json!({
                    "name": self.text(&bar.name, MAX_CELL, UNBROKEN.0),
                    "share": bar.share.map(|share| share.min(1000)),
                    "value": self.text(&bar.value, MAX_CELL, UNBROKEN.1),
                })
            })
            .collect();
        let caption = match (&*bars.unit, self.locale) {
            ("", _) => bars.caption.clone(),
            (unit, Locale::Zh) => format!("{}（{unit}）", bars.caption),
            (unit, Locale::En) => format!("{} ({unit})", bars.caption),
        };
        let after = if kept < bars.bars.len() {
            words::rows_cut(kept, bars.bars.len(), self.locale)
        } else {
            String::new()
        };
        json!({"caption": self.words(&caption), "bars": lines, "after": self.words(&after)})
    }

    /// Lines about what is not on paper as it is in the report.
    fn left_out(&mut self, fonts: &Fonts) -> Vec<String> {
        let mut lines = Vec::new();
        if self.texts_cut > 0 {
            lines.push(words::texts_cut(self.texts_cut, self.locale));
        }
        let absent = self.signs.iter().filter(|sign| {
            !(sign.is_whitespace() || **sign == ZERO_WIDTH_SPACE || fonts.draw(**sign))
        });
        let absent: Vec<_> = absent
            .take(NAMED)
            .map(|sign| format!("U+{:04X}", u32::from(*sign)))
            .collect();
        if !absent.is_empty() {
            lines.push(words::not_drawn(&absent.join(" "), self.locale));
        }
        let signs: Vec<_> = lines.iter().flat_map(|line| line.chars()).collect();
        self.signs.extend(signs);
        lines
    }

    /// A text in one line.
    fn line(&mut self, text: &str) -> String {
        self.words(text).replace('\n', " ")
    }

    fn words(&mut self, text: &str) -> String {
        self.text(text, MAX_WORDS, UNBROKEN.0)
    }

    /// A text without what no paper shows, cut at its bound, with places to break in what has none.
    fn text(&mut self, text: &str, most: usize, unbroken: usize) -> String {
        let mut out = String::with_capacity(text.len());
        let mut run = 0;
        let mut signs = text.chars().filter_map(shown);
        for sign in signs.by_ref().take(most) {
            run = if breaks(sign) { 0 } else { run + 1 };
            let many = run > unbroken && (run - unbroken) % BREAK_EACH == 1;
            // Not between a character and the marks upon it.
            if many && (sign.is_ascii() || sign.is_alphanumeric()) {
                out.push(ZERO_WIDTH_SPACE);
            }
            self.signs.insert(sign);
            out.push(sign);
        }
        if signs.next().is_some() {
            self.texts_cut += 1;
            out.push('…');
        }
        out
    }
}

const ZERO_WIDTH_SPACE: char = '\u{200b}';

/// What stands on paper of a character: controls do not, nor what turns the direction of the text about.
fn shown(sign: char) -> Option<char> {
    match sign {
        '\n' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' => Some(' '),
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => None,
        sign if sign.is_control() => None,
        sign => Some(sign),
    }
}

/// Whether a line may break at the character anyway.
fn breaks(sign: char) -> bool {
    sign.is_whitespace() || is_wide(sign)
}

/// Whether it is a Chinese character.
fn is_han(sign: char) -> bool {
    matches!(sign, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Whether it takes the room of a Chinese character.
fn is_wide(sign: char) -> bool {
    is_han(sign)
        || matches!(sign, '\u{2e80}'..='\u{33ff}' | '\u{ac00}'..='\u{d7a3}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}')
}

/// Width of the longest line of a text, in widths of a Chinese character.
fn width(text: &str) -> f64 {
    let of = |line: &str| -> f64 {
        line.chars()
            .map(|sign| if is_wide(sign) { 1.0 } else { 0.55 })
            .sum()
    };
    text.lines().map(of).fold(0.0, f64::max)
}

fn widen(widths: &mut [f64], row: &[String]) {
    for (known, text) in widths.iter_mut().zip(row) {
        *known = known.max(width(text) + 0.6);
    }
}

/// Size of the letters in points.
fn size(columns: usize) -> f64 {
    match columns {
        ..=5 => 9.5,
        6..=8 => 9.0,
        9..=12 => 8.0,
        13..=18 => 7.0,
        19..=26 => 5.5,
        _ => 4.5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken() -> Taken {
        Taken {
            locale: Locale::Zh,
            rows_left: 3,
            cells_left: MAX_CELLS,
            texts_cut: 0,
            signs: BTreeSet::new(),
        }
    }

    fn table(rows: usize) -> Table {
        Table {
            caption: String::new(),
            columns: vec![("甲".into(), Align::Start), ("乙".into(), Align::End)],
            rows: vec![vec![Cell::words("1")]; rows],
            total: Some(vec![Cell::words("x"); 5]),
        }
    }

    #[test]
    fn rows_are_as_long_as_the_head() {
        let value = taken().table(&table(2));
        assert_eq!(value["cells"], json!(["1", "", "1", ""]));
        assert_eq!(value["total"], json!(["x", "x"]));
        assert_eq!(value["after"], "");
    }

    #[test]
    fn what_is_cut_is_said() {
        let mut taken = taken();
        let value = taken.table(&table(5));
        let cells = value["cells"].as_array().expect("cells");
        assert_eq!(cells.len(), 6);
        let after = value["after"].as_str().expect("a line");
        assert!(
            after.contains("共 5 行") && after.contains("前 3 行"),
            "{after}"
        );
        assert_eq!(taken.table(&table(1))["cells"], json!([]), "together");
        assert_eq!(taken.text("abcdef", 3, 9), "abc…");
        assert_eq!(taken.texts_cut, 1);
    }

    #[test]
    fn controls_and_turned_directions_are_gone() {
        let text = taken().words("a\u{0}b\u{202e}c\td\r\ne\u{2066}");
        assert_eq!(text, "abc d\ne");
    }

    #[test]
    fn long_runs_may_break() {
        let long = "x".repeat(40);
        let text = taken().text(&long, 100, 24);
        assert_eq!(text.matches(ZERO_WIDTH_SPACE).count(), 4);
        assert_eq!(text.replace(ZERO_WIDTH_SPACE, ""), long);
        let sentence = "a sentence with words of the usual length, 中文不需要断开的地方也可以断开";
        assert_eq!(taken().text(sentence, 100, 24), sentence);
    }
}
