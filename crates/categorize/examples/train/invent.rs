//! Invented people, places, firms and references.

use crate::chance::Chance;

const GIVEN: &str = "James Mary John Linda Robert Susan Michael Karen David Lisa Daniel Nancy Mark Emma Paul Olivia Kevin Grace Ahmed \
                     Fatima Wei Mei Raj Priya Hans Anna Klaus Petra Jürgen Sabine Stefan Monika Lukas Lena Pierre Marie Jean Sophie Luc \
                     Camille Michel Nathalie José María Juan Carmen Antonio Lucía Diego Elena Pablo Rosa Carlos Isabel Miguel Ana";
const FAMILY: &str = "Smith Johnson Brown Taylor Wilson Moore Clark Lewis Walker Hall Young King Wright Hill Green Baker Carter Evans \
                      Patel Khan Singh Chen Nguyen Kim Müller Schmidt Schneider Fischer Weber Wagner Becker Hoffmann Koch Richter Klein \
                      Wolf Martin Bernard Dubois Durand Leroy Moreau Laurent Lefebvre Roux Girard García Martínez López Sánchez Pérez \
                      Gómez Fernández Díaz Ruiz Hernández Torres Silva Rossi Jansen Novak Kowalski";
const PLACES: &str = "Austin Portland Denver Boston Chicago Dallas Phoenix Tampa Reno Atlanta London Leeds Bristol Glasgow Cardiff York \
                      Manchester Sydney Perth Brisbane Dublin Toronto Berlin Hamburg München Köln Leipzig Bremen Wien Zürich Paris Lyon \
                      Lille Nantes Bordeaux Toulouse Nice Rennes Madrid Sevilla Valencia Bilbao Málaga Zaragoza Bogotá Lima Santiago \
                      Montevideo Rosario Puebla";
const STATES: &str = "TX OR CO MA IL AZ FL NV GA CA NY WA OH PA NC";
const FIRST: &str = "Blue Green Red Golden Silver North South East West Royal Grand Little Old New Sunny River Lake Mountain Valley Harbor \
                     Oak Maple Cedar Stone Iron Bright Swift Prime First Summit Star Moon Eagle Fox Bear Heron Lion Crown Central Union \
                     Alte Neue Goldene Rote Petit Grand Vieux Belle Nuevo Gran El La Casa Villa Don Del";
const SECOND: &str = "Point Ridge Creek Field Gate Bridge Park Hill Side Way Works House Haus Hof Stern Adler Berg Tal Soleil Lune Mer \
                      Étoile Jardin Sol Luna Mar Norte Sur Plaza Rio Corner Square Brothers Sons Partners Group";
const FIRMS: &str = "Industries Holdings Systems Solutions Partners Group Trading Manufacturing Technologies Labs Media Logistics Foods \
                     Retail Engineering Construction Healthcare Design Studio Ventures Enterprises Services Global International Werke \
                     Technik Vertrieb Handel Industrie Conseil Distribution Ingeniería Servicios Comercial";
const FORMS: &str = "LLC INC LTD CORP PLC GMBH AG KG SARL SAS SA SL SLU PTY";
const PURPOSES: &str = "March April Enero Mars Januar Q1 Week 12 Monthly Mensual";

pub(crate) struct Inventor {
    pub(crate) chance: Chance,
}

impl Inventor {
    pub(crate) const fn new(seed: u64) -> Self {
        Self { chance: Chance::new(seed) }
    }

    fn word(&mut self, list: &'static str) -> &'static str {
        let words: Vec<&str> = list.split_whitespace().collect();
        self.chance.one::<&str>(&words)
    }

    fn person(&mut self) -> String {
        let (given, family) = (self.word(GIVEN), self.word(FAMILY));
        match self.chance.below(8) {
            0 => family.to_owned(),
            1 => given.to_owned(),
            2 => format!("{} {family}", given.chars().next().unwrap_or('A')),
            3 => format!("{family} {given}"),
            _ => format!("{given} {family}"),
        }
    }

    fn firm(&mut self) -> String {
        let first = match self.chance.below(3) {
            0 => self.word(FAMILY).to_owned(),
            1 => format!("{} {}", self.word(FIRST), self.word(SECOND)),
            _ => self.word(FIRST).to_owned(),
        };
        let form = if self.chance.percent(50) { self.word(FORMS) } else { "" };
        format!("{first} {} {form}", self.word(FIRMS)).trim().to_owned()
    }

    /// A business that says its trade.
    pub(crate) fn business(&mut self, trade: &str) -> String {
        match self.chance.below(9) {
            0 => trade.to_owned(),
            1 => format!("{trade} {}", self.word(FAMILY)),
            2 => format!("{} {trade}", self.word(FAMILY)),
            3 => format!("{} {trade}", self.word(PLACES)),
            4 => format!("{trade} {} {}", self.word(FIRST), self.word(SECOND)),
            5 => format!("{} {} {trade}", self.word(FIRST), self.word(SECOND)),
            6 => format!("{trade} {}", self.word(FIRST)),
            7 => format!("{} {trade} {}", self.word(FIRST), self.word(FORMS)),
            _ => format!("{}'s {trade}", self.word(GIVEN)),
        }
    }

    fn reference(&mut self) -> String {
        let letters: String =
            (0..2).map(|_| char::from(b'A' + u8::try_from(self.chance.below(26)).unwrap_or(0))).collect();
        format!("{letters}{}", self.chance.digits(8))
    }

    fn date(&mut self) -> String {
        let (day, month) = (self.chance.below(28) + 1, self.chance.below(12) + 1);
        match self.chance.below(4) {
            0 => format!("{month:02}/{day:02}"),
            1 => format!("{day:02}.{month:02}.26"),
            2 => format!("{day:02}/{month:02}/26"),
            _ => format!(
                "{day:02}{}",
                ["JAN", "FEB", "MAR", "APR", "MAY", "JUN"][usize::try_from(month % 6).unwrap_or(0)]
            ),
        }
    }

    /// Fills a pattern; mostly in capitals, as banks print.
    pub(crate) fn fill(&mut self, pattern: &str, name: &str) -> String {
        let mut words = Vec::new();
        for word in pattern.split(' ') {
            words.push(self.filled(word, name));
        }
        let text = words.join(" ");
        match self.chance.below(6) {
            0 => text,
            1 => text.to_lowercase(),
            _ => text.to_uppercase(),
        }
    }

    /// A word, its place-holder exchanged; what sticks to it stays.
    fn filled(&mut self, word: &str, name: &str) -> String {
        for key in ["NAME", "PERSON", "CITY", "REF"] {
            // Only a whole word, or one that a mark sets apart.
            if let Some((before, after)) = word.split_once(key)
                && !before.ends_with(char::is_alphabetic)
                && !after.starts_with(char::is_alphabetic)
            {
                let value = match key {
                    "NAME" => name.to_owned(),
                    "PERSON" => self.person(),
                    "CITY" => self.word(PLACES).to_owned(),
                    _ => self.reference(),
                };
                return format!("{before}{value}{after}");
            }
        }
        match word {
            "CO" => self.firm(),
            "ST" => self.word(STATES).to_owned(),
            "WORD" => self.word(PURPOSES).to_owned(),
            "D" => self.date(),
            _ => self.numbered(word),
        }
    }

    /// `#N4`: four digits behind a mark.
    fn numbered(&mut self, word: &str) -> String {
        let Some((before, after)) = word.split_once('N') else { return word.to_owned() };
        let count = after.chars().next().and_then(|c| c.to_digit(10));
        match count {
            Some(count) if !before.ends_with(|c: char| c.is_alphabetic() && c != 'S') => {
                format!("{before}{}{}", self.chance.digits(count as usize), &after[1..])
            }
            _ => word.to_owned(),
        }
    }
}
