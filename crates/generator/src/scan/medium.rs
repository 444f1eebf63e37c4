//! The ways in which a printed page becomes a picture.

use super::photo::photographed;
use super::{Bitmap, Codec, Damage, pages, scanned_pdf};
use crate::random::Random;

/// How a page became a picture, and what that did to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Medium {
    /// A good scanner, laid in straight.
    Clean,
    /// A good scanner; each page leans by up to a degree and a half.
    Skew,
    /// A worn scanner: gray paper, grain, dust, soft letters.
    Noise,
    /// Black and white over a telephone line, a little crooked, with dust.
    Fax,
    /// A telephone's camera: a page on a darker table, seen at an angle, in uneven light.
    Photo,
}

impl Medium {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Clean, Self::Skew, Self::Noise, Self::Fax, Self::Photo];

    /// As it is asked for.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Skew => "skew",
            Self::Noise => "noise",
            Self::Fax => "fax",
            Self::Photo => "photo",
        }
    }

    /// The medium of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|medium| medium.name() == name)
    }

    /// The pages of one of our PDF files, `dpi` pixels an inch, as they come out of it: a file whose pages are pictures. The
    /// same seed gives the same damage.
    ///
    /// # Panics
    /// Where the file is none of ours.
    #[must_use]
    pub fn of(self, document: &[u8], dpi: u32, seed: u64) -> Vec<u8> {
        let mut random = Random::new(seed);
        let pictures: Vec<Bitmap> =
            pages(document, dpi).iter().map(|page| self.picture(page, &mut random)).collect();
        scanned_pdf(&pictures, self.codec())
    }

    const fn codec(self) -> Codec {
        match self {
            Self::Clean | Self::Skew => Codec::Dct(85),
            Self::Noise => Codec::Dct(75),
            Self::Fax => Codec::FaxGroup4,
            Self::Photo => Codec::Dct(80),
        }
    }

    fn picture(self, page: &Bitmap, random: &mut Random) -> Bitmap {
        let mut lean = |most: i64| random.between(-most, most) as f32 / 10.0;
        let damage = match self {
            Self::Clean => return page.clone(),
            Self::Skew => Damage { lean: lean(15), ..Damage::NONE },
            Self::Noise => {
                Damage { lean: lean(3), noise: 20, dots: 60, blur: 1, contrast: 200, ..Damage::NONE }
            }
            Self::Fax => Damage { lean: lean(6), noise: 12, dots: 15, ..Damage::NONE },
            Self::Photo => Damage { noise: 7, blur: 1, contrast: 225, ..Damage::NONE },
        };
        let seed = random.fork();
        let page = if self == Self::Photo { photographed(page, random) } else { page.clone() };
        let damaged = damage.apply_with(&page, seed);
        if self == Self::Fax { damaged.bilevel() } else { damaged }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_their_media() {
        for medium in Medium::ALL {
            assert_eq!(Medium::named(medium.name()), Some(medium));
        }
        assert_eq!(Medium::named("carbon copy"), None);
    }

    #[test]
    fn the_same_seed_damages_alike_and_another_does_not() {
        let document = crate::design::make(1).document;
        for medium in Medium::ALL {
            let scan = |seed| medium.of(&document, 72, seed);
            assert!(scan(1) == scan(1), "{medium:?}");
            assert_eq!(scan(1) == scan(2), medium == Medium::Clean, "{medium:?}");
        }
    }
}
