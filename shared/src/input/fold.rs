//! Characters that look like others: wide letters and digits, radicals, compatibility ideographs, circled and styled digits.
//! Not here: signs without a picture (`signs`), traditional characters, which only a search folds (`search`).
//! Sources: Unicode 16, `UnicodeData.txt` (compatibility mappings) and `EquivalentUnifiedIdeograph.txt` (radicals U+2E80 to U+2EF3).

/// CJK radicals that have no mapping of their own, and the ideograph that each looks like.
#[cfg(not(target_arch = "wasm32"))]
const RADICALS: &str = "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺌小⺍小⺎尢⺏尣⺐尢⺒巳⺓幺⺔彑⺖忄⺗㣺⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫罒⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺶羊⺷羊⺹耂⺺肀⺻聿⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟";

/// One character of a line: wide letters and digits narrow, radicals and compatibility ideographs as the unified character.
/// Punctuation stays as it is.
pub fn unify(c: char, out: &mut String) {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => out.push(crate::person::half_width(c)),
        _ if is_ideograph_twin(c) => twin(c, out),
        _ => out.push(c),
    }
}

/// One character of a code: as `unify`, and wide signs, circled, raised and styled letters and digits plain.
pub fn narrow(c: char, out: &mut String) {
    match c {
        '\u{FF01}'..='\u{FF5E}' => out.push(crate::person::half_width(c)),
        _ if is_ideograph_twin(c) || is_styled(c) => twin(c, out),
        _ => out.push(c),
    }
}

/// Radicals and compatibility ideographs: another code point with the picture of a usual character.
const fn is_ideograph_twin(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}')
}

/// Letters and digits in another dress.
fn is_styled(c: char) -> bool {
    matches!(
        c,
        '²' | '³' | '¹' | '\u{2070}'..='\u{209C}' | '\u{2100}'..='\u{214F}' | '\u{2160}'..='\u{217F}' | '\u{2460}'..='\u{24FF}'
            | '\u{FB00}'..='\u{FB06}' | '\u{FF65}'..='\u{FFDC}' | '\u{1D400}'..='\u{1D7FF}' | '\u{1F130}'..='\u{1F149}'
    ) && c.is_alphanumeric()
}

#[cfg(not(target_arch = "wasm32"))]
fn twin(c: char, out: &mut String) {
    if ('\u{2E80}'..='\u{2EF3}').contains(&c) {
        let mut radicals = RADICALS.chars();
        while let (Some(radical), Some(plain)) = (radicals.next(), radicals.next()) {
            if radical == c {
                out.push(plain);
                return;
            }
        }
    }
    unicode_normalization::char::decompose_compatible(c, |part| out.push(part));
}

#[cfg(target_arch = "wasm32")]
fn twin(c: char, out: &mut String) {
    out.push(c);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_radical_of_the_table_stands_beside_its_ideograph() {
        let all: Vec<char> = RADICALS.chars().collect();
        assert_eq!(all.len() % 2, 0);
        for pair in all.chunks(2) {
            assert!(('\u{2E80}'..='\u{2EF3}').contains(&pair[0]), "{pair:?}");
            assert!(!('\u{2E80}'..='\u{2FDF}').contains(&pair[1]), "{pair:?}");
        }
    }

    #[test]
    fn twins_become_the_usual_character() {
        let line = |text: &str| {
            let mut out = String::new();
            text.chars().for_each(|c| unify(c, &mut out));
            out
        };
        assert_eq!(line("⽴⽔⼈⽣"), "立水人生");
        assert_eq!(line("\u{2F800}"), "丽");
        assert_eq!(line("①，（１）"), "①，（1）");
    }
}
