//! The demo province: provincial centre, thirteen city centres, eight departments each, districts and streets in three cities.
//! Not here: the people (`people`), division names (data in the store).
//! Unit names are put together from division names, so that they are those of the real places.

use std::collections::BTreeMap;

use shared::organisation::{Unit, UnitLevel};
use shared::place::{Division, DivisionLevel};

/// Code of the provincial centre and of its area.
pub(super) const PROVINCE: &str = "320000";
/// Cities with districts and streets as second and third level.
const DEEP: [&str; 3] = ["320100", "320200", "320500"];

/// Code suffix, name after the city's, and first-level categories of a department.
pub(super) const DEPARTMENTS: [(&str, &str, &[&str]); 8] = [
    ("ZJJ", "住房和城乡建设局", &["01", "11"]),
    ("CGJ", "城市管理局", &["02"]),
    ("JTJ", "交通运输局", &["03"]),
    ("HBJ", "生态环境局", &["04"]),
    ("RSJ", "人力资源和社会保障局", &["05", "08", "10"]),
    ("SCJ", "市场监督管理局", &["06", "12"]),
    ("GAJ", "公安局", &["09"]),
    ("JYJ", "教育局", &["07"]),
];

/// Every unit, parents before children.
pub(super) fn units(divisions: &BTreeMap<String, Division>) -> Vec<Unit> {
    let mut units = vec![unit(
        None,
        PROVINCE,
        "江苏省12345在线服务中心",
        UnitLevel::ProvinceCentre,
        PROVINCE,
    )];
    let below = |code: &str, level: DivisionLevel| {
        let code = code.to_owned();
        divisions
            .values()
            .filter(move |d| d.level == level && d.parent.as_deref() == Some(code.as_str()))
    };
    for city in below(PROVINCE, DivisionLevel::City) {
        let name = format!("{}12345政务服务便民热线中心", city.name);
        let centre = unit(
            units.first(),
            &city.code,
            &name,
            UnitLevel::CityCentre,
            &city.code,
        );
        for (suffix, title, _) in DEPARTMENTS {
            let name = format!("{}{title}", city.name);
            units.push(unit(
                Some(&centre),
                &format!("{}-{suffix}", city.code),
                &name,
                UnitLevel::Department,
                &city.code,
            ));
        }
        if DEEP.contains(&city.code.as_str()) {
            for county in below(&city.code, DivisionLevel::County) {
                let district = unit(
                    Some(&centre),
                    &county.code,
                    &format!("{}人民政府", county.name),
                    UnitLevel::District,
                    &county.code,
                );
                for street in below(&county.code, DivisionLevel::Street) {
                    units.push(unit(
                        Some(&district),
                        &street.code,
                        &office(&street.name),
                        UnitLevel::Street,
                        &street.code,
                    ));
                }
                units.push(district);
            }
        }
        units.push(centre);
    }
    units.sort_by(|a, b| a.path.cmp(&b.path));
    units
}

fn office(street: &str) -> String {
    if street.ends_with("街道") {
        format!("{street}办事处")
    } else {
        format!("{street}人民政府")
    }
}

fn unit(parent: Option<&Unit>, code: &str, name: &str, level: UnitLevel, region: &str) -> Unit {
    Unit {
        code: code.to_owned(),
        name: name.to_owned(),
        parent: parent.map(|parent| parent.code.clone()),
        path: format!(
            "{}{code}/",
            parent.map_or("", |parent| parent.path.as_str())
        ),
        level,
        region: region.to_owned(),
        active: true,
        successor: None,
    }
}
