//! The analytic copy against the database on a filled one: some thousand tickets of the demo, random scopes, filters and cubes, the overview and every
//! standard report; and again after work has gone on. What one compiler of the catalogue counts, the other counts.
//! Not here: the copy by itself (tests of `minsheng-analytics`). Only in a program that was built with the feature `analytics`.

use chrono::NaiveDate;
use services::demo::{self, DemoPlan};
use services::reports::analytic::Analytic;
use services::reports::{self, OverviewQuery};
use services::{Ctx, Services, jobs};
use shared::access::Scope;
use shared::calendar::{Instant, day_start, days_after};
use shared::measure::{Axis, CubeQuery, Measure, Overview, UnitsOf};
use shared::organisation::Unit;
use shared::query::TicketFilter;
use shared::report::{Part, ReportAsked, ReportName};
use shared::ticket::{Channel, Light, RequestKind, TicketState};
use store::tickets::flat::{self, Flat};

use crate::support::World;

/// Tickets of the demo.
const TICKETS: u32 = 2_000;
/// Random cubes of one round.
const CUBES: usize = 250;

/// Numbers without a pattern, the same at every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let rolled = (self.0 >> 11) % u64::try_from(sides.max(1)).expect("few sides");
        usize::try_from(rolled).expect("fewer than sides")
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.roll(of.len())]
    }

    fn is(&mut self, sides: usize) -> bool {
        self.roll(sides) == 0
    }
}

/// What questions are made of: tickets and units that there are.
struct Known {
    tickets: Vec<Flat>,
    units: Vec<Unit>,
    last: NaiveDate,
}

impl Known {
    async fn of(services: &Services, last: NaiveDate) -> Self {
        let db = services.store().reader();
        let (mut tickets, mut after) = (Vec::new(), None);
        loop {
            let page = flat::behind(&db, after, 500).await.expect("reads");
            let Some(end) = page.last() else { break };
            after = Some(end.id);
            tickets.extend(page);
        }
        let units = store::units::all(&db).await.expect("reads");
        Self {
            tickets,
            units,
            last,
        }
    }

    fn scope(&self, dice: &mut Dice) -> Scope {
        let (one, other) = (self.one_scope(dice), self.one_scope(dice));
        // Several posts reach what none of them reaches alone: everything is never one of them.
        let is_part = |scope: &Scope| *scope != Scope::All;
        if dice.is(5) && one != other && is_part(&one) && is_part(&other) {
            Scope::Any(vec![one, other])
        } else {
            one
        }
    }

    fn one_scope(&self, dice: &mut Dice) -> Scope {
        let ticket = dice.one(&self.tickets);
        let by = ticket.accepted_by;
        match dice.roll(8) {
            0 => by.map_or(Scope::All, Scope::Own),
            1 => {
                let other = dice.one(&self.tickets).accepted_by;
                Scope::Team(by.into_iter().chain(other).collect())
            }
            2 => ticket.lead_unit.clone().map_or(Scope::All, Scope::Unit),
            3 => Scope::UnitTree(dice.one(&self.units).path.clone()),
            4 => Scope::Region(ticket.city.clone()),
            5 => Scope::Region(ticket.region.clone()),
            6 => Scope::Region(ticket.street.clone().unwrap_or_else(|| "32".to_owned())),
            _ => Scope::All,
        }
    }

    fn filter(&self, dice: &mut Dice) -> TicketFilter {
        let ticket = dice.one(&self.tickets);
        let at = Some(ticket.accepted_at.0);
        let mut filter = TicketFilter::default();
        match dice.roll(14) {
            0 => filter.state = vec![*dice.one(TicketState::ALL), ticket.state],
            1 => filter.kind = vec![*dice.one(RequestKind::ALL), ticket.kind],
            2 => filter.category.clone_from(&ticket.category),
            3 => filter.category = Some("-".to_owned()),
            4 => filter.light = Some(*dice.one(Light::ALL)),
            5 => filter.overdue = Some(dice.is(2)),
            6 => filter.tag = ticket.tags.first().cloned(),
            7 => filter.region = Some(ticket.region.clone()),
            8 => filter.unit.clone_from(&ticket.lead_unit),
            9 => filter.lead_unit = Some(dice.one(&self.units).code.clone()),
            10 => filter.due_from = at,
            11 => filter.accepted_from = at,
            12 => filter.channel = vec![*dice.one(Channel::ALL), ticket.channel],
            _ => {}
        }
        filter
    }

    fn query(&self, dice: &mut Dice) -> CubeQuery {
        let back = u64::try_from(dice.roll(200)).expect("few days");
        let from = self.last.checked_sub_days(chrono::Days::new(back));
        let from = from.expect("a day");
        let long = u64::try_from(dice.roll(200)).expect("few days");
        let first = *dice.one(Axis::ALL);
        let second = *dice.one(Axis::ALL);
        let axes = match dice.roll(3) {
            0 => Vec::new(),
            1 => vec![first],
            _ if first == second => vec![first],
            _ => vec![first, second],
        };
        let measures = 1 + dice.roll(5);
        CubeQuery {
            measures: (0..measures).map(|_| *dice.one(Measure::ALL)).collect(),
            axes,
            from,
            to: days_after(from, long),
            filter: self.filter(dice),
            units: UnitsOf::Then,
        }
    }
}

/// Does a job until nothing more waits for it.
async fn does(services: &Services, name: &str) {
    let job = jobs::JOBS.iter().find(|job| job.name == name);
    let job = job.expect("a job of this name");
    while job.once(services).await.expect("done").more {}
}

/// Random cubes of both; gives how many had any number.
async fn agree(services: &Services, copy: &dyn Analytic, dice: &mut Dice) -> usize {
    let now = services.now();
    let known = Known::of(services, now.date()).await;
    let db = services.store().report_reader();
    let mut filled = 0;
    for _ in 0..CUBES {
        let (scope, query) = (known.scope(dice), known.query(dice));
        let led_by: Vec<String> = match &query.filter.lead_unit {
            None => Vec::new(),
            Some(code) => {
                let top = store::units::get(&db, code).await.expect("reads");
                let path = top.expect("a unit").path;
                let below = store::units::subtree(&db, &path).await.expect("reads");
                below.into_iter().map(|unit| unit.code).collect()
            }
        };
        let found = match copy.cube(&scope, &query, &led_by, now).await {
            Ok((found, _)) => found,
            Err(fault) => {
                assert_eq!(fault.code, "analytic.unsupported", "{fault}");
                continue;
            }
        };
        let wanted = store::tickets::cube(&db, &scope, &query, now).await;
        let wanted = wanted.expect("counts");
        assert_eq!(found, wanted, "{scope:?} {query:?}");
        filled += usize::from(!found.is_empty());
    }
    filled
}

/// The overview of half a year, of the whole and of a city.
async fn overviews(ctx: &Ctx) -> Vec<Overview> {
    let mut found = Vec::new();
    for region in [None, Some("320100".to_owned())] {
        let to = ctx.services.now().date();
        let from = to.checked_sub_days(chrono::Days::new(180));
        let query = OverviewQuery {
            from: from.expect("a day"),
            to,
            region,
        };
        found.push(reports::overview(ctx, query).await.expect("counts"));
    }
    found
}

/// What every standard report says of the time in which the demo lies.
async fn standards(ctx: &Ctx) -> Vec<(ReportName, Vec<Part>)> {
    let mut found = Vec::new();
    for name in ReportName::ALL.iter().copied() {
        let asked = ReportAsked::usual(name, ctx.services.now().date());
        let report = reports::standard(ctx, &asked).await.expect("counts");
        found.push((name, report.parts));
    }
    found
}

/// The numbers of the overview as the store counts them, beside those that were shown.
async fn counted(services: &Services, shown: &Overview) -> (i64, i64, i64, i64) {
    let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
    let period = store::reports::Period {
        from: day_start(day(&shown.from)),
        to: day_start(days_after(day(&shown.to), 1)),
        region: None,
    };
    let db = services.store().report_reader();
    let parts = store::reports::overview(&db, &Scope::All, &period, 4, shown.as_of).await;
    let parts = parts.expect("counts").by_region;
    let sum = |of: fn(&store::reports::Counted) -> i64| parts.iter().map(of).sum::<i64>();
    (
        sum(|part| part.accepted),
        sum(|part| part.closed),
        sum(|part| part.on_time),
        sum(|part| part.satisfied),
    )
}

async fn story(world: World) {
    let services = &world.state.services;
    let ctx = Ctx::system(services);
    let plan = DemoPlan {
        tickets: TICKETS,
        months: 6,
        until: services.now().date(),
        seed: 7,
        accounts: world.settings.data_dir.join("accounts.json"),
    };
    Box::pin(demo::run(&ctx, plan)).await.expect("loads");
    services.bust_reference().await;
    let (by_tables, told) = (overviews(&ctx).await, standards(&ctx).await);
    assert!(by_tables.iter().all(|it| it.copied.is_none()));
    assert!(by_tables[0].total.accepted > 0);

    let data = &world.settings.data_dir;
    services.count_by(server::analytics::open(data).expect("opens"));
    let copy = server::analytics::open(data).expect("opens");
    does(services, "feed").await;
    does(services, "analytic").await;
    for (shown, wanted) in overviews(&ctx).await.into_iter().zip(by_tables) {
        assert!(shown.copied.is_some());
        let shown = Overview {
            copied: None,
            ..shown
        };
        assert_eq!(shown, wanted);
    }
    for (shown, wanted) in standards(&ctx).await.into_iter().zip(told) {
        assert_eq!(shown, wanted);
    }
    let mut dice = Dice(0x1234_5678_9abc);
    let filled = agree(services, &*copy, &mut dice).await;
    assert!(filled > CUBES / 4, "{filled} of {CUBES} had numbers");

    // Deadlines pass, and cases go on by themselves.
    world.clock.set(Instant(services.now().0 + 36 * 3_600_000));
    does(services, "timers").await;
    does(services, "feed").await;
    does(services, "analytic").await;
    agree(services, &*copy, &mut dice).await;
    let shown = overviews(&ctx).await.remove(0);
    assert!(shown.copied.is_some());
    let total = &shown.total;
    let of_copy = (
        total.accepted,
        total.closed,
        total.on_time.numerator,
        total.satisfied.numerator,
    );
    assert_eq!(of_copy, counted(services, &shown).await);
}

#[tokio::test]
async fn the_copy_says_what_the_tables_say_on_sqlite() {
    Box::pin(story(World::empty().await)).await;
}

#[tokio::test]
async fn the_copy_says_what_the_tables_say_on_postgres() {
    if let Some(world) = World::empty_on_postgres().await {
        Box::pin(story(world)).await;
    }
}
