//! The State Council's yearly holiday notices, 2007 to 2026, as facts shipped with the product.
//! Not here: how they are used (`working`), importing a further year (`store`, the command line).
//! Source: the notices on gov.cn by way of NateScarlet/holiday-cn (MIT); a line is `notice year|name|days off|make-up working days`.

use chrono::NaiveDate;

use super::DayKind;

const LINES: &str = include_str!("decrees.txt");

/// One day that a notice moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decree<'n> {
    /// The day.
    pub date: NaiveDate,
    /// `Holiday` or `Makeup`.
    pub kind: DayKind,
    /// Name of the holiday, Chinese.
    pub name: &'n str,
    /// The year whose notice says so; a December day may belong to the next year's notice.
    pub year: i32,
}

/// Every shipped day, in the order of the notices.
pub fn decrees() -> impl Iterator<Item = Decree<'static>> {
    LINES.lines().flat_map(line)
}

fn line(line: &'static str) -> Vec<Decree<'static>> {
    let mut parts = line.split('|');
    let year = parts
        .next()
        .and_then(|year| year.parse().ok())
        .unwrap_or_default();
    let name = parts.next().unwrap_or_default();
    let mut out = Vec::new();
    for kind in [DayKind::Holiday, DayKind::Makeup] {
        for span in parts.next().unwrap_or_default().split_whitespace() {
            let (first, last) = span.split_once("..").unwrap_or((span, span));
            let (Ok(first), Ok(last)) = (first.parse::<NaiveDate>(), last.parse::<NaiveDate>())
            else {
                continue;
            };
            out.extend(
                first
                    .iter_days()
                    .take_while(|day| *day <= last)
                    .map(|date| Decree {
                        date,
                        kind,
                        name,
                        year,
                    }),
            );
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notice_from_2007_to_2026_is_there() {
        let all: Vec<_> = decrees().collect();
        assert_eq!(all.len(), 678, "rows of holiday_adjustments_2007_2026.csv");
        for year in 2007..=2026 {
            assert!(
                all.iter().any(|decree| decree.year == year),
                "no notice of {year}"
            );
        }
        let makeup = |text: &str| {
            all.iter()
                .any(|d| d.kind == DayKind::Makeup && d.date.to_string() == text)
        };
        // domain.md 3.4: the working days of 2026.
        for day in [
            "2026-01-04",
            "2026-02-14",
            "2026-02-28",
            "2026-05-09",
            "2026-09-20",
            "2026-10-10",
        ] {
            assert!(makeup(day), "{day} is a working day by decree");
        }
    }
}
