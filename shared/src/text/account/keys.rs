//! Words of the page of the keys that sign access tokens.
//! Not here: their states (`crate::account`).
//! For system administrators.

use super::super::{Text, text};

pub const KEYS: Text = text("登录密钥", "Sign-in keys");
pub const WHY: Text = text(
    "登录凭证用这些密钥签名。最新的一把用来签名，之前的只用来核对，到期后失效；所有服务器几秒内自动换用，不用重启。",
    "Access tokens are signed with these keys. The newest one signs; those before it only check, until they end. Every server takes a new key up within seconds, without a restart.",
);
pub const KEY: Text = text("密钥", "Key");
pub const STATE: Text = text("状态", "State");
pub const MADE: Text = text("启用时间", "Since");
pub const ENDS: Text = text("核对到", "Checks until");
pub const ROTATE: Text = text("换一把新密钥", "Make a new key");
pub const ROTATE_WHY: Text = text(
    "旧密钥继续核对 15 分钟，没有人会因此退出登录。建议每年换一次。",
    "The key before it goes on checking for 15 minutes, and nobody is signed out. Once a year is a good habit.",
);
pub const AT_ONCE: Text = text(
    "密钥可能泄露：立即换",
    "The key may have leaked: change at once",
);
pub const AT_ONCE_WHY: Text = text(
    "旧密钥签的凭证马上失效。浏览器会自动换新凭证，使用者不受影响；用接口的程序需要重新登录。",
    "Tokens of the keys before are refused from now on. Browsers renew theirs by themselves; programs sign in again.",
);
pub const ROTATED: Text = text("新密钥已启用。", "The new key signs from now on.");
