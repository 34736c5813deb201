//! A role as it stands in the installation: shipped ones are templates, made anew from the policy with each release and never changed by
//! hand; copies and own ones belong to the office.
//! Not here: what a permission belongs to (`power`), who has the role (`post`).

use serde::{Deserialize, Serialize};

use super::grants::Grants;
use super::post::RoleCode;
use super::role::Role;
use super::sight::Sight;

codes! {
    /// Where a role comes from.
    RoleOrigin {
        Shipped = "shipped", "shipped", "随产品提供", "Shipped";
        Copy = "copy", "copy", "复制", "A copy";
        Own = "own", "own", "自建", "Own";
    }
}

/// A role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoleSpec {
    /// Its code, for good.
    pub code: RoleCode,
    /// Where it comes from.
    pub origin: RoleOrigin,
    /// The role that it was copied from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copied_from: Option<RoleCode>,
    /// What it is called in Chinese.
    pub name: String,
    /// What it is called in English.
    pub name_en: String,
    /// The shipped roles whose tasks its holders do.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub tasks: Vec<Role>,
    /// What it gives, as `permission:scope` with blanks between.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub grants: Grants,
    /// How its holders see personal fields, as `field:phase:shown` with blanks between; only what is not as usual.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub sight: Sight,
    /// Nobody has it any more: its posts sleep.
    pub stopped: bool,
    /// Raised with every change.
    pub version: i32,
}

impl RoleSpec {
    /// A shipped role, as the policy has it.
    pub fn shipped(role: Role) -> Self {
        let text = role.text();
        Self {
            code: role.into(),
            origin: RoleOrigin::Shipped,
            copied_from: None,
            name: text.zh.to_owned(),
            name_en: text.en.to_owned(),
            tasks: vec![role],
            grants: Grants::of_shipped(role),
            sight: Sight::default(),
            stopped: false,
            version: 1,
        }
    }

    /// What it is called.
    pub fn label(&self, locale: crate::text::Locale) -> &str {
        match locale {
            crate::text::Locale::Zh => &self.name,
            crate::text::Locale::En => &self.name_en,
        }
    }
}
