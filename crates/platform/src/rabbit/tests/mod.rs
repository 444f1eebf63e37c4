//! Against a real broker on loopback: `SMARTEXUS_TEST_AMQP_URL`, or the default port. Its absence is a failure.

mod broken;
mod crowd;
mod hearing;
mod overhang;
mod refused;
mod rig;
mod wire;
