//! One number as a cell, and how it changed: counts and hours by their share, rates by the difference of their percentages.
//! Not here: counting (`count`), tables (`tables`).
//! Fewer than ten are nothing to compare with (`domain.md` 4.2).

use shared::measure::{Figure, MeasureUnit};
use shared::report::Cell;
use shared::text::{Locale, staff, standard as words};

/// Fewer are no base of a comparison.
const BASE: i64 = 10;
/// What stands for nothing to divide by.
pub(super) const DASH: &str = "—";

/// Hundredths as a decimal number.
pub(super) fn decimal(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let amount = hundredths.unsigned_abs();
    format!("{sign}{}.{:02}", amount / 100, amount % 100)
}

/// The same with its sign always.
fn signed(hundredths: i64) -> String {
    let sign = if hundredths > 0 { "+" } else { "" };
    format!("{sign}{}", decimal(hundredths))
}

/// How large a number is among others of its measure; none without a denominator.
pub(in crate::reports) fn weight(figure: Figure) -> Option<i64> {
    figure.amount()
}

/// The value, without its unit, which stands at the head of its column.
pub(super) fn value(figure: Figure, href: Option<String>, locale: Locale) -> Cell {
    let Some(amount) = weight(figure) else {
        return Cell::words(DASH);
    };
    if figure.measure.definition().unit() == MeasureUnit::Tickets {
        return count(amount, href);
    }
    let number = decimal(amount);
    let text = if figure.is_small() {
        let word = words::SMALL.get(locale);
        match locale {
            Locale::Zh => format!("{number}（{word}）"),
            Locale::En => format!("{number} ({word})"),
        }
    } else {
        number.clone()
    };
    Cell {
        text,
        number: Some(number),
        href,
    }
}

/// How many; nothing has no list.
pub(super) fn count(number: i64, href: Option<String>) -> Cell {
    Cell {
        text: staff::grouped(number),
        number: Some(number.to_string()),
        href: href.filter(|_| number > 0),
    }
}

/// How a number changed against another time.
pub(in crate::reports) fn change(now: Figure, other: Option<Figure>, locale: Locale) -> Cell {
    let base = other.filter(|other| other.denominator >= BASE);
    let amounts = base.and_then(|base| Some((weight(now)?, weight(base)?)));
    let Some((present, past)) = amounts else {
        return Cell::words(DASH);
    };
    if now.measure.definition().unit() == MeasureUnit::Percent {
        let points = present - past;
        return Cell {
            text: words::points(&signed(points), locale),
            number: Some(decimal(points)),
            href: None,
        };
    }
    let Some(share) = share(present - past, past) else {
        return Cell::words(DASH);
    };
    Cell {
        text: format!("{} %", signed(share)),
        number: Some(decimal(share)),
        href: None,
    }
}

/// A difference in hundredths of a percent of its base, half away from zero.
fn share(difference: i64, base: i64) -> Option<i64> {
    if base <= 0 {
        return None;
    }
    let amount = (difference.abs() * 20_000 + base) / (base * 2);
    Some(amount * difference.signum())
}

#[cfg(test)]
mod tests {
    use shared::measure::Measure;

    use super::*;

    fn figure(measure: Measure, numerator: i64, denominator: i64) -> Figure {
        Figure {
            measure,
            numerator,
            denominator,
        }
    }

    fn said(now: Figure, other: Figure) -> String {
        change(now, Some(other), Locale::Zh).text
    }

    #[test]
    fn counts_change_by_their_share_and_rates_by_points() {
        let accepted = |n| figure(Measure::Accepted, n, n);
        assert_eq!(said(accepted(105), accepted(100)), "+5.00 %");
        assert_eq!(said(accepted(99), accepted(100)), "-1.00 %");
        assert_eq!(said(accepted(100), accepted(100)), "0.00 %");
        assert_eq!(said(accepted(20), accepted(30)), "-33.33 %");
        let rate = |n, d| figure(Measure::Satisfied, n, d);
        assert_eq!(said(rate(9, 10), rate(8, 10)), "+10.00 个百分点");
        assert_eq!(said(rate(8, 10), rate(9, 10)), "-10.00 个百分点");
    }

    #[test]
    fn few_are_no_base_and_nothing_has_no_value() {
        let accepted = |n| figure(Measure::Accepted, n, n);
        assert_eq!(said(accepted(9), accepted(9)), DASH);
        assert_eq!(change(accepted(9), None, Locale::Zh).text, DASH);
        let none = figure(Measure::Satisfied, 0, 0);
        assert_eq!(value(none, None, Locale::Zh).text, DASH);
        assert_eq!(said(none, figure(Measure::Satisfied, 9, 10)), DASH);
        let small = value(figure(Measure::Satisfied, 1, 2), None, Locale::Zh);
        assert_eq!(small.text, "50.00（样本不足）");
        assert_eq!(small.number.as_deref(), Some("50.00"));
    }
}
