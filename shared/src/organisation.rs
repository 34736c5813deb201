//! Units (承办单位 and centres) as people and programs see them.
//! Not here: the demo province's units (data in `services::demo`) and rights (`access`).
//! A unit's `path` is the chain of codes from the root, each followed by `/`, so that a subtree is a prefix.

use serde::{Deserialize, Serialize};

codes! {
    /// Where a unit stands in the organisation.
    UnitLevel {
        ProvinceCentre = "1", "province_centre", "省级中心", "Provincial centre";
        CityCentre = "2", "city_centre", "市级中心", "City centre";
        Department = "3", "department", "市级部门", "City department";
        District = "4", "district", "区县", "District";
        Street = "5", "street", "街道", "Subdistrict";
        CountyCentre = "6", "county_centre", "县级中心", "County centre";
    }
}

impl UnitLevel {
    /// A centre takes requests in and sends them on; it gets no assignments itself.
    pub const fn is_centre(self) -> bool {
        matches!(
            self,
            Self::ProvinceCentre | Self::CityCentre | Self::CountyCentre
        )
    }
}

/// One unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Unit {
    /// Permanent code, for example `320100-ZJJ`.
    pub code: String,
    /// Chinese name; place and unit names are not translated.
    pub name: String,
    /// Code of the unit above, `None` for the centre on top.
    pub parent: Option<String>,
    /// Chain of codes from the root, each followed by `/`.
    pub path: String,
    /// Level in the organisation.
    pub level: UnitLevel,
    /// Division code (GB/T 2260, 6 or 9 digits) of the area it serves.
    pub region: String,
    /// Inactive units keep their history but get no new assignments.
    pub active: bool,
    /// Code of the unit that took over when this one ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub successor: Option<String>,
}
