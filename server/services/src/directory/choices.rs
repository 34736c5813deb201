//! What the filters of lists and reports choose from: the cities of the province or the districts of a city, and the units there.
//! Not here: the place of a complaint (`divisions`), units for a dispatch (`units`).
//! Cut to the area that the actor may look at, a county's people to their county, so that a filter never offers what would come back empty.

use shared::access::{Need, Scope};
use shared::fault::Fault;
use shared::place::{self, PlaceChoice};
use shared::ticket::view::Named;

use super::{divisions, units};
use crate::context::Ctx;

/// The cities for whoever may look at the whole province, with the districts of the chosen one; else the districts of the own city.
pub async fn places(
    ctx: &Ctx,
    need: Need,
    chosen: Option<&str>,
) -> Result<Vec<PlaceChoice>, Fault> {
    let area = area(ctx, need, chosen).await?;
    let mut found = Vec::new();
    let whole = need.scope(&ctx.actor) == Some(Scope::All);
    let own = ctx.actor.region.clone().filter(|_| !whole);
    let is_own = |code: &str| {
        own.as_ref()
            .is_none_or(|own| place::is_on_the_way(code, own))
    };
    let outer = if whole { &area.province } else { area.inner() };
    for division in divisions(ctx, outer).await? {
        if !is_own(&division.code) {
            continue;
        }
        let is_chosen = whole && area.city.as_ref() == Some(&division.code);
        found.push(PlaceChoice {
            code: division.code.clone(),
            name: division.name,
            inner: false,
        });
        if is_chosen {
            for district in divisions(ctx, &division.code).await? {
                found.push(PlaceChoice {
                    code: district.code,
                    name: district.name,
                    inner: true,
                });
            }
        }
    }
    Ok(found)
}

/// The units of the chosen city, or of the own one; none while the whole province is looked at, which has too many to choose from.
pub async fn units_of(ctx: &Ctx, need: Need, chosen: Option<&str>) -> Result<Vec<Named>, Fault> {
    let Some(city) = area(ctx, need, chosen).await?.city else {
        return Ok(Vec::new());
    };
    let found = units(ctx, Some(&city)).await?;
    Ok(found
        .into_iter()
        .filter(|unit| unit.region.starts_with(place::prefix(&city)))
        .map(|unit| Named {
            code: unit.code,
            name: unit.name,
        })
        .collect())
}

/// Where the actor looks.
struct Area {
    province: String,
    /// The chosen city, or the only one that the actor may look at.
    city: Option<String>,
}

impl Area {
    /// The division whose parts are chosen from.
    fn inner(&self) -> &str {
        self.city.as_deref().unwrap_or(&self.province)
    }
}

async fn area(ctx: &Ctx, need: Need, chosen: Option<&str>) -> Result<Area, Fault> {
    let province = ctx.services.reference().await?.home();
    let own = match need.scope(&ctx.actor) {
        Some(Scope::All) | None => None,
        Some(_) => ctx.actor.region.as_deref(),
    };
    // A hyphen behind a code stands for the division itself, without its parts.
    let chosen = chosen.map(|code| code.trim_end_matches('-'));
    let city = chosen
        .filter(|code| !code.is_empty())
        .or(own)
        .and_then(place::city)
        .filter(|city| !city.ends_with("00"))
        .map(|city| format!("{city}00"));
    Ok(Area { province, city })
}
