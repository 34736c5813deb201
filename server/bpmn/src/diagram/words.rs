//! Names into lines that fit their shape. Widths are guessed: a Chinese sign is as wide as the type is high, a Latin letter half of it.
//! Next: `draw`.

/// Height of the type.
pub const SIZE: f64 = 12.0;

fn wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE6F}' | '\u{FF00}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFD}')
}

fn width(c: char) -> f64 {
    if wide(c) { SIZE } else { SIZE * 0.56 }
}

/// How wide a line gets.
pub fn length(line: &str) -> f64 {
    line.chars().map(width).sum()
}

/// Lines of at most this width, at most `most` of them; what does not fit ends with an ellipsis.
pub fn lines(name: &str, room: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut used = 0.0;
    for piece in pieces(name) {
        let length: f64 = piece.chars().map(width).sum();
        if used + length > room && !line.trim().is_empty() {
            lines.push(line.trim().to_owned());
            line = String::new();
            used = 0.0;
        }
        if piece.trim().is_empty() && line.is_empty() {
            continue;
        }
        // A single word that is too long is broken anywhere.
        for c in piece.chars() {
            if used + width(c) > room && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
            line.push(c);
            used += width(c);
        }
    }
    if !line.trim().is_empty() {
        lines.push(line.trim().to_owned());
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            last.pop();
            last.push('…');
        }
    }
    lines
}

/// Words with the blank behind them; Chinese signs one by one, with the stops behind them.
fn pieces(name: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut fresh = true;
    for c in name.chars().filter(|c| !c.is_control() || *c == '\n') {
        let blank = c.is_whitespace();
        let stop = matches!(c, '，' | '。' | '、' | '；' | '：' | '）' | '！' | '？');
        match pieces.last_mut() {
            Some(last) if stop || (!fresh && !wide(c)) => last.push(if blank { ' ' } else { c }),
            _ => pieces.push(if blank { " ".to_owned() } else { c.to_string() }),
        }
        fresh = blank || wide(c);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_breaks_anywhere_but_before_a_stop() {
        assert_eq!(lines("部门审核，并答复", 60.0, 3), ["部门审核，", "并答复"]);
        assert_eq!(lines("部门审核", 24.0, 3), ["部门", "审核"]);
    }

    #[test]
    fn words_stay_whole_where_they_fit() {
        assert_eq!(lines("check the reply", 64.0, 3), ["check", "the reply"]);
        assert_eq!(lines("incomprehensibilities", 60.0, 3).len(), 3);
        assert_eq!(lines("one two three four", 30.0, 2), ["one", "tw…"]);
        assert!(lines(" \n ", 60.0, 2).is_empty());
    }
}
