//! Settings: rows of the table of settings that the office itself decides.
//! Not here: which there are (`shared::register`).
//! What reads a setting reads the table; the register is how it gets there.

use shared::application::ExtensionCaps;
use shared::register::{
    Cells, Finding, FindingCode, Keep, ListCode, Rule, Seconds, Switch, setting_of,
};
use store::Tx;

use super::{Projection, Whole};
use crate::context::Services;
use crate::fault::Failure;

/// The row of the table for who must publish a list.
fn second_key(code: ListCode) -> String {
    format!("register.{}", Seconds::key(code))
}

pub(super) async fn found(services: &Services) -> Result<Vec<Cells>, Failure> {
    let db = services.store().reader();
    let caps = store::settings::get(&db, ExtensionCaps::SETTING).await?;
    let caps: ExtensionCaps = caps
        .map(|text| serde_json::from_str(&text).map_err(anyhow::Error::new))
        .transpose()?
        .unwrap_or_default();
    let mut rows = caps.rows().to_vec();
    for keep in Keep::every() {
        let said = store::settings::get(&db, &setting_of(keep.key)).await?;
        rows.push(keep.row(keep.of(said.as_deref())));
    }
    for switch in &Switch::ALL {
        let said = store::settings::get(&db, &setting_of(switch.key)).await?;
        rows.push(switch.row(switch.of(said.as_deref())));
    }
    for rule in Rule::every() {
        let said = store::settings::get(&db, rule.key).await?;
        rows.push(rule.row(said.as_deref()));
    }
    for (code, mut row) in ListCode::ALL.iter().zip(Seconds::rows()) {
        if let Some(said) = store::settings::get(&db, &second_key(*code)).await? {
            row.insert("value".to_owned(), said);
        }
        rows.push(row);
    }
    Ok(rows)
}

/// The caps that the rows make.
fn caps<'c>(rows: impl Iterator<Item = &'c Cells>) -> ExtensionCaps {
    let mut caps = ExtensionCaps::default();
    for row in rows {
        caps.set(row);
    }
    caps
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Finding>) {
    let caps = caps(whole.rows.values());
    if caps.days > caps.sum {
        let finding = Finding::fault(FindingCode::Caps, "extension.days")
            .fact("value", caps.days)
            .fact("max", caps.sum);
        found.push(finding);
    }
}

pub(super) async fn project(tx: &Tx, projection: &Projection) -> Result<(), Failure> {
    let caps = caps(projection.rows.iter());
    let text = serde_json::to_string(&caps).map_err(anyhow::Error::new)?;
    store::settings::set(tx, ExtensionCaps::SETTING, &text).await?;
    let value = |key: &str| {
        let named = |row: &&Cells| row.get("name").is_some_and(|name| name == key);
        projection.rows.iter().find(named)?.get("value")
    };
    for code in ListCode::ALL {
        if let Some(value) = value(&Seconds::key(*code)) {
            store::settings::set(tx, &second_key(*code), value).await?;
        }
    }
    let keeps = Keep::every().map(|keep| keep.key);
    for key in keeps.chain(Switch::ALL.iter().map(|switch| switch.key)) {
        if let Some(value) = value(key) {
            store::settings::set(tx, &setting_of(key), value).await?;
        }
    }
    for rule in Rule::every() {
        if let Some(value) = value(rule.key) {
            store::settings::set(tx, rule.key, value).await?;
        }
    }
    Ok(())
}
