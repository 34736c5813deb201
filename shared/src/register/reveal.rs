//! The setting that says for how long a look at a citizen in the clear lasts.
//! Not here: the other settings (`settings`), who may look (`access`).

use super::Keep;
use crate::text::text;

impl Keep {
    /// How long one reason is good for.
    pub const REVEAL: Self = Self {
        key: "reveal.minutes",
        name: text(
            "查看明文一次有效多少分钟",
            "A look in the clear lasts so many minutes",
        ),
        bounds: (1, 60),
        usual: 10,
    };
}
