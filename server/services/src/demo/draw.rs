//! Draws what a demo ticket is about: when, where, who, what, and on which way it runs. Each ticket has its own generator,
//! made from the seed and its position, so that the result does not depend on the order of work.
//! Not here: the wording (`words`), the moves (`script`), filling in (`fill`).

use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime, Weekday};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use shared::calendar::{Instant, WorkCalendar};
use shared::ticket::{Channel, RequestKind, SubjectType, Urgency};

use super::script::Flags;

/// City code and share of the province's calls, in thousandths.
pub(super) const CITIES: [(&str, u32); 13] = [
    ("320100", 150),
    ("320200", 95),
    ("320300", 90),
    ("320400", 70),
    ("320500", 155),
    ("320600", 85),
    ("320700", 50),
    ("320800", 50),
    ("320900", 65),
    ("321000", 55),
    ("321100", 40),
    ("321200", 50),
    ("321300", 45),
];
/// Share of the twelve first-level categories, in thousandths (housing, city, transport and environment lead the hot list).
const AREAS: [u32; 12] = [190, 150, 120, 100, 95, 110, 50, 45, 55, 30, 25, 30];
/// Calls per hour of the day, relative.
const HOURS: [u32; 24] = [
    6, 4, 3, 2, 2, 4, 10, 24, 60, 92, 98, 84, 52, 50, 78, 86, 84, 72, 52, 46, 42, 36, 22, 12,
];
/// Channels other than the telephone, relative; together 11 of 100.
const CHANNELS: [(Channel, u32); 9] = [
    (Channel::Web, 28),
    (Channel::MiniProgram, 26),
    (Channel::App, 18),
    (Channel::WeChat, 10),
    (Channel::MayorMailbox, 6),
    (Channel::Province, 5),
    (Channel::Police110, 3),
    (Channel::GovCn, 2),
    (Channel::LeaderBoard, 2),
];

/// The acceptance of every ticket, in order.
pub(super) fn moments(
    calendar: &WorkCalendar,
    tickets: u32,
    months: u32,
    until: Instant,
    seed: u64,
) -> Vec<Instant> {
    let last = until.date();
    let first = last
        .checked_sub_months(Months::new(months))
        .and_then(|day| day.checked_add_days(Days::new(1)))
        .unwrap_or(last);
    let days: Vec<NaiveDate> = first.iter_days().take_while(|day| *day <= last).collect();
    let weights: Vec<f64> = days.iter().map(|day| weight(calendar, *day)).collect();
    let sum: f64 = weights.iter().sum();
    let mut moments = Vec::with_capacity(tickets as usize);
    let (mut share, mut given) = (0.0, 0_u32);
    for (day, weight) in days.iter().zip(&weights) {
        share += weight / sum * f64::from(tickets);
        let count = (share.round() as u32).min(tickets).saturating_sub(given);
        given += count;
        let mut rng = ChaCha8Rng::seed_from_u64(
            seed ^ (u64::from(day.num_days_from_ce().unsigned_abs()) << 24),
        );
        moments.extend((0..count).map(|_| moment(&mut rng, *day, until)));
    }
    while moments.len() < tickets as usize {
        moments.push(until);
    }
    moments.sort_unstable();
    moments
}

/// Fridays are a little quieter, week-ends and holidays much; the day after a holiday is busy.
fn weight(calendar: &WorkCalendar, day: NaiveDate) -> f64 {
    let works = |day: NaiveDate| {
        calendar
            .is_working_day(day)
            .unwrap_or(!matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
    };
    let after_rest = day.pred_opt().is_some_and(|before| !works(before));
    match (works(day), day.weekday()) {
        (true, _) if after_rest => 1.18,
        (true, Weekday::Fri) => 0.95,
        (true, _) => 1.0,
        (false, Weekday::Sat | Weekday::Sun) => 0.58,
        (false, _) => 0.5,
    }
}

fn moment(rng: &mut impl Rng, day: NaiveDate, until: Instant) -> Instant {
    let midnight = Instant::from_local(day.and_time(NaiveTime::MIN));
    for _ in 0..8 {
        let at = Instant(
            midnight.0
                + pick(rng, HOURS.iter().copied()) as i64 * 3_600_000
                + rng.random_range(0..3_600_000),
        );
        if at <= until {
            return at;
        }
    }
    // A last day that has only begun.
    Instant(midnight.0 + rng.random_range(0..=(until.0 - midnight.0).max(0)))
}

/// The index of one of some weights.
fn pick(rng: &mut impl Rng, weights: impl Iterator<Item = u32> + Clone) -> usize {
    let sum: u32 = weights.clone().sum();
    let mut left = rng.random_range(0..sum.max(1));
    for (index, weight) in weights.enumerate() {
        if left < weight {
            return index;
        }
        left -= weight;
    }
    0
}

/// What is known before a number is drawn.
#[derive(Debug, Clone)]
pub(super) struct Drawn {
    pub accepted_at: Instant,
    /// Index into `CITIES`.
    pub city: usize,
    pub channel: Channel,
    pub rng: ChaCha8Rng,
}

/// The head of a ticket: enough for its number.
pub(super) fn head(seed: u64, index: u32, accepted_at: Instant) -> Drawn {
    let mut rng = ChaCha8Rng::seed_from_u64(
        seed.rotate_left(17) ^ u64::from(index).wrapping_mul(0x9E37_79B9_7F4A_7C15),
    );
    let city = pick(&mut rng, CITIES.iter().map(|(_, share)| *share));
    let channel = if rng.random_bool(0.89) {
        Channel::Phone
    } else {
        CHANNELS[pick(&mut rng, CHANNELS.iter().map(|(_, share)| *share))].0
    };
    Drawn {
        accepted_at,
        city,
        channel,
        rng,
    }
}

/// The first-level category, 0 to 11.
pub(super) fn area(rng: &mut impl Rng) -> usize {
    pick(rng, AREAS.into_iter())
}

/// What the citizen wants; telephone calls are mostly inquiries and requests for help.
pub(super) fn kind(rng: &mut impl Rng) -> RequestKind {
    const KINDS: [(RequestKind, u32); 7] = [
        (RequestKind::Inquiry, 400),
        (RequestKind::Help, 270),
        (RequestKind::Complaint, 220),
        (RequestKind::TipOff, 35),
        (RequestKind::Suggestion, 45),
        (RequestKind::Praise, 12),
        (RequestKind::Service, 18),
    ];
    KINDS[pick(rng, KINDS.iter().map(|(_, share)| *share))].0
}

pub(super) fn urgency(rng: &mut impl Rng) -> Urgency {
    match rng.random_range(0..1_000) {
        0..18 => Urgency::Urgent,
        18..21 => Urgency::Critical,
        _ => Urgency::Normal,
    }
}

pub(super) fn subject(rng: &mut impl Rng) -> SubjectType {
    match rng.random_range(0..100) {
        0..4 => SubjectType::Enterprise,
        4..7 => SubjectType::SelfEmployed,
        _ => SubjectType::Person,
    }
}

pub(super) fn flags(rng: &mut impl Rng, channel: Channel) -> Flags {
    let own = matches!(
        channel,
        Channel::Web | Channel::MiniProgram | Channel::App | Channel::WeChat
    );
    Flags {
        anonymous: rng.random_bool(0.03),
        reply_required: !rng.random_bool(0.03),
        own,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_the_shape_of_the_week_and_nothing_lies_after_the_end() {
        let until = Instant::parse("2026-11-22T10:00:00+08:00").expect("a time");
        let moments = moments(&WorkCalendar::shipped(), 50_000, 12, until, 7);
        assert_eq!(moments.len(), 50_000);
        assert!(moments.is_sorted() && moments.last() <= Some(&until));
        let on = |weekday: Weekday| {
            moments
                .iter()
                .filter(|at| at.date().weekday() == weekday)
                .count()
        };
        assert!(
            on(Weekday::Tue) > on(Weekday::Sun) * 3 / 2,
            "{} {}",
            on(Weekday::Tue),
            on(Weekday::Sun)
        );
    }

    #[test]
    fn channels_and_heads_depend_on_the_seed_only() {
        let at = Instant(1_790_000_000_000);
        let phone = (0..10_000)
            .filter(|index| head(3, *index, at).channel == Channel::Phone)
            .count();
        assert!((8_800..9_000).contains(&phone), "{phone}");
        let (a, b) = (head(3, 5, at), head(3, 5, at));
        assert_eq!((a.city, a.channel), (b.city, b.channel));
    }
}
