use super::*;
use crate::embedded::EMBEDDED;

fn message(text: &RulebookText<'_>) -> String {
    Rulebook::parse(text).err().map(|error| error.to_string()).unwrap_or_default()
}

#[test]
fn the_shipped_data_loads() {
    let rules = Rulebook::embedded().unwrap();
    assert_eq!(rules.taxonomy().leaves().len(), 110);
}

#[test]
fn faults_are_refused_where_they_stand() {
    let merchants = |line: &str| format!("{}{line}\n", EMBEDDED.merchants);
    let last = EMBEDDED.merchants.lines().count() + 1;
    for (line, expected) in [
        (
            "food.coffee: starbucks",
            format!("merchants.txt:{last}: `starbucks` stands here for the second time"),
        ),
        (
            "food.groceries: star bucks",
            format!("merchants.txt:{last}: `star bucks` stands here for the second time"),
        ),
        ("food.nothing: acme", format!("merchants.txt:{last}: `food.nothing` is not a leaf of the taxonomy")),
        ("food.coffee: Acme", format!("merchants.txt:{last}: `Acme` is not written as this file needs it")),
        ("food.coffee", format!("merchants.txt:{last}: `food.coffee` is not written as this file needs it")),
    ] {
        assert_eq!(message(&RulebookText { merchants: &merchants(line), ..EMBEDDED }), expected);
    }
    let strengths = "trade: no such alias\n";
    assert_eq!(message(&RulebookText { strengths, ..EMBEDDED }), "merchants.txt: `no such alias` is missing");
    let turns = "id,turned,says\nfood.coffee,food.groceries,x\n";
    assert!(
        message(&RulebookText { turns, ..EMBEDDED }).contains("turns.csv:2: `food.groceries` does not fit")
    );
    let turns = EMBEDDED.turns.replace("food.coffee,adj.refund,money in from a shop is a refund\n", "");
    assert_eq!(message(&RulebookText { turns: &turns, ..EMBEDDED }), "turns.csv: `food.coffee` is missing");
    let taxonomy = format!("{}{}\n", EMBEDDED.taxonomy, "unc.unknown,U,U,x,both,x,x,");
    assert!(message(&RulebookText { taxonomy: &taxonomy, ..EMBEDDED }).contains("second time"));
    let taxonomy = EMBEDDED.taxonomy.replacen(",INCOME_GIG_ECONOMY,", ",,", 1);
    assert!(message(&RulebookText { taxonomy: &taxonomy, ..EMBEDDED }).contains("`rev.gig` is not written"));
    let channels = "phrase,channel\npos,card\npos,ach\n";
    assert!(message(&RulebookText { channels, ..EMBEDDED }).contains("channels.csv:3"));
    let channels = "phrase,channel\npos,pigeon\n";
    assert_eq!(message(&RulebookText { channels, ..EMBEDDED }), "channels.csv is not readable as CSV");
    let processors = "prefix,processor,merchant_follows,leaf\nsq,Square,perhaps,\n";
    assert!(message(&RulebookText { processors, ..EMBEDDED }).contains("`perhaps`"));
    let words = "colour: red\n";
    assert!(message(&RulebookText { words, ..EMBEDDED }).contains("`colour`"));
}

#[test]
fn rules_are_refused_with_their_place() {
    let rule = |body: &str| {
        format!("version: 1\nrules:\n  - id: a\n    says: x\n    strength: strong\n{body}tags: []\n")
    };
    for (body, expected) in [
        ("    phrases: [acme]\n    in: food.coffee\n", "does not fit this direction"),
        ("    phrases: [acme]\n    out: food.nothing\n", "not a leaf"),
        ("    phrases: [Acme]\n    out: food.coffee\n", "folded words"),
        ("    phrases: [acme]\n", "needs a leaf"),
        ("    phrases: [acme, acme]\n    out: food.coffee\n", "already has a meaning"),
        ("    phrases: [acme]\n    out: food.coffee\n    tags: [p2p]\n", "not a row tag"),
        ("    phrases: [acme]\n    out: food.coffee\n    colour: red\n", "colour"),
        ("    phrases: [acme]\n    in: lout.credit_card\n", "does not fit this direction"),
    ] {
        let message = message(&RulebookText { rules: &rule(body), ..EMBEDDED });
        assert!(message.contains(expected) && message.contains("rules.yaml:"), "{message}");
    }
    let good = rule("    phrases: [acme]\n    in: lout.credit_card\n    account: card\n");
    assert_eq!(message(&RulebookText { rules: &good, ..EMBEDDED }), "");
}

#[test]
fn a_model_that_is_not_whole_or_not_of_this_taxonomy_is_refused() {
    let mut other = EMBEDDED.model.to_vec();
    other[8] ^= 1;
    let longer = [EMBEDDED.model, &[0]].concat();
    let shorter = &EMBEDDED.model[..EMBEDDED.model.len() - 1];
    for (model, why) in [
        (&b""[..], "magic"),
        (&other[..], "another taxonomy"),
        (&longer[..], "more bytes"),
        (shorter, "weights"),
    ] {
        let message = message(&RulebookText { model, ..EMBEDDED });
        assert!(message.contains("categories.model") && message.contains(why), "{message}");
    }
}
