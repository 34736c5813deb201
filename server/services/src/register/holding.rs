//! The lists that have no table of their own, as they hold now: every reader has them from the snapshot of the slowly changing data.
//! Not here: which row counts at a place (`shared::register::Held`), the snapshot (`reference`).
//! Of a list of which nothing was ever published, the shipped rows hold.

use shared::calendar::Instant;
use shared::ladder::Rung;
use shared::measure::WarnRule;
use shared::quality::{QualityRule, Severity, rule};
use shared::register::{
    AliasRow, ChannelRow, Held, LevelRow, ListCode, NamedRow, OwnField, OwnOf, PopulationRow,
    QualityRow, ReasonFor, ReasonRow, SynonymRow, TextCode, ToldEvent, ToldWay, shipped, told_way,
};
use shared::text::Locale;
use shared::text::notification::template::Wordings;
use shared::ticket::Channel;
use store::Conn;

use super::cells;
use crate::fault::Failure;

/// The lists that are read from the register itself.
const READ: [ListCode; 16] = [
    ListCode::Templates,
    ListCode::Texts,
    ListCode::Reasons,
    ListCode::Tags,
    ListCode::Bodies,
    ListCode::Checklist,
    ListCode::Levels,
    ListCode::Own,
    ListCode::Aliases,
    ListCode::Ladder,
    ListCode::Quality,
    ListCode::Told,
    ListCode::Synonyms,
    ListCode::Population,
    ListCode::Warnings,
    ListCode::Channels,
];

/// What they hold.
#[derive(Debug, Clone, Default)]
pub struct Lists {
    templates: Held,
    texts: Held,
    reasons: Held,
    tags: Held,
    bodies: Held,
    checklist: Held,
    levels: Held,
    own: Held,
    aliases: Held,
    ladder: Held,
    quality: Held,
    told: Held,
    synonyms: Held,
    population: Held,
    warnings: Held,
    channels: Held,
}

impl Lists {
    /// Reads them as they hold at an instant.
    pub(crate) async fn read(conn: &dyn Conn, at: Instant) -> Result<Self, Failure> {
        let holding = store::register::holding(conn, &READ, at).await?;
        let of = |list: ListCode| -> Result<Held, Failure> {
            let mut rows = Vec::new();
            if !holding.published.contains(&list) {
                rows.extend(shipped(list).into_iter().map(|row| (String::new(), row)));
            }
            for row in holding.rows.iter().filter(|row| row.list == list) {
                rows.push((row.area.clone(), cells(&row.body)?));
            }
            Ok(Held::new(list, rows))
        };
        Ok(Self {
            templates: of(ListCode::Templates)?,
            texts: of(ListCode::Texts)?,
            reasons: of(ListCode::Reasons)?,
            tags: of(ListCode::Tags)?,
            bodies: of(ListCode::Bodies)?,
            checklist: of(ListCode::Checklist)?,
            levels: of(ListCode::Levels)?,
            own: of(ListCode::Own)?,
            aliases: of(ListCode::Aliases)?,
            ladder: of(ListCode::Ladder)?,
            quality: of(ListCode::Quality)?,
            told: of(ListCode::Told)?,
            synonyms: of(ListCode::Synonyms)?,
            population: of(ListCode::Population)?,
            warnings: of(ListCode::Warnings)?,
            channels: of(ListCode::Channels)?,
        })
    }

    /// How messages about a place are worded.
    pub fn wordings<'a>(&'a self, region: &'a str) -> Wordings<'a> {
        Wordings {
            templates: Some(&self.templates),
            texts: Some(&self.texts),
            region,
        }
    }

    /// What the office says to everybody, or to the people of a place.
    pub fn said(&self, code: TextCode, region: &str, locale: Locale) -> &str {
        code.said(Some(&self.texts), region, locale)
    }

    /// The reasons that are offered at a verb of a place's ticket.
    pub fn reasons(&self, verb: ReasonFor, region: &str) -> Vec<ReasonRow> {
        let rows = self.reasons.at(region).filter_map(ReasonRow::of);
        rows.filter(|row| row.verb == verb).collect()
    }

    /// One of them.
    pub fn reason(&self, verb: ReasonFor, region: &str, code: &str) -> Option<ReasonRow> {
        ReasonRow::of(self.reasons.get(region, &ReasonRow::key(verb, code))?)
    }

    /// The tags that tickets of a place can have.
    pub fn tags(&self, region: &str) -> Vec<NamedRow> {
        self.tags.at(region).filter_map(NamedRow::of).collect()
    }

    /// The bodies to which matters of a place are handed over.
    pub fn bodies(&self, region: &str) -> Vec<NamedRow> {
        self.bodies.at(region).filter_map(NamedRow::of).collect()
    }

    /// What replies about a place are checked for.
    pub fn checklist(&self, region: &str) -> Vec<NamedRow> {
        let rows = self.checklist.at(region);
        rows.filter_map(NamedRow::of).collect()
    }

    /// Which level follows from impact and haste at a place.
    pub fn levels(&self, region: &str) -> Vec<LevelRow> {
        self.levels.at(region).filter_map(LevelRow::of).collect()
    }

    /// How a channel stands at a place: on or off, and what it is called there.
    pub fn channel(&self, region: &str, channel: Channel) -> ChannelRow {
        let set = self.channels.get(region, channel.as_str());
        set.and_then(ChannelRow::of)
            .unwrap_or_else(|| ChannelRow::usual(channel))
    }

    /// The channels by which requests of a place come in, in the office's order.
    pub fn channels(&self, region: &str) -> Vec<ChannelRow> {
        let all = Channel::ALL.iter();
        let mut open: Vec<ChannelRow> = all
            .map(|channel| self.channel(region, *channel))
            .filter(|row| row.is_on)
            .collect();
        open.sort_by_key(|row| (row.place, row.channel));
        open
    }

    /// How many people live in a division; none where nobody has written it.
    pub fn people(&self, region: &str) -> Option<i64> {
        let mut rows = self.population.at("").filter_map(PopulationRow::of);
        rows.find(|row| row.region == region).map(|row| row.people)
    }

    /// The rules about figures.
    pub fn warn_rules(&self) -> Vec<WarnRule> {
        self.warnings.at("").filter_map(WarnRule::of).collect()
    }

    /// What a tag is called, wherever it is used.
    pub fn tag(&self, code: &str) -> Option<NamedRow> {
        NamedRow::of(self.tags.named(code)?)
    }

    /// The rungs of the escalation ladder at a place.
    pub fn ladder(&self, region: &str) -> Vec<Rung> {
        self.ladder.at(region).filter_map(Rung::of).collect()
    }

    /// One of them.
    pub fn rung(&self, region: &str, code: &str) -> Option<Rung> {
        Rung::of(self.ladder.get(region, code)?)
    }

    /// What categories are called at a place beside their names.
    pub fn aliases(&self, region: &str) -> Vec<AliasRow> {
        self.aliases.at(region).filter_map(AliasRow::of).collect()
    }

    /// The code of the category that a place calls so, by its own name or code.
    pub fn category_called(&self, region: &str, word: &str) -> Option<String> {
        let mut rows = self.aliases.at(region).filter_map(AliasRow::of);
        rows.find(|row| row.is(word)).map(|row| row.category)
    }

    /// Groups of words that mean the same at a place.
    pub fn synonyms(&self, region: &str) -> Vec<SynonymRow> {
        let rows = self.synonyms.at(region);
        rows.filter_map(SynonymRow::of).collect()
    }

    /// How much a broken rule weighs at a place; `None` where it is switched off.
    pub fn quality(&self, region: &str, code: QualityRule) -> Option<Severity> {
        let set = self.quality.get(region, code.as_str());
        let set = set.and_then(QualityRow::of);
        match set {
            Some(row) if !row.is_on => None,
            Some(row) => Some(row.severity.unwrap_or(rule(code).severity)),
            None => Some(rule(code).severity),
        }
    }

    /// How citizens of a place are told of something; `None` where it is switched off.
    pub fn tells(&self, region: &str, event: ToldEvent) -> Option<ToldWay> {
        told_way(self.told.get(region, event.as_str()))
    }

    /// The office's own fields for tickets of a place.
    pub fn own_fields(&self, region: &str) -> Vec<OwnField> {
        let all = self.own.at(region).filter_map(OwnField::of);
        all.filter(|field| field.of != OwnOf::Approvals).collect()
    }

    /// The same for approvals of a place.
    pub fn own_fields_of_approvals(&self, region: &str) -> Vec<OwnField> {
        let all = self.own.at(region).filter_map(OwnField::of);
        all.filter(|field| field.of != OwnOf::Tickets).collect()
    }

    /// Those of all places of which the answer is about a person.
    pub fn own_fields_about_people(&self) -> Vec<OwnField> {
        let all = self.own.every().filter_map(OwnField::of);
        all.filter(|field| field.class.is_about_person()).collect()
    }

    /// One of them, wherever it is asked.
    pub fn own_field(&self, code: &str) -> Option<OwnField> {
        OwnField::of(self.own.named(code)?)
    }
}
