//! What a browser or program says of itself (`User-Agent`), as a name that people know again in their list of sessions.
//! Not here: telling devices apart (a cookie does). Whatever stands in the header is only shown, never believed.
//! The order of the lists matters: many browsers name others for old servers' sake.

/// Longest header that is kept, in characters.
pub const MOST: usize = 200;
/// Longest name of a program that is none of the browsers.
const PROGRAM: usize = 40;

const BROWSERS: [(&str, &str); 12] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("MicroMessenger", "WeChat"),
    ("QQBrowser", "QQ"),
    ("MetaSr", "Sogou"),
    ("QIHU", "360"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("HeadlessChrome", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

const SYSTEMS: [(&str, &str); 8] = [
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

/// `Firefox · Windows`; the first word of a program that is no browser; empty for nothing.
pub fn name(agent: &str) -> String {
    let of = |list: &[(&str, &'static str)]| {
        let found = list.iter().find(|(mark, _)| agent.contains(mark));
        found.map(|(_, name)| *name)
    };
    match (of(&BROWSERS), of(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} · {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => program(agent),
    }
}

fn program(agent: &str) -> String {
    let first = agent.split_whitespace().next().unwrap_or_default();
    let plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '_');
    first.chars().filter(plain).take(PROGRAM).collect()
}

/// The header as it is kept: visible, and not too long.
pub fn kept(agent: &str) -> Option<String> {
    let visible = agent.chars().filter(|c| !c.is_control());
    let text: String = visible.take(MOST).collect();
    Some(text).filter(|text| !text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_called_by_their_names() {
        for (agent, called) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:139.0) Gecko/20100101 Firefox/139.0",
                "Firefox · Windows",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0",
                "Edge · Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
                "Safari · iPhone",
            ),
            (
                "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile Safari/537.36",
                "Chrome · Android",
            ),
            ("curl/8.5.0", "curl/8.5.0"),
            ("<script>alert(1)</script> x", "scriptalert1/script"),
            ("", ""),
        ] {
            assert_eq!(name(agent), called, "{agent}");
        }
    }

    #[test]
    fn what_is_kept_is_short_and_visible() {
        assert_eq!(kept("a\r\nb").as_deref(), Some("ab"));
        assert_eq!(kept(&"x".repeat(900)).map(|text| text.len()), Some(MOST));
        assert_eq!(kept(" \t"), None);
    }
}
