//! Units and people of the story.

use shared::access::{Actor, Role, Who};
use shared::ids::UserId;
use shared::organisation::{Unit, UnitLevel};
use uuid::Uuid;

pub const CENTRE: &str = "320100-12345";
/// Nanjing's housing department.
pub const ZJJ: &str = "320100-ZJJ";
/// Nanjing's city management department.
pub const CGJ: &str = "320100-CGJ";
/// A street office below the housing department.
pub const STREET: &str = "320106001-JD";
pub const SUZHOU_CENTRE: &str = "320500-12345";
pub const SUZHOU_ZJJ: &str = "320500-ZJJ";

/// The organisation: province, two cities, departments, one street office.
pub fn units() -> Vec<Unit> {
    let unit = |code: &str, name: &str, parent: &str, level, region: &str| {
        (
            code.to_owned(),
            name.to_owned(),
            parent.to_owned(),
            level,
            region.to_owned(),
        )
    };
    let rows = [
        unit(
            "320000-12345",
            "江苏省12345中心",
            "",
            UnitLevel::ProvinceCentre,
            "320000",
        ),
        unit(
            CENTRE,
            "南京市12345中心",
            "320000-12345",
            UnitLevel::CityCentre,
            "320100",
        ),
        unit(
            ZJJ,
            "南京市住房保障和房产局",
            CENTRE,
            UnitLevel::Department,
            "320100",
        ),
        unit(
            CGJ,
            "南京市城市管理局",
            CENTRE,
            UnitLevel::Department,
            "320100",
        ),
        unit(STREET, "宁海路街道办事处", ZJJ, UnitLevel::Street, "320106"),
        unit(
            SUZHOU_CENTRE,
            "苏州市12345中心",
            "320000-12345",
            UnitLevel::CityCentre,
            "320500",
        ),
        unit(
            SUZHOU_ZJJ,
            "苏州市住房和城乡建设局",
            SUZHOU_CENTRE,
            UnitLevel::Department,
            "320500",
        ),
    ];
    let mut units: Vec<Unit> = Vec::new();
    for (code, name, parent, level, region) in rows {
        let above = units
            .iter()
            .find(|unit| unit.code == parent)
            .map(|unit| unit.path.clone())
            .unwrap_or_default();
        let path = format!("{above}{code}/");
        units.push(Unit {
            code,
            name,
            parent: Some(parent).filter(|parent| !parent.is_empty()),
            path,
            level,
            region,
            active: true,
            successor: None,
        });
    }
    units
}

/// Somebody in a unit with one role. The same role in the same unit is the same person.
pub fn person(role: Role, unit: &str) -> Actor {
    let unit = units()
        .into_iter()
        .find(|known| known.code == unit)
        .expect("a unit of the story");
    let username = format!("{}-{}", role.as_str(), unit.code);
    let mut bytes = [0_u8; 16];
    for (index, byte) in username.bytes().enumerate() {
        bytes[index % 16] = bytes[index % 16].wrapping_mul(31).wrapping_add(byte);
    }
    Actor {
        who: Who::Person(UserId(Uuid::from_bytes(bytes))),
        name: format!("{}·{}", unit.name, role.as_str()),
        username,
        unit: Some(unit.code),
        unit_path: Some(unit.path),
        region: Some(unit.region),
        fresh: true,
        ..Actor::visitor()
    }
    .with_roles(&[role])
}
