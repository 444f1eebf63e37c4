//! How often the model is right when it says so, on names that neither it nor the lists know.

#![expect(clippy::float_arithmetic, reason = "shares, never money")]

use crate::generate::Row;
use crate::words;
use smartexus_categorize::Rulebook;
use smartexus_categorize::training::{STEPS, look, opinion};

/// Rows that every step is thought to have seen beside its own, half of them right.
const PRIOR: f32 = 4.0;

/// One table for each kind of hint: none, one that agrees, one that differs.
pub(crate) fn tables(rows: &[&Row], rules: &Rulebook) -> [[f32; STEPS + 1]; 3] {
    let mut right = [[PRIOR / 2.0; STEPS + 1]; 3];
    let mut all = [[PRIOR; STEPS + 1]; 3];
    let (mut seen_rows, mut hits) = (0_u32, 0_u32);
    for row in rows {
        let seen = look(&words(row), rules, row.without.as_deref());
        if !seen.asked {
            continue;
        }
        let Some((leaf, said)) = opinion(rules, &seen, row.direction) else { continue };
        let kind = match seen.hint {
            None => 0,
            Some(hint) if hint == leaf => 1,
            Some(_) => 2,
        };
        let step = (0..=STEPS).rev().find(|step| *step as f32 <= said * STEPS as f32 + 0.5).unwrap_or(0);
        all[kind][step] += 1.0;
        right[kind][step] += if leaf == row.leaf { 1.0 } else { 0.0 };
        seen_rows += 1;
        hits += u32::from(leaf == row.leaf);
    }
    println!("on names kept apart: {seen_rows} rows asked, {hits} right");
    let mut tables = [[0.0; STEPS + 1]; 3];
    for kind in 0..3 {
        tables[kind] = rising(&right[kind], &all[kind]);
        let shown: Vec<String> = tables[kind]
            .iter()
            .zip(&all[kind])
            .map(|(share, all)| format!("{share:.2}({})", all - PRIOR))
            .collect();
        println!("{}: {}", ["alone", "agrees", "differs"][kind], shown.join(" "));
    }
    tables
}

/// Shares that never fall as more is said: neighbours that do are pooled.
fn rising(right: &[f32; STEPS + 1], all: &[f32; STEPS + 1]) -> [f32; STEPS + 1] {
    let mut pools: Vec<(f32, f32, usize)> = Vec::new();
    for (right, all) in right.iter().zip(all) {
        pools.push((*right, *all, 1));
        while let [.., (r0, a0, n0), (r1, a1, n1)] = pools.as_slice()
            && r0 / a0 > r1 / a1
        {
            let pooled = (r0 + r1, a0 + a1, n0 + n1);
            pools.truncate(pools.len() - 2);
            pools.push(pooled);
        }
    }
    let mut shares = [0.0; STEPS + 1];
    let mut steps = shares.iter_mut();
    for (right, all, count) in pools {
        steps.by_ref().take(count).for_each(|share| *share = right / all);
    }
    shares
}
