//! See `Target::ALL` in `smartexus-simulation`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use smartexus_simulation::Target;

fuzz_target!(|bytes: &[u8]| {
    if let Some(target) = Target::named("xls") {
        (target.throw)(bytes);
    }
});
