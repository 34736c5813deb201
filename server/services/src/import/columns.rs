//! Which column means what: known heads without a mapping, others by a TOML file; what neither knows is kept by its head.
//! Not here: reading values (`row`).
//! `id` and `text` must be there; everything else may be missing.

use std::collections::BTreeMap;

use serde::Deserialize;
use shared::fault::{Code, Fault};
use shared::ticket::Channel;

use super::heads::{KNOWN, PERSONAL};
use crate::sheet::plain_head;

/// A mapping file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Mapping {
    /// Name of the source.
    pub source: Option<String>,
    /// `utf-8`, `gbk`, `big5` and so on, when it should not be told from the bytes.
    pub encoding: Option<String>,
    /// Word of the channel; `other` when absent.
    pub channel: Option<String>,
    /// Ours → theirs.
    pub columns: BTreeMap<String, String>,
    /// Per column of ours: their value → ours.
    pub values: BTreeMap<String, BTreeMap<String, String>>,
}

impl Mapping {
    /// Reads a mapping.
    ///
    /// # Errors
    /// `import.mapping` with what is wrong in `detail`.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let mapping: Self = toml::from_str(text).map_err(|error| not_toml(text, &error))?;
        let strange = mapping
            .columns
            .keys()
            .chain(mapping.values.keys())
            .find(|name| !KNOWN.iter().any(|(known, _)| known == name));
        if let Some(name) = strange {
            return Err(refused("map_column", name));
        }
        if let Some(word) = &mapping.channel
            && Channel::parse(word).is_none()
        {
            return Err(refused("map_channel", word));
        }
        Ok(mapping)
    }
}

/// A column that no rule maps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unmapped {
    pub place: usize,
    /// Its head, made unlike every other.
    pub head: String,
    pub personal: bool,
}

/// Where each of our columns stands in a row.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    places: BTreeMap<&'static str, usize>,
    /// The file's heads.
    pub heads: Vec<String>,
    pub unmapped: Vec<Unmapped>,
    /// Heads that mean the same as another one.
    pub doubled: Vec<String>,
    pub channel: Channel,
    values: BTreeMap<String, BTreeMap<String, String>>,
}

/// How many of our columns the cells of a row are heads of; the mapping's heads count first.
pub(super) fn known_heads(cells: &[String], mapping: &Mapping) -> usize {
    let heads = Heads::of(cells);
    let found = KNOWN
        .iter()
        .filter(|(ours, theirs)| heads.find(mapping.columns.get(*ours), theirs).is_some())
        .count();
    // One head alone may as well be a word of a text.
    if found == 1 && mapping.columns.is_empty() {
        usize::from(cells.len() <= 2)
    } else {
        found
    }
}

/// The heads as they stand and without decoration.
struct Heads {
    exact: Vec<String>,
    plain: Vec<String>,
}

impl Heads {
    fn of(cells: &[String]) -> Self {
        Self {
            exact: cells
                .iter()
                .map(|cell| shared::input::line(cell).to_lowercase())
                .collect(),
            plain: cells.iter().map(|cell| plain_head(cell)).collect(),
        }
    }

    /// The column of the first name that is a head; heads without decoration before decorated ones.
    fn find(&self, mapped: Option<&String>, names: &[&str]) -> Option<usize> {
        let place = |name: &str| {
            let line = shared::input::line(name).to_lowercase();
            let at = self.exact.iter().position(|head| *head == line);
            at.or_else(|| {
                let plain = plain_head(name);
                self.plain.iter().position(|head| *head == plain)
            })
        };
        if let Some(mapped) = mapped {
            return place(mapped);
        }
        let exact = names
            .iter()
            .find_map(|name| self.exact.iter().position(|head| head == name));
        exact.or_else(|| names.iter().find_map(|name| place(name)))
    }
}

impl Columns {
    /// Finds the columns of a header.
    ///
    /// # Errors
    /// `import.mapping` when `id` or `text` is missing, or a mapped header is not there.
    pub fn find(cells: &[String], mapping: &Mapping) -> Result<Self, Fault> {
        let heads = Heads::of(cells);
        let mut places = BTreeMap::new();
        for (ours, theirs) in KNOWN {
            let mapped = mapping.columns.get(ours);
            let found = heads.find(mapped, theirs);
            match (mapped, found) {
                (Some(wanted), None) => {
                    return Err(refused("no_column", wanted).fact("heads", listed(cells)));
                }
                (_, Some(index)) if mapped.is_some() || !places.values().any(|at| *at == index) => {
                    places.insert(ours, index);
                }
                _ => {}
            }
        }
        let missing: Vec<&str> = ["id", "text"]
            .into_iter()
            .filter(|needed| !places.contains_key(needed))
            .collect();
        if !missing.is_empty() {
            return Err(refused("column", &missing.join(" ")).fact("heads", listed(cells)));
        }
        let has = |name: &str| heads.exact.iter().any(|head| head == name);
        let usual = if has("tid") && has("forum") {
            Channel::LeaderBoard
        } else {
            Channel::Other
        };
        let channel = mapping
            .channel
            .as_deref()
            .and_then(Channel::parse)
            .unwrap_or(usual);
        let (unmapped, doubled) = rest(cells, &heads, &places);
        Ok(Self {
            places,
            heads: cells.to_vec(),
            unmapped,
            doubled,
            channel,
            values: mapping.values.clone(),
        })
    }

    /// The file's head of each of our columns that was found.
    pub fn found(&self) -> impl Iterator<Item = (&'static str, &str)> {
        KNOWN.iter().filter_map(|(ours, _)| {
            let place = self.places.get(ours)?;
            Some((*ours, self.heads.get(*place)?.as_str()))
        })
    }

    /// A value as it stands, trimmed; `None` when it is absent or empty.
    pub fn raw<'r>(&self, row: &'r [String], ours: &str) -> Option<&'r str> {
        let value = row.get(*self.places.get(ours)?)?.trim();
        (!value.is_empty()).then_some(value)
    }

    /// A value, trimmed and translated; `None` when it is absent or empty.
    pub fn value(&self, row: &[String], ours: &str) -> Option<String> {
        let value = self.raw(row, ours)?;
        let translated = self
            .values
            .get(ours)
            .and_then(|values| values.get(value))
            .map_or(value, String::as_str);
        (!translated.is_empty()).then(|| translated.to_owned())
    }
}

/// Columns that nothing maps, and those among them whose head means the same as one that was taken.
fn rest(
    cells: &[String],
    heads: &Heads,
    places: &BTreeMap<&'static str, usize>,
) -> (Vec<Unmapped>, Vec<String>) {
    let mut unmapped: Vec<Unmapped> = Vec::new();
    let mut doubled = Vec::new();
    for (place, cell) in cells.iter().enumerate() {
        if places.values().any(|at| *at == place) {
            continue;
        }
        let plain = &heads.plain[place];
        let twin = places
            .values()
            .any(|at| heads.plain[*at] == *plain && !plain.is_empty());
        let mut head: String = shared::input::line(cell).chars().take(60).collect();
        if head.is_empty() {
            head = format!("第{}列", place + 1);
        }
        if twin {
            doubled.push(head.clone());
        }
        let again = unmapped.iter().any(|other| other.head == head);
        if again || KNOWN.iter().any(|(ours, _)| *ours == head) || twin {
            head = format!("{head}#{}", place + 1);
        }
        let personal = PERSONAL.iter().any(|word| plain.contains(word));
        unmapped.push(Unmapped {
            place,
            head,
            personal,
        });
    }
    (unmapped, doubled)
}

/// Heads for a message.
fn listed(cells: &[String]) -> String {
    let heads: Vec<String> = cells.iter().map(|cell| shared::input::line(cell)).collect();
    heads.join("、").chars().take(200).collect()
}

/// Where a mapping is no TOML.
fn not_toml(text: &str, error: &toml::de::Error) -> Fault {
    let before = error.span().and_then(|span| text.get(..span.start));
    let line = before.map_or(1, |before| before.matches('\n').count() + 1);
    refused("map", "").fact("line", line)
}

fn refused(why: &str, detail: &str) -> Fault {
    Fault::new(Code::ImportMapping)
        .fact("why", why)
        .fact("detail", detail.chars().take(200).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(all: &[&str]) -> Vec<String> {
        all.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn known_headers_need_no_mapping_and_others_are_mapped() {
        let header = cells(&[
            "tid", "date", "forum", "district", "title", "content", "domain", "type",
        ]);
        let columns = Columns::find(&header, &Mapping::default()).expect("known");
        assert_eq!(columns.channel, Channel::LeaderBoard);
        let row = cells(&[
            "7",
            "2021-01-01",
            "x",
            "鼓楼区",
            "",
            " 路灯 ",
            "城建",
            "咨询",
        ]);
        assert_eq!(
            (columns.value(&row, "text"), columns.value(&row, "title")),
            (Some("路灯".to_owned()), None)
        );
        assert_eq!(columns.unmapped[0].head, "forum");
        let mapping = Mapping::parse(
            "[columns]\nid = \"no\"\ntext = \"body\"\n[values.kind]\n\"A\" = \"help\"",
        )
        .expect("a mapping");
        assert!(Columns::find(&cells(&["no", "body"]), &mapping).is_ok());
        let fault = Columns::find(&header, &mapping).expect_err("missing");
        assert_eq!(
            (
                fault.code,
                fault.facts["why"].as_str(),
                fault.facts["detail"].as_str()
            ),
            (Code::ImportMapping, "no_column", "no")
        );
        for wrong in [
            "[columns]\ncolour = \"x\"",
            "channel = \"smoke\"",
            "x = 1",
            "[",
        ] {
            assert_eq!(
                Mapping::parse(wrong).expect_err(wrong).code,
                Code::ImportMapping
            );
        }
    }

    #[test]
    fn decorated_heads_are_known_and_plain_ones_come_first() {
        let own = cells(&[
            "工单编号",
            "编号（分组）",
            "诉求内容（已脱敏）",
            "电话（已脱敏）",
            "登记时间",
        ]);
        let columns = Columns::find(&own, &Mapping::default()).expect("our own export");
        let found: Vec<_> = columns.found().collect();
        assert_eq!(
            found,
            [
                ("id", "工单编号"),
                ("time", "登记时间"),
                ("text", "诉求内容（已脱敏）"),
                ("phone", "电话（已脱敏）")
            ]
        );
        let starred = cells(&[
            "*工单编号（必填）",
            "受理\n时间",
            "标 题",
            "诉求内容*",
            "备注",
            "备注",
            "",
            "其他手机",
        ]);
        let columns = Columns::find(&starred, &Mapping::default()).expect("starred");
        assert_eq!(columns.found().count(), 4);
        let heads: Vec<_> = columns
            .unmapped
            .iter()
            .map(|one| one.head.as_str())
            .collect();
        assert_eq!(heads, ["备注", "备注#6", "第7列", "其他手机"]);
        assert!(columns.unmapped[3].personal && !columns.unmapped[0].personal);
        let twice = cells(&["编号", "内容", "内容"]);
        assert_eq!(
            Columns::find(&twice, &Mapping::default())
                .expect("twice")
                .doubled,
            ["内容"]
        );
        let fault =
            Columns::find(&cells(&["编号", "时间"]), &Mapping::default()).expect_err("no text");
        assert_eq!(fault.facts["detail"], "text");
        assert_eq!(
            known_heads(&cells(&["2026年1月市民诉求周报"]), &Mapping::default()),
            0
        );
    }
}
