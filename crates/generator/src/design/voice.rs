//! Which of its language's wordings a bank uses.

use super::axes::{Direction, Product, Voice};
use super::tongue::Tongue;
use crate::random::Random;

/// One wording for each thing.
pub(crate) fn voice(tongue: &Tongue, product: Product, direction: Direction, random: &mut Random) -> Voice {
    let mut one = |same: &[&'static str]| (*random.pick(same)).to_owned();
    let (date, value, text) = (one(tongue.date), one(tongue.value), one(tongue.text));
    let (amount, balance, kind) = (one(tongue.amount), one(tongue.balance), one(tongue.kind));
    let (reference, sign, total) = (one(tongue.reference), one(tongue.sign), one(tongue.total));
    let (period, number, summary) = (one(tongue.period), one(tongue.number), one(tongue.summary));
    let (page, legal) = (one(tongue.page), one(tongue.legal));
    let is_card = product == Product::Card;
    let title = one(if is_card { tongue.card.title } else { tongue.title });
    let (mut opening, mut closing) = (one(tongue.card.previous), one(tongue.card.new));
    let (mut total_out, mut total_in) = (one(tongue.card.purchases), one(tongue.card.payments));
    if !is_card {
        let is_plain = random.chance(45);
        let ends = random.pick(if is_plain { tongue.plain_ends } else { tongue.ends });
        (opening, closing) = (ends.0.to_owned(), ends.1.to_owned());
        let totals = random.pick(tongue.totals);
        (total_out, total_in) = (totals.0.to_owned(), totals.1.to_owned());
    }
    let columns = *random.pick(if is_card { tongue.card.columns } else { tongue.columns });
    let sections = *random.pick(if is_card { tongue.card.sections } else { tongue.sections });
    let rows =
        if is_card { (tongue.card.previous[0], tongue.card.new[0]) } else { *random.pick(tongue.plain_ends) };
    let carried = *random.pick(tongue.carried);
    let (sign, sign_out, sign_in) = sign_column(tongue, direction, sign, is_card);
    Voice {
        date,
        value,
        text,
        out: columns.0.to_owned(),
        into: columns.1.to_owned(),
        amount,
        balance,
        kind,
        reference,
        sign,
        opening,
        closing,
        row_opening: rows.0.to_owned(),
        row_closing: rows.1.to_owned(),
        brought: carried.0.to_owned(),
        carried: carried.1.to_owned(),
        total_out,
        total_in,
        total,
        section_out: sections.0.to_owned(),
        section_in: sections.1.to_owned(),
        title,
        period,
        number,
        summary,
        page,
        legal,
        notice: random.pick::<&'static [&'static str]>(tongue.notices),
        sign_out,
        sign_in,
    }
}

/// A sign column, its heading and its two words.
fn sign_column(
    tongue: &Tongue,
    direction: Direction,
    heading: String,
    is_card: bool,
) -> (String, &'static str, &'static str) {
    if direction != Direction::SignColumn {
        return (heading, "", "");
    }
    // What "+" means on a card depends on who speaks.
    let heading = if is_card && heading == "+/-" { tongue.kind[0].to_owned() } else { heading };
    let (out, into) = match (tongue.code, heading.as_str()) {
        (_, "+/-") => ("-", "+"),
        ("en", "Dr/Cr") => ("Dr", "Cr"),
        ("en", _) => ("D", "C"),
        ("de", _) => ("S", "H"),
        ("es", _) => ("D", "H"),
        ("it", _) => ("D", "A"),
        ("nl", "Af/Bij") => ("Af", "Bij"),
        _ => ("D", "C"),
    };
    (heading, out, into)
}
