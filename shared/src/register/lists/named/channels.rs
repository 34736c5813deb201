//! By which channels requests come in at an office (受理渠道): on or off, what each is called there, and in which order they are offered.
//! Not here: the channels themselves (`ticket::Channel`), which are codes of the product; a row can be switched off and never goes.
//! Without a row a channel is on under its usual name; a city's row stands in the place of the base's.

use crate::register::lists::{cell, choices, of_pairs};
use crate::register::{Cells, Column, Kind, List, ListCode, column_of};
use crate::text::{Locale, text};
use crate::ticket::Channel;
use crate::ticket::view::TagView;

choices!(channels, Channel);

/// The largest number by which channels are put in order.
const LAST: i32 = 999;

/// The list.
pub(in crate::register::lists) static LIST: List = List {
    code: ListCode::Channels,
    columns: &[
        Column::new("channel", text("渠道", "Channel"), Kind::Choice(channels))
            .key()
            .needed()
            .heads(&["受理渠道"]),
        Column::new("on", text("启用", "On"), Kind::Choice(crate::register::yes))
            .needed()
            .help(text(
                "停用后登记时不再提供，接口也不再接受；已有工单不变",
                "Switched off it is offered no more when a request is registered, nor taken from programs; tickets stay as they are",
            )),
        Column::new("zh", text("中文名称", "Chinese name"), Kind::Line(20))
            .needed()
            .heads(&["名称"]),
        Column::new("en", text("英文名称", "English name"), Kind::Line(40)).needed(),
        Column::new("place", text("顺序", "Order"), Kind::Number(1, LAST)).help(text(
            "小的在前；不填的在最后",
            "Small ones first; without a number last",
        )),
    ],
    has_supplements: true,
    is_nearest: true,
    removable: false,
    ..super::PLAIN
};

/// A row of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelRow {
    /// Which channel.
    pub channel: Channel,
    /// Whether requests come in by it.
    pub is_on: bool,
    /// Its Chinese name.
    pub zh: String,
    /// Its English name.
    pub en: String,
    /// Its place among the others.
    pub place: i32,
}

impl ChannelRow {
    /// The row of cells that were read; `None` for others.
    pub fn of(cells: &Cells) -> Option<Self> {
        let usual = Self::usual(Channel::parse(cell(cells, "channel"))?);
        let named = |locale: Locale, usual: String| {
            Some(cell(cells, column_of(locale)))
                .filter(|name| !name.is_empty())
                .map_or(usual, str::to_owned)
        };
        Some(Self {
            is_on: cell(cells, "on") != "no",
            zh: named(Locale::Zh, usual.zh),
            en: named(Locale::En, usual.en),
            place: cell(cells, "place").parse().unwrap_or(LAST),
            channel: usual.channel,
        })
    }

    /// Its name in a language.
    #[must_use]
    pub fn name(&self, locale: Locale) -> &str {
        match locale {
            Locale::Zh => &self.zh,
            Locale::En => &self.en,
        }
    }

    /// What holds of a channel without a row.
    #[must_use]
    pub fn usual(channel: Channel) -> Self {
        Self {
            channel,
            is_on: true,
            zh: channel.text().zh.to_owned(),
            en: channel.text().en.to_owned(),
            place: LAST,
        }
    }
}

impl From<ChannelRow> for TagView {
    fn from(row: ChannelRow) -> Self {
        let ChannelRow {
            channel, zh, en, ..
        } = row;
        Self {
            code: channel.to_string(),
            zh,
            en,
        }
    }
}

/// Every channel, on, in the order of their codes.
pub(in crate::register::lists) fn shipped() -> Vec<Cells> {
    let row = |(at, channel): (usize, &Channel)| {
        of_pairs([
            ("channel", Some(channel.to_string())),
            ("on", Some("yes".to_owned())),
            ("zh", Some(channel.text().zh.to_owned())),
            ("en", Some(channel.text().en.to_owned())),
            ("place", Some((10 * (at + 1)).to_string())),
        ])
    };
    Channel::ALL.iter().enumerate().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::list;

    #[test]
    fn shipped_rows_are_read_and_say_what_holds_without_them() {
        let rows = shipped();
        assert_eq!(rows.len(), Channel::ALL.len());
        for row in rows {
            let read = list(ListCode::Channels).read(&row).expect("a row");
            assert_eq!(read.cells, row);
            let row = ChannelRow::of(&row).expect("a channel");
            let usual = ChannelRow::usual(row.channel);
            assert!(row.is_on && row.place < LAST, "{row:?}");
            assert_eq!((row.zh, row.en), (usual.zh, usual.en));
        }
    }

    #[test]
    fn a_row_without_names_keeps_the_usual_ones() {
        let cells = of_pairs([
            ("channel", Some("weibo".to_owned())),
            ("on", Some("no".to_owned())),
        ]);
        let row = ChannelRow::of(&cells).expect("a channel");
        assert!(!row.is_on);
        assert_eq!(row.zh, "微博");
    }
}
