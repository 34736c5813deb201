//! Which column means what: known headers without a mapping, others by a TOML file.
//! Not here: reading values (`row`).
//! `id` and `text` must be there; everything else may be missing.

use std::collections::BTreeMap;

use serde::Deserialize;
use shared::fault::{Code, Fault};
use shared::ticket::Channel;

/// What can be read from a row, with the headers that mean it without a mapping.
const KNOWN: [(&str, &[&str]); 12] = [
    ("id", &["id", "tid", "编号", "工单编号", "留言编号"]),
    (
        "time",
        &["time", "date", "时间", "留言时间", "受理时间", "日期"],
    ),
    ("title", &["title", "标题", "主题", "留言主题"]),
    (
        "text",
        &["text", "content", "内容", "详情", "留言详情", "诉求内容"],
    ),
    ("reply", &["reply", "答复", "答复意见", "回复"]),
    ("reply_time", &["reply_time", "答复时间", "回复时间"]),
    ("kind", &["kind", "type", "类型", "诉求类型"]),
    (
        "category",
        &["category", "label", "domain", "一级标签", "分类"],
    ),
    (
        "region",
        &["region", "district", "区域", "所属区域", "行政区划"],
    ),
    ("address", &["address", "地址"]),
    ("name", &["name", "姓名", "联系人"]),
    ("phone", &["phone", "电话", "联系电话", "手机号"]),
];

/// A mapping file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Mapping {
    /// Name of the source.
    pub source: Option<String>,
    /// `utf-8` or `gbk`, when it should not be guessed.
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
        let mapping: Self = toml::from_str(text).map_err(|error| refused(error.message()))?;
        let strange = mapping
            .columns
            .keys()
            .chain(mapping.values.keys())
            .find(|name| !KNOWN.iter().any(|(known, _)| known == name));
        if let Some(name) = strange {
            return Err(refused(&format!("unknown column {name}")));
        }
        if let Some(word) = &mapping.channel
            && Channel::parse(word).is_none()
        {
            return Err(refused(&format!("unknown channel {word}")));
        }
        Ok(mapping)
    }
}

/// Where each of our columns stands in a row.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    places: BTreeMap<&'static str, usize>,
    /// Number of columns.
    pub width: usize,
    pub channel: Channel,
    values: BTreeMap<String, BTreeMap<String, String>>,
}

impl Columns {
    /// Finds the columns of a header.
    ///
    /// # Errors
    /// `import.mapping` when `id` or `text` is missing, or a mapped header is not there.
    pub fn find(header: &csv::StringRecord, mapping: &Mapping) -> Result<Self, Fault> {
        let place = |wanted: &str| {
            header
                .iter()
                .position(|name| name.trim().eq_ignore_ascii_case(wanted.trim()))
        };
        let mut places = BTreeMap::new();
        for (ours, theirs) in KNOWN {
            let found = match mapping.columns.get(ours) {
                Some(wanted) => {
                    Some(place(wanted).ok_or_else(|| refused(&format!("no column {wanted}")))?)
                }
                None => theirs.iter().find_map(|name| place(name)),
            };
            if let Some(index) = found {
                places.insert(ours, index);
            }
        }
        for needed in ["id", "text"] {
            if !places.contains_key(needed) {
                return Err(refused(&format!("no column for {needed}")));
            }
        }
        let board = place("tid").is_some() && place("forum").is_some();
        let usual = if board {
            Channel::LeaderBoard
        } else {
            Channel::Other
        };
        let channel = mapping
            .channel
            .as_deref()
            .and_then(Channel::parse)
            .unwrap_or(usual);
        Ok(Self {
            places,
            width: header.len(),
            channel,
            values: mapping.values.clone(),
        })
    }

    /// A value, trimmed and translated; `None` when it is absent or empty.
    pub fn value(&self, row: &csv::StringRecord, ours: &str) -> Option<String> {
        let value = row.get(*self.places.get(ours)?)?.trim();
        let translated = self
            .values
            .get(ours)
            .and_then(|values| values.get(value))
            .map_or(value, String::as_str);
        (!translated.is_empty()).then(|| translated.to_owned())
    }
}

fn refused(detail: &str) -> Fault {
    Fault::new(Code::ImportMapping).fact("detail", detail.chars().take(200).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_headers_need_no_mapping_and_others_are_mapped() {
        let header = csv::StringRecord::from(vec![
            "tid", "date", "forum", "district", "title", "content", "domain", "type",
        ]);
        let columns = Columns::find(&header, &Mapping::default()).expect("known");
        assert_eq!(columns.channel, Channel::LeaderBoard);
        let row = csv::StringRecord::from(vec![
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
        let mapping = Mapping::parse(
            "[columns]\nid = \"no\"\ntext = \"body\"\n[values.kind]\n\"A\" = \"help\"",
        )
        .expect("a mapping");
        assert!(Columns::find(&csv::StringRecord::from(vec!["no", "body"]), &mapping).is_ok());
        assert_eq!(
            Columns::find(&header, &mapping).expect_err("missing").code,
            Code::ImportMapping
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
}
