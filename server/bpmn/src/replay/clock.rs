//! A clock for cases: only durations count, in seconds from the start of the case.
//! Not here: calendar dates and working time, which the product's own scheduler computes.
//! Next: `player`.

use crate::run::TimerSpec;

/// Seconds of an ISO 8601 duration; months and years have no fixed length and give `None`, as does overflow.
pub(super) fn seconds(text: &str) -> Option<i64> {
    let (days, time) = match text.trim().strip_prefix('P')?.split_once('T') {
        Some((days, time)) => (days, time),
        None => (text.trim().strip_prefix('P')?, ""),
    };
    let units = |c: char, in_time: bool| match (c, in_time) {
        ('W', false) => Some(604_800),
        ('D', false) => Some(86_400),
        ('H', true) => Some(3_600),
        ('M', true) => Some(60),
        ('S', true) => Some(1),
        _ => None,
    };
    let mut total = 0_i64;
    for (part, in_time) in [(days, false), (time, true)] {
        let mut number = String::new();
        for c in part.chars() {
            if c.is_ascii_digit() {
                number.push(c);
            } else {
                total = total.checked_add(
                    number
                        .parse::<i64>()
                        .ok()?
                        .checked_mul(units(c, in_time)?)?,
                )?;
                number.clear();
            }
        }
        if !number.is_empty() {
            return None;
        }
    }
    Some(total)
}

/// When a timer set now is due; `None` for dates, which cases ring by name.
pub(super) fn due(now: i64, spec: &TimerSpec) -> Option<i64> {
    let text = match spec {
        TimerSpec::Duration(text) => text,
        TimerSpec::Cycle(text) => text.split_once('/')?.1,
        TimerSpec::Date(_) => return None,
    };
    now.checked_add(seconds(text)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_seconds() {
        assert_eq!(seconds("PT2H1S"), Some(7_201));
        assert_eq!(seconds("P1DT1M"), Some(86_460));
        assert_eq!(seconds("P1W"), Some(604_800));
        assert_eq!(
            [
                seconds("P1M"),
                seconds("1H"),
                seconds("PT5"),
                seconds("P99999999999999999999D")
            ],
            [None; 4]
        );
        assert_eq!(due(10, &TimerSpec::Cycle("R3/PT10S".to_owned())), Some(20));
    }
}
