//! Query strings: what is read, what is refused, and that printing and reading agree.

use super::*;
use crate::application::RulingOn;
use crate::calendar::Instant;
use crate::fault::Code;
use crate::measure::Predicate;

fn pairs(query: &str) -> Vec<(String, String)> {
    serde_urlencoded::from_str(query).expect("a query string")
}

fn read(query: &str) -> TicketFilter {
    TicketFilter::from_pairs(&pairs(query)).expect("a readable query")
}

#[test]
fn lists_come_repeated_or_joined_and_dates_mean_whole_days() {
    let filter = read(
        "state=TO_DISPATCH,HANDLING&state=CLOSED&kind=&accepted_from=2026-11-01&accepted_to=2026-11-30",
    );
    assert_eq!(
        filter.state,
        [
            TicketState::ToDispatch,
            TicketState::Handling,
            TicketState::Closed
        ]
    );
    assert_eq!(
        filter
            .accepted_from
            .map(|at| Instant(at).rfc3339())
            .as_deref(),
        Some("2026-11-01T00:00:00+08:00")
    );
    assert_eq!(
        filter
            .accepted_to
            .map(|at| Instant(at).rfc3339())
            .as_deref(),
        Some("2026-12-01T00:00:00+08:00"),
        "the end of the day"
    );
    assert_eq!(
        read("due_to=2026-11-30T17:30:00 08:00").due_to,
        Instant::parse("2026-11-30T17:30:00+08:00").map(|at| at.0)
    );
}

#[test]
fn what_cannot_be_read_is_named() {
    for (query, field) in [
        ("colour=red", "colour"),
        ("state=OPEN", "state"),
        ("light=blue", "light"),
        ("overdue=perhaps", "overdue"),
        ("exact=perhaps", "exact"),
        ("accepted_from=2026-02-30", "accepted_from"),
        ("unit=a%27b", "unit"),
        ("q=a%00b", "q"),
        ("measure=all", "measure"),
    ] {
        let fault = TicketFilter::from_pairs(&pairs(query)).expect_err(query);
        assert_eq!(
            (fault.code, fault.fields[0].field.as_str()),
            (Code::InputQuery, field),
            "{query}"
        );
    }
    for query in ["limit=0", "limit=201", "limit=x", "sort=title"] {
        assert!(TicketQuery::from_pairs(&pairs(query)).is_err(), "{query}");
    }
}

#[test]
fn absurd_queries_are_refused_before_they_cost_anything() {
    let own = |n: usize| {
        let pairs = (0..n).map(|at| format!("own.f{at}=1"));
        pairs.collect::<Vec<_>>().join("&")
    };
    let long = "x".repeat(10_000);
    let columns: Vec<String> = (0..10_000).map(|at| format!("f{at}")).collect();
    for (query, field, why) in [
        ("tag=a&".repeat(10_000), "tag", Some("pairs")),
        (own(21), "own.f20", Some("pairs")),
        (own(10_000), "own.f200", Some("pairs")),
        (
            format!("columns={}", columns.join(",")),
            "columns",
            Some("pairs"),
        ),
        ("page=1000000000".to_owned(), "page", Some("unknown")),
        (format!("{long}=1"), &long[..40], Some("unknown")),
        (format!("q={}", "路".repeat(10_000)), "q", None),
        (format!("tag={}", "a,".repeat(5_000)), "tag", None),
        (
            "accepted_from=10000-01-01".to_owned(),
            "accepted_from",
            None,
        ),
        ("limit=1000000000".to_owned(), "limit", None),
    ] {
        let fault = TicketQuery::from_pairs(&pairs(query.trim_end_matches('&'))).expect_err(field);
        assert_eq!(fault.code, Code::InputQuery, "{field}");
        assert_eq!(fault.fields[0].field, field);
        let said = fault.fields[0].facts.get("why").map(String::as_str);
        assert_eq!(said, why, "{field}");
    }
    let twenty = TicketQuery::from_pairs(&pairs(&own(20)));
    assert_eq!(twenty.expect("twenty").filter.own.len(), 20);
}

#[test]
fn a_query_without_words_is_the_usual_one() {
    let query = TicketQuery::from_pairs(&pairs("sort=&limit=&cursor=&q=")).expect("readable");
    assert_eq!(query, TicketQuery::default());
    assert_eq!(query.to_query(), "");
    let other = TicketQuery {
        sort: Sort::DueAsc,
        limit: 20,
        cursor: Some("abc".into()),
        ..query
    };
    assert_eq!(TicketQuery::from_pairs(&other.to_pairs()), Ok(other));
}

/// A filter for every combination of a small number of choices, drawn by a counter instead of chance.
fn filter(seed: u64) -> TicketFilter {
    let bit = |n: u32| seed >> n & 1 == 1;
    let at = |n: u32, add: i64| {
        bit(n)
            .then_some(1_790_000_000_000 + add + (seed as i64).wrapping_mul(7_919) % 40_000_000_000)
    };
    let midnight = |n: u32| {
        bit(n).then(|| {
            Instant::from_local(
                Instant(1_790_000_000_000 + seed as i64 % 20_000 * 86_400_000)
                    .date()
                    .and_time(chrono::NaiveTime::MIN),
            )
            .0
        })
    };
    TicketFilter {
        state: TicketState::ALL
            .iter()
            .copied()
            .filter(|s| seed.rotate_left(*s as u32) & 3 == 3)
            .collect(),
        kind: if bit(0) {
            vec![RequestKind::Complaint, RequestKind::Help]
        } else {
            vec![]
        },
        category: bit(1).then(|| "0102".into()),
        region: bit(2).then(|| "320106".into()),
        unit: bit(3).then(|| "320100-ZJJ".into()),
        lead_unit: bit(4).then(|| "320100".into()),
        channel: if bit(5) { vec![Channel::Web] } else { vec![] },
        tag: bit(3).then(|| "repeat".into()),
        mine: bit(4).then_some(true),
        mine_of: Vec::new(),
        ruling: bit(8).then_some(RulingOn::Unreasonable),
        own: if bit(9) {
            [("floor".to_owned(), "6 层 & 7".to_owned())].into()
        } else {
            std::collections::BTreeMap::new()
        },
        own_open: false,
        expr: bit(11)
            .then(|| language::Expr::parse("state = HANDLING or not returns >= 2").expect("reads")),
        in_force: false,
        found_in: None,
        light: bit(6).then_some(Light::Yellow),
        overdue: bit(7).then_some(bit(8)),
        accepted_from: if bit(9) { midnight(1) } else { at(2, 500) },
        accepted_to: if bit(9) { midnight(2) } else { at(3, 0) },
        due_from: at(4, 123),
        due_to: midnight(5),
        closed_from: midnight(6),
        closed_to: at(7, 999),
        measure: bit(8).then_some(Predicate::OnTimeNumerator),
        cell: bit(6).then(|| {
            "on_time.n.2026-11-01.2026-11-30.city:3201"
                .parse()
                .expect("a cell")
        }),
        q: bit(0).then(|| "路灯 & 100% +=? 漏水".into()),
        exact: bit(10),
        also: Vec::new(),
        reads: crate::search::Reads::default(),
    }
}

#[test]
fn printing_and_reading_agree() {
    for seed in (0..4_096).map(|n: u64| n.wrapping_mul(0x9E37_79B9_7F4A_7C15)) {
        let seed = seed >> 40;
        let filter = filter(seed);
        assert_eq!(read(&filter.to_query()), filter, "{}", filter.to_query());
    }
}

#[test]
fn query_strings_are_read_as_browsers_write_them() {
    let found = pairs_of("?q=%E8%B7%AF%E7%81%AF+%2B1&state=&x");
    let seen: Vec<(&str, &str)> = found
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(seen, [("q", "路灯 +1"), ("state", ""), ("x", "")]);
    assert_eq!(value_of(&found, "q"), Some("路灯 +1"));
    assert_eq!(value_of(&found, "state"), None);
    assert!(pairs_of("?").is_empty());
}
