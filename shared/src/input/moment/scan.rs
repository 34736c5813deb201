//! A text that may be a date or a time, walked through from the left.
//! Not here: stamps and serial numbers, which are digits alone (`moment`).

use chrono::{NaiveDate, NaiveTime, TimeDelta};

use super::{Moment, WrongMoment, known_year, moment, whole_day};
use crate::calendar::Instant;
use crate::input::is_dash;

/// Names of months as Oracle, Java and RFC 5322 write them.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
const DAY_MS: i64 = 86_400_000;

/// Walks through a text from the left.
pub(super) struct Scan {
    chars: Vec<char>,
    at: usize,
}

/// Date part: year, month, day.
type Parts = (i32, u32, u32);

impl Scan {
    pub(super) fn new(text: &str) -> Self {
        // `2026-01-02t09:05:00[asia/shanghai]` is how Java prints a zone that it also gives as an offset.
        let text = text.split_once('[').map_or(text, |(before, _)| before);
        Self {
            chars: text.chars().collect(),
            at: 0,
        }
    }

    pub(super) fn read(mut self) -> Result<Moment, WrongMoment> {
        self.weekday();
        let (day, java) = if self.peek().is_some_and(|c| c.is_ascii_alphabetic()) {
            (self.java_day()?, true)
        } else {
            (self.date()?, false)
        };
        self.skip(|c| matches!(c, ' ' | ',' | 't' | '日' | '号'));
        self.weekday();
        self.skip(|c| matches!(c, ' ' | ',' | 't'));
        if java {
            return self.java_rest(day);
        }
        let date = valid(day)?;
        if self.done() {
            return Ok(whole_day(date));
        }
        let time = self.time()?;
        let offset = self.zone()?;
        if !self.done() {
            return Err(WrongMoment::Unreadable);
        }
        stamp(date, time, offset)
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn done(&self) -> bool {
        self.at >= self.chars.len()
    }

    fn skip(&mut self, fits: impl Fn(char) -> bool) {
        while self.peek().is_some_and(&fits) {
            self.at += 1;
        }
    }

    fn take(&mut self, word: &str) -> bool {
        let length = word.chars().count();
        let here = self.chars.get(self.at..self.at + length);
        let found = here.is_some_and(|here| here.iter().copied().eq(word.chars()));
        if found {
            self.at += length;
        }
        found
    }

    /// A number with its count of digits; at most nine digits.
    fn number(&mut self) -> Option<(i64, usize)> {
        let start = self.at;
        self.skip(|c| c.is_ascii_digit());
        let digits: String = self.chars[start..self.at].iter().collect();
        if digits.len() > 9 {
            return None;
        }
        digits.parse().ok().map(|number| (number, digits.len()))
    }

    /// 星期五, 周五, (五), fri, friday.
    fn weekday(&mut self) {
        let before = self.at;
        self.skip(|c| matches!(c, ' ' | '(' | '（'));
        let chinese = self.take("星期") || self.take("周") || self.take("礼拜");
        if chinese {
            if self
                .peek()
                .is_some_and(|c| "一二三四五六日天末".contains(c))
            {
                self.at += 1;
            }
        } else {
            let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
            if !days.iter().any(|day| self.take(day)) {
                self.at = before;
                return;
            }
            self.skip(|c| c.is_ascii_alphabetic());
        }
        self.skip(|c| matches!(c, ')' | '）' | ',' | '，' | ' '));
    }

    /// Year first; or the day, the month's name and the year.
    fn date(&mut self) -> Result<Parts, WrongMoment> {
        let (first, digits) = self.number().ok_or(WrongMoment::Unreadable)?;
        if digits == 8 {
            let (year, rest) = (first / 10_000, first % 10_000);
            return Ok((year as i32, (rest / 100) as u32, (rest % 100) as u32));
        }
        let early = self.peek();
        self.separator();
        if let Some(month) = self.month_name() {
            self.separator();
            let (last, width) = self.number().ok_or(WrongMoment::NoDay)?;
            return match (digits, width) {
                (1 | 2, 4) => Ok((last as i32, month, first as u32)),
                // Oracle's and Excel's dd-MON-rr.
                (1 | 2, 2) => Ok((century(last), month, first as u32)),
                (4, 1 | 2) => Ok((first as i32, month, last as u32)),
                _ => Err(WrongMoment::Unreadable),
            };
        }
        let (month, month_digits) = self.number().ok_or(WrongMoment::Unreadable)?;
        if digits == 4 && month_digits <= 2 {
            let here = self.at;
            self.separator();
            let Some((day, width)) = self.number().filter(|_| self.at > here) else {
                return Err(WrongMoment::NoDay);
            };
            return if width <= 2 {
                Ok((first as i32, month as u32, day as u32))
            } else {
                Err(WrongMoment::Unreadable)
            };
        }
        if digits > 2 || early == Some(':') || month_digits > 2 {
            return Err(WrongMoment::Unreadable);
        }
        self.separator();
        match self.number() {
            Some((_, 4)) => Err(WrongMoment::DayOrMonth),
            Some((_, 1 | 2)) => Err(WrongMoment::ShortYear),
            _ => Err(WrongMoment::Unreadable),
        }
    }

    fn separator(&mut self) {
        self.skip(|c| c == ' ' || is_dash(c) || matches!(c, '/' | '.' | '年' | '月' | '\\'));
    }

    /// `jan`, `january`, and `1月` as Oracle writes it in Chinese.
    fn month_name(&mut self) -> Option<u32> {
        let here = self.at;
        if let Some(index) = MONTHS.iter().position(|name| self.take(name)) {
            self.skip(|c| c.is_ascii_alphabetic() || c == '.');
            return Some(index as u32 + 1);
        }
        let before = self.chars.get(here.checked_sub(1)?).copied();
        if let Some((month, 1 | 2)) = self.number()
            && self.peek() == Some('月')
            && before.is_some_and(is_dash)
        {
            let month = u32::try_from(month).ok()?;
            return Some(month);
        }
        self.at = here;
        None
    }

    /// `jan 02 09:05:00 cst 2026` (Java's `Date`) and `02 jan 2026 09:05:00 gmt`; the year may still come.
    fn java_day(&mut self) -> Result<Parts, WrongMoment> {
        let month = self.month_name().ok_or(WrongMoment::Unreadable)?;
        self.skip(|c| c == ' ');
        let (day, _) = self.number().ok_or(WrongMoment::Unreadable)?;
        Ok((0, month, day as u32))
    }

    fn java_rest(&mut self, (_, month, day): Parts) -> Result<Moment, WrongMoment> {
        // `jan 2, 2026` or `jan 2, 2026 9:05:00 am`.
        let here = self.at;
        if let Some((year, 4)) = self.number() {
            let date = valid((year as i32, month, day))?;
            self.skip(|c| matches!(c, ' ' | ','));
            if self.done() {
                return Ok(whole_day(date));
            }
            let time = self.time()?;
            let offset = self.zone()?;
            return if self.done() {
                stamp(date, time, offset)
            } else {
                Err(WrongMoment::Unreadable)
            };
        }
        self.at = here;
        let time = self.time()?;
        let offset = self.zone()?;
        self.skip(|c| c == ' ');
        let (year, 4) = self.number().ok_or(WrongMoment::Unreadable)? else {
            return Err(WrongMoment::ShortYear);
        };
        if !self.done() {
            return Err(WrongMoment::Unreadable);
        }
        stamp(valid((year as i32, month, day))?, time, offset)
    }

    /// Milliseconds since midnight, up to 24:00.
    fn time(&mut self) -> Result<i64, WrongMoment> {
        let mut half = self.half_day();
        self.skip(|c| c == ' ');
        let (hour, width) = self.number().ok_or(WrongMoment::Unreadable)?;
        let compact = width == 4 || width == 6;
        let (hour, minute, second) = if compact {
            self.at -= width;
            let part = |from: usize| -> i64 {
                self.chars
                    .get(self.at + from..self.at + from + 2)
                    .and_then(|two| two.iter().collect::<String>().parse().ok())
                    .unwrap_or(0)
            };
            let found = (part(0), part(2), if width == 6 { part(4) } else { 0 });
            self.at += width;
            found
        } else {
            let (minute, second) = self.minutes()?;
            (hour, minute, second)
        };
        let millis = self.fraction();
        self.skip(|c| c == ' ');
        half = half.or_else(|| self.half_day());
        let hour = hour_of_day(hour, half).ok_or(WrongMoment::NoSuchDay)?;
        let fits = minute < 60 && second < 61 && (hour < 24 || hour == 24 && minute + second == 0);
        if fits {
            Ok(((hour * 60 + minute) * 60 + second) * 1_000 + millis)
        } else {
            Err(WrongMoment::NoSuchDay)
        }
    }

    fn minutes(&mut self) -> Result<(i64, i64), WrongMoment> {
        if self.take("点半") || self.take("时半") {
            return Ok((30, 0));
        }
        if !self.colon(&['时', '点', '時']) {
            return Err(WrongMoment::Unreadable);
        }
        self.take("整");
        let Some((minute, _)) = self.number() else {
            return Ok((0, 0));
        };
        if !self.colon(&['分']) {
            return Ok((minute, 0));
        }
        let Some((second, _)) = self.number() else {
            return Ok((minute, 0));
        };
        self.take("秒");
        Ok((minute, second))
    }

    fn colon(&mut self, words: &[char]) -> bool {
        let here = self.at;
        self.skip(|c| c == ' ');
        let found = self
            .peek()
            .is_some_and(|c| c == ':' || c == '.' || c == '：' || words.contains(&c));
        if found {
            self.at += 1;
            self.take("钟");
            self.skip(|c| c == ' ');
        } else {
            self.at = here;
        }
        found
    }

    /// Milliseconds behind the seconds; a point with nothing behind it is none.
    fn fraction(&mut self) -> i64 {
        if !self.peek().is_some_and(|c| matches!(c, '.' | ',' | ':')) {
            return 0;
        }
        self.at += 1;
        let start = self.at;
        self.skip(|c| c.is_ascii_digit());
        let digits: String = self.chars[start..self.at].iter().take(3).collect();
        format!("{digits:0<3}").parse().unwrap_or(0)
    }

    fn half_day(&mut self) -> Option<Half> {
        const WORDS: [(&str, Half); 17] = [
            ("上午", Half::Morning),
            ("早上", Half::Morning),
            ("早晨", Half::Morning),
            ("清晨", Half::Morning),
            ("凌晨", Half::Morning),
            ("a.m.", Half::Morning),
            ("am", Half::Morning),
            ("中午", Half::Noon),
            ("下午", Half::Afternoon),
            ("傍晚", Half::Afternoon),
            ("晚上", Half::Evening),
            ("晚间", Half::Evening),
            ("夜间", Half::Evening),
            ("晚", Half::Evening),
            ("早", Half::Morning),
            ("p.m.", Half::Afternoon),
            ("pm", Half::Afternoon),
        ];
        let found = WORDS
            .iter()
            .find(|(word, _)| self.take(word))
            .map(|(_, half)| *half);
        if found.is_some() {
            self.skip(|c| c == ' ');
        }
        found
    }

    /// Minutes east of Greenwich; `None` when none is written. CST is China's, since nobody else exports complaints to a Chinese office.
    fn zone(&mut self) -> Result<Option<i64>, WrongMoment> {
        self.skip(|c| c == ' ');
        if self.take("cst")
            || self.take("北京时间")
            || self.take("asia/shanghai")
            || self.take("prc")
        {
            return Ok(Some(480));
        }
        let greenwich = self.take("gmt") || self.take("utc") || self.take("z");
        let Some(sign) = self.peek().filter(|c| *c == '+' || is_dash(*c)) else {
            return Ok(greenwich.then_some(0));
        };
        self.at += 1;
        let (number, width) = self.number().ok_or(WrongMoment::Unreadable)?;
        let minutes = match width {
            1 | 2 => {
                let hours = number * 60;
                if self.peek() == Some(':') {
                    self.at += 1;
                    hours + self.number().ok_or(WrongMoment::Unreadable)?.0
                } else {
                    hours
                }
            }
            4 => number / 100 * 60 + number % 100,
            _ => return Err(WrongMoment::Unreadable),
        };
        if minutes > 18 * 60 {
            return Err(WrongMoment::NoSuchDay);
        }
        Ok(Some(if sign == '+' { minutes } else { -minutes }))
    }
}

/// Words for a part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Noon,
    Afternoon,
    Evening,
}

/// The hour of 24; `None` for 13 in the morning.
fn hour_of_day(hour: i64, half: Option<Half>) -> Option<i64> {
    match half {
        None => Some(hour),
        Some(Half::Morning) if hour == 12 => Some(0),
        Some(Half::Morning) => (hour < 13).then_some(hour),
        Some(Half::Noon) if hour < 4 => Some(hour + 12),
        Some(Half::Noon) => Some(hour),
        // Midnight, not noon.
        Some(Half::Evening) if hour == 12 => Some(24),
        Some(Half::Afternoon | Half::Evening) if hour < 12 => Some(hour + 12),
        Some(Half::Afternoon | Half::Evening) => Some(hour),
    }
}

/// Oracle's RR: 00 to 49 are of this century.
fn century(two: i64) -> i32 {
    two as i32 + if two < 50 { 2_000 } else { 1_900 }
}

fn valid((year, month, day): Parts) -> Result<NaiveDate, WrongMoment> {
    NaiveDate::from_ymd_opt(year, month, day)
        .filter(|day| known_year(*day))
        .ok_or(WrongMoment::NoSuchDay)
}

fn stamp(day: NaiveDate, millis: i64, offset: Option<i64>) -> Result<Moment, WrongMoment> {
    let local = TimeDelta::try_milliseconds(millis.min(DAY_MS))
        .and_then(|time| day.and_time(NaiveTime::MIN).checked_add_signed(time))
        .ok_or(WrongMoment::NoSuchDay)?;
    let here = Instant::from_local(local);
    Ok(moment(match offset {
        Some(offset) => Instant(here.0 + (480 - offset) * 60_000),
        None => here,
    }))
}
