//! Expressions: what a database finds is what plain Rust finds among the same tickets, written out and with what leads it, for lists and counts.
//! Not here: reading and printing (`shared`), what it costs (`plans`).

mod cost;
mod persons;

use sea_orm::ConnectionTrait as _;
use shared::access::Scope;
use shared::calendar::Instant;
use shared::ids::TicketId;
use shared::query::facet::Facet;
use shared::query::language::{Condition, Expr, Field, Op, Subject, Value};
use shared::query::{Sort, TicketFilter, TicketQuery};
use shared::ticket::{Channel, Light, RequestKind, Satisfaction, Solved, TicketState, Urgency};
use store::record::TicketCase;

use crate::support::{DAY, HOUR, NOW, World, ticket};

on_both! { a_database_finds_what_plain_words_say shares_add_up_to_the_list_and_lead_to_their_tickets a_unit_asks_of_its_parts_in_force_alone }

const UNITS: [&str; 2] = ["3201-ZJJ", "3201-CGJ"];

/// A hundred and twenty tickets of every sort.
async fn fill(world: &World) -> Vec<TicketCase> {
    let raw = world.raw().await;
    let yes = if world.store.kind() == "sqlite" {
        "1"
    } else {
        "true"
    };
    let units = format!(
        "insert into units (code, name, parent, path, level, region, active) values
         ('JS', 'x', null, 'JS/', '1', '320000', {yes}), ('3201', 'x', 'JS', 'JS/3201/', '2', '320100', {yes}),
         ('3201-ZJJ', 'x', '3201', 'JS/3201/3201-ZJJ/', '3', '320100', {yes}), ('3201-CGJ', 'x', '3201', 'JS/3201/3201-CGJ/', '3', '320100', {yes})"
    );
    raw.execute_unprepared(&units).await.expect("units");
    let mut made = Vec::new();
    for i in 0_i64..120 {
        let n = usize::try_from(i).expect("small");
        let mut one = ticket(Instant(NOW.0 - i * 7 * HOUR));
        one.kind = RequestKind::ALL[n % 4];
        one.channel = Channel::ALL[n % 3];
        one.urgency = Urgency::ALL[n % 3];
        one.category = (i % 6 != 0).then(|| format!("0{}01{:02}", 1 + i % 3, i % 4));
        let (region, street) = [
            ("320106", Some("320106001")),
            ("320100", None),
            ("320506", Some("320506002")),
        ][n % 3];
        one.region = region.to_owned();
        one.street = street.map(str::to_owned);
        one.anonymous = i % 5 == 0;
        one.confidential = i % 7 == 0;
        one.external_no = (i % 4 == 0).then(|| format!("EX {i}"));
        one.source_system = (i % 4 == 0).then(|| "省平台".to_owned());
        one.due_at = (i % 5 != 0).then_some(Instant(NOW.0 + (i % 9 - 4) * DAY));
        one.warn_at = one.due_at.map(|due| Instant(due.0 - DAY));
        one.urge_count = i32::try_from(i % 4).expect("small");
        one.cycle_no = i32::try_from(i % 3).expect("small");
        one.latest_satisfaction = Satisfaction::ALL[n % Satisfaction::ALL.len()];
        one.solved = (i % 2 == 0).then(|| Solved::ALL[n % 3]);
        one.not_counted = i % 8 == 0;
        one.unreasonable = i % 16 == 0;
        one.difficult_at = (i % 10 == 0).then_some(NOW);
        one.tags = if i % 3 == 0 {
            vec!["repeat".to_owned()]
        } else {
            Vec::new()
        };
        if i % 4 == 1 {
            one.own.clear();
        }
        if i % 4 == 3 {
            one.state = TicketState::Closed;
            one.closed_at = Some(Instant(one.accepted_at.0 + DAY));
        }
        let one = world.register(one).await;
        let case = if i % 4 == 2 {
            world.dispatch(&one, &UNITS[n % 8 / 4..]).await
        } else {
            world.case(&one).await
        };
        made.push(case);
    }
    raw.execute_unprepared("update assignments set return_count = 2 where unit = '3201-CGJ'")
        .await
        .expect("counts");
    for text in [
        "update assignments set responsible_name = '王芳' where unit = '3201-ZJJ'",
        "insert into directive_tickets (ticket_id, application_id) select id, id from tickets where unreasonable",
        "insert into merged_tickets (ticket_id, lead_id, ticket_no, lead_no, merged_at) select id, id, ticket_no, ticket_no, 0 from tickets where not_counted",
    ] {
        raw.execute_unprepared(text)
            .await
            .expect("what hangs on them");
    }
    made
}

/// Conditions of which expressions are made.
const LEAVES: &[&str] = &[
    "state in (TO_DISPATCH, CLOSED)",
    "state = DISPATCHED",
    "kind != complaint",
    "channel in (phone, web)",
    "level = urgent",
    "light in (red, yellow)",
    "light = green",
    "light is empty",
    "overdue = yes",
    "overdue = no",
    "category under 01",
    "category = 020101",
    "category is empty",
    "area under 3201",
    "area = 320100",
    "area in (320106, 320506002)",
    "area under 320506",
    "unit = 3201-CGJ",
    "unit under JS",
    "lead = 3201-ZJJ",
    "lead under 3201",
    "lead is empty",
    "tag = repeat",
    "tag != repeat",
    "external is not empty",
    "external under \"EX 1\"",
    "source = \"省平台\"",
    "accepted >= today-7",
    "accepted between today-20 and today-10",
    "accepted < 2026-02-20",
    "dispatched is empty",
    "replied > 2026-01-01",
    "closed >= today-10",
    "closed is empty",
    "due <= today",
    "due > 2026-03-02T10:00:00+08:00",
    "updated = today",
    "returns >= 2",
    "returns = 0",
    "cycles between 1 and 2",
    "urges > 1",
    "satisfaction in (dissatisfied, very_dissatisfied)",
    "solved = yes",
    "solved != yes",
    "solved is not empty",
    "anonymous = yes",
    "confidential = no",
    "counted = no",
    "unreasonable = yes",
    "difficult != yes",
    "supervised = yes",
    "supervised = no",
    "event is not empty",
    "event is empty",
    "registrar is empty",
    "registrar = nobody",
    "handler = 王芳",
    "handler != 王芳",
    "own.floor = 6",
    "own.floor != 6",
];

/// Numbers that look drawn.
struct Drawn(u64);

impl Drawn {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % n
    }

    fn text(&mut self, depth: usize) -> String {
        if depth == 0 || self.below(4) == 0 {
            return LEAVES[self.below(LEAVES.len())].to_owned();
        }
        let parts = |drawn: &mut Self| {
            let several = 2 + drawn.below(2);
            (0..several)
                .map(|_| format!("({})", drawn.text(depth - 1)))
                .collect::<Vec<_>>()
        };
        match self.below(3) {
            0 => parts(self).join(" and "),
            1 => parts(self).join(" or "),
            _ => format!("not ({})", self.text(depth - 1)),
        }
    }
}

fn holds(expr: &Expr, case: &TicketCase) -> bool {
    match expr {
        Expr::All(parts) => parts.iter().all(|part| holds(part, case)),
        Expr::Any(parts) => parts.iter().any(|part| holds(part, case)),
        Expr::Not(inner) => !holds(inner, case),
        Expr::Is(condition) => match condition.op {
            Op::Ne | Op::Filled => !fits(condition, case),
            _ => fits(condition, case),
        },
    }
}

/// What a ticket answers to a field.
enum Answer {
    Words(Vec<String>),
    Number(i64),
    Time(Option<Instant>),
    Flag(bool),
}

fn answer(field: Field, case: &TicketCase) -> Answer {
    let t = &case.ticket;
    let word = |code: &str| Answer::Words(vec![code.to_owned()]);
    let maybe = |text: Option<&str>| Answer::Words(text.map(str::to_owned).into_iter().collect());
    let parts = || case.assignments.iter();
    let late = t.due_at.is_some_and(|due| due < NOW);
    let soon = t.due_at.is_some() && t.warn_at.is_some_and(|warn| warn <= NOW);
    match field {
        Field::State => word(t.state.code()),
        Field::Kind => word(t.kind.code()),
        Field::Channel => word(t.channel.code()),
        Field::Level => word(t.urgency.code()),
        Field::Light if !t.state.is_open() => maybe(None),
        Field::Light if late => word(Light::Red.code()),
        Field::Light if soon => word(Light::Yellow.code()),
        Field::Light => word(Light::Green.code()),
        Field::Overdue => Answer::Flag(t.state.is_open() && late),
        Field::Category => maybe(t.category.as_deref()),
        Field::Area => Answer::Words(
            [Some(t.region.clone()), t.street.clone()]
                .into_iter()
                .flatten()
                .collect(),
        ),
        Field::Unit => Answer::Words(parts().map(|part| part.unit.clone()).collect()),
        Field::Lead => maybe(t.lead_unit.as_deref()),
        Field::Tag => Answer::Words(t.tags.clone()),
        Field::Number => word(t.ticket_no.as_str()),
        Field::External => maybe(t.external_no.as_deref()),
        Field::Source => maybe(t.source_system.as_deref()),
        Field::Accepted => Answer::Time(Some(t.accepted_at)),
        Field::Dispatched => Answer::Time(t.first_dispatched_at),
        Field::Replied => Answer::Time(t.replied_at),
        Field::Reviewed => Answer::Time(t.reviewed_at),
        Field::Closed => Answer::Time(t.closed_at),
        Field::Due => Answer::Time(t.due_at),
        Field::Updated => Answer::Time(Some(t.updated_at)),
        Field::Returns => {
            Answer::Number(2 * parts().filter(|part| part.unit == "3201-CGJ").count() as i64)
        }
        Field::Cycles => Answer::Number(i64::from(t.cycle_no)),
        Field::Urges => Answer::Number(i64::from(t.urge_count)),
        Field::Satisfaction => word(t.latest_satisfaction.code()),
        Field::Solved => maybe(t.solved.map(Solved::code)),
        Field::Anonymous => Answer::Flag(t.anonymous),
        Field::Confidential => Answer::Flag(t.confidential),
        Field::Counted => Answer::Flag(!t.not_counted),
        Field::Unreasonable => Answer::Flag(t.unreasonable),
        Field::Difficult => Answer::Flag(t.difficult_at.is_some()),
        // As `fill` has it.
        Field::Supervised => Answer::Flag(t.unreasonable),
        Field::Event => maybe(Some(t.ticket_no.as_str()).filter(|_| t.not_counted)),
        Field::Registrar => maybe(None),
        Field::Handler => {
            let is_led = parts().any(|part| part.unit == "3201-ZJJ");
            maybe(Some("王芳").filter(|_| is_led))
        }
        // What a mark finds is told in `persons`.
        Field::Phone | Field::Name | Field::IdNo => maybe(None),
    }
}

fn fits(condition: &Condition, case: &TicketCase) -> bool {
    let Condition { of, op, values } = condition;
    let field = match of {
        Subject::Own(code) => {
            let own = case.ticket.own.get(code);
            return values
                .iter()
                .any(|value| text(value) == own.map(String::as_str));
        }
        Subject::Field(field) => *field,
    };
    let below = |code: &str, word: &str| match field {
        Field::Unit | Field::Lead => format!("JS/3201/{word}/").contains(&format!("{code}/")),
        Field::Area => word.starts_with(shared::place::prefix(code)),
        _ => word.starts_with(code),
    };
    match answer(field, case) {
        Answer::Flag(yes) => values.contains(&Value::Flag(yes)),
        Answer::Words(words) => match op {
            Op::Empty | Op::Filled => words.is_empty(),
            Op::Under => values
                .iter()
                .filter_map(text)
                .any(|code| words.iter().any(|word| below(code, word))),
            _ => values
                .iter()
                .filter_map(text)
                .any(|code| words.iter().any(|word| word == code)),
        },
        Answer::Number(n) => match (op, &values[..]) {
            (Op::Gt, [Value::Number(other)]) => n > *other,
            (Op::Ge, [Value::Number(other)]) => n >= *other,
            (Op::Between, [Value::Number(least), Value::Number(most)]) => {
                (*least..=*most).contains(&n)
            }
            _ => values.contains(&Value::Number(n)),
        },
        Answer::Time(None) => matches!(op, Op::Empty | Op::Filled),
        Answer::Time(Some(at)) => {
            let spans: Vec<(Instant, Instant)> = values
                .iter()
                .filter_map(|value| match value {
                    Value::Time(moment) => Some(moment.span(NOW)),
                    _ => None,
                })
                .collect();
            match (op, &spans[..]) {
                (Op::Lt, [(begin, _)]) => at < *begin,
                (Op::Le, [(_, end)]) => at < *end,
                (Op::Gt, [(_, end)]) => at >= *end,
                (Op::Ge, [(begin, _)]) => at >= *begin,
                (_, [(begin, end)] | [(begin, _), (_, end)]) => at >= *begin && at < *end,
                _ => false,
            }
        }
    }
}

fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(text),
        Value::Code(coded) => Some(coded.code),
        Value::Flag(_) | Value::Number(_) | Value::Time(_) => None,
    }
}

async fn found(world: &World, filter: TicketFilter, sort: Sort) -> Vec<TicketId> {
    let db = world.store.reader();
    let query = TicketQuery {
        filter,
        sort,
        limit: 1_000,
        cursor: None,
        columns: Vec::new(),
    };
    let page = store::tickets::list(&db, &Scope::All, &query, NOW).await;
    let count = store::tickets::count_capped(&db, &Scope::All, &query.filter, 10_001, NOW).await;
    let mut ids: Vec<TicketId> = page.expect("lists").items.iter().map(|t| t.id).collect();
    assert_eq!(
        count.expect("counts"),
        ids.len() as i64,
        "{:?}",
        query.filter
    );
    ids.sort();
    ids
}

async fn a_database_finds_what_plain_words_say(world: World) {
    let cases = fill(&world).await;
    let mut drawn = Drawn(20_260_302);
    let leaves = LEAVES.iter().map(|leaf| (*leaf).to_owned());
    let mut texts: Vec<String> = leaves.collect();
    // What is too deep is refused by the language.
    let readable = |text: &String| Expr::parse(text).is_ok();
    let more = std::iter::repeat_with(|| drawn.text(3));
    texts.extend(more.filter(readable).take(200));
    for (number, text) in texts.iter().enumerate() {
        let expr = Expr::parse(text).unwrap_or_else(|mistake| panic!("{text}: {mistake:?}"));
        let fitting = cases.iter().filter(|case| holds(&expr, case));
        let mut wanted: Vec<TicketId> = fitting.map(|case| case.ticket.id).collect();
        wanted.sort();
        let filter = TicketFilter {
            expr: Some(expr),
            ..TicketFilter::default()
        };
        let sort = Sort::ALL[number % Sort::ALL.len()];
        assert_eq!(
            found(&world, filter.clone().led(NOW), sort).await,
            wanted,
            "led: {text}"
        );
        assert_eq!(found(&world, filter, sort).await, wanted, "{text}");
    }
}

async fn shares_add_up_to_the_list_and_lead_to_their_tickets(world: World) {
    let cases = fill(&world).await;
    let db = world.store.reader();
    let both = Scope::Any(vec![
        Scope::Region("3201".to_owned()),
        Scope::Unit("3201-CGJ".to_owned()),
    ]);
    for scope in [Scope::All, both] {
        let all = TicketFilter::default();
        for facet in Facet::ALL.iter().copied() {
            let shares = store::tickets::facet(&db, (&scope, &all), facet, (10_000, NOW)).await;
            let shares = shares.expect("divides");
            assert!(
                !shares.is_empty() && shares.iter().all(|(_, n)| *n > 0),
                "{facet}"
            );
            for (code, n) in shares {
                let filter = TicketFilter {
                    expr: facet.condition(&code),
                    ..TicketFilter::default()
                }
                .led(NOW);
                let count = store::tickets::count_capped(&db, &scope, &filter, 10_001, NOW).await;
                assert_eq!(count.expect("counts"), n, "{facet} {code} of {scope:?}");
            }
        }
    }
    let (scope, all) = (Scope::All, TicketFilter::default());
    let states = store::tickets::facet(&db, (&scope, &all), Facet::State, (10_000, NOW)).await;
    let sum: i64 = states.expect("divides").iter().map(|(_, n)| n).sum();
    assert_eq!(sum, cases.len() as i64);
}

async fn a_unit_asks_of_its_parts_in_force_alone(world: World) {
    fill(&world).await;
    let raw = world.raw().await;
    let scope = Scope::Unit("3201-CGJ".to_owned());
    let db = world.store.reader();
    let asked = |in_force: bool| TicketFilter {
        expr: Expr::parse("urges >= 0").ok(),
        in_force,
        ..TicketFilter::default()
    };
    let count = async |filter: TicketFilter| {
        let found = store::tickets::count_capped(&db, &scope, &filter, 1_000, NOW).await;
        found.expect("counts")
    };
    let all = count(asked(true)).await;
    assert!(all > 0);
    assert_eq!(count(asked(false)).await, all);
    raw.execute_unprepared("update assignments set status = 'RT' where unit = '3201-CGJ'")
        .await
        .expect("returned");
    assert_eq!(count(asked(true)).await, 0);
    assert_eq!(count(asked(false)).await, all);
}
