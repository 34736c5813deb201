//! Basic data of an empty database: divisions, holidays, working periods, limits, process definitions.
//! Not here: the organisation and its people (the demo, or an administrator).
//! Only empty tables are filled, so that an administrator's changes survive an upgrade.

use shared::calendar::{Instant, decrees};
use shared::place::Division;
use shared::process::limit;

use crate::database::Conn;
use crate::people::roles;
use crate::seal::sha256;
use crate::sql::{Sql, vals};
use crate::{StoreError, Tx, basics as tables};

/// Codes (GB/T 2260, state of 2023) and names: all provinces to the county, Jiangsu down to the street. Facts; one `code name` per line.
const DIVISIONS: &str = include_str!("../../data/divisions.txt");

/// What `migrate` needs from its caller.
#[derive(Debug, Clone)]
pub struct Basics {
    /// Now.
    pub at: Instant,
    /// Process definitions shipped with the program, of each key every version, oldest first.
    pub definitions: Vec<DefinitionSeed>,
}

/// A shipped process definition.
#[derive(Debug, Clone)]
pub struct DefinitionSeed {
    /// `ticket-main`.
    pub key: String,
    /// BPMN 2.0.
    pub xml: String,
}

pub(super) async fn fill(tx: &Tx, basics: &Basics) -> Result<(), StoreError> {
    if is_empty(
        tx,
        "select count(*) from (select 1 from divisions limit 1) x",
    )
    .await?
    {
        tables::divisions::put(tx, &divisions()).await?;
    }
    if is_empty(
        tx,
        "select count(*) from (select 1 from calendar_years limit 1) x",
    )
    .await?
    {
        tables::calendar::put(tx, "国务院办公厅节假日安排", decrees()).await?;
        tables::calendar::put_periods(
            tx,
            "1970-01-01",
            &[(9 * 60, 12 * 60), (13 * 60 + 30, 17 * 60 + 30)],
        )
        .await?;
    }
    if is_empty(
        tx,
        "select count(*) from (select 1 from limit_rules limit 1) x",
    )
    .await?
    {
        tables::limits::put(tx, &limit::js_default()).await?;
    }
    if is_empty(
        tx,
        "select count(*) from (select 1 from categories limit 1) x",
    )
    .await?
    {
        tables::categories::put(tx, shared::category::seed()).await?;
    }
    install(tx, basics).await
}

/// Shipped definitions that are not here in any version.
pub(super) async fn missing<'b>(
    conn: &dyn Conn,
    basics: &'b Basics,
) -> Result<Vec<&'b DefinitionSeed>, StoreError> {
    let heads = tables::definitions::heads(conn).await?;
    let is_here = |seed: &&DefinitionSeed| {
        let digest = sha256(seed.xml.as_bytes());
        heads
            .iter()
            .any(|head| head.key == seed.key && head.digest == digest)
    };
    let all = basics.definitions.iter();
    Ok(all.filter(|seed| !is_here(seed)).collect())
}

/// Makes shipped roles what the policy says, and deploys shipped definitions that are not here yet. New cases start on them, unless somebody here has put a version of his own in front.
pub(super) async fn install(tx: &Tx, basics: &Basics) -> Result<(), StoreError> {
    roles::ship(tx, basics.at).await?;
    for seed in missing(tx, basics).await? {
        let known = tables::definitions::all(tx, &seed.key).await?;
        let in_front = known.iter().rev().find(|it| it.is_active(basics.at));
        let is_ours = in_front.is_none_or(|it| it.deployed_by.is_none());
        let new = tables::definitions::New {
            key: seed.key.clone(),
            xml: seed.xml.clone(),
            at: basics.at,
            active_from: is_ours.then_some(basics.at),
            by: None,
        };
        tables::definitions::deploy(tx, &new).await?;
    }
    Ok(())
}

async fn is_empty(conn: &dyn Conn, sql: &'static str) -> Result<bool, StoreError> {
    Ok(conn.handle().number(Sql::new(sql, vals![])).await? == 0)
}

fn divisions() -> Vec<Division> {
    DIVISIONS
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(code, name)| Division::placed(code, name))
        .collect()
}

#[cfg(test)]
mod tests {
    use shared::place::DivisionLevel;

    use super::*;

    #[test]
    fn every_division_has_its_parent() {
        let all = divisions();
        let codes: std::collections::BTreeSet<&str> = all.iter().map(|d| d.code.as_str()).collect();
        assert_eq!(all.len(), 4_835);
        assert!(
            all.iter()
                .all(|d| d.parent.as_deref().is_none_or(|p| codes.contains(p)))
        );
        assert_eq!(
            all.iter()
                .filter(|d| d.level == DivisionLevel::City && d.code.starts_with("32"))
                .count(),
            13
        );
    }
}
