//! Inputs made from others, the same ones in every run.

use fastrand::Rng;

/// What breaks readers: lengths that lie, ends of ranges, the beginnings of every kind of value.
const FRAGMENTS: [&[u8]; 16] = [
    b"\xdd\xff\xff\xff\xff",
    b"\xdf\xff\xff\xff\xff",
    b"\xdb\xff\xff\xff\xff",
    b"\xc9\xff\xff\xff\xff\x0c",
    b"\xc1",
    b"\xc0",
    b"\xd4\x00\x00",
    b"\xcb\x7f\xf0\x00\x00\x00\x00\x00\x00",
    b"\x91\x91\x91\x91\x91\x91\x91\x91",
    b"[[[[[[[[",
    b"{\"a\":",
    b"\\ud800",
    b"1e999999999",
    b"\xff\xfe",
    b"/",
    b"[::]:0",
];

/// The next input: one of `inputs`, changed in a few places.
pub fn mutated(rng: &mut Rng, inputs: &[Vec<u8>]) -> Vec<u8> {
    let mut input = pick(rng, inputs);
    for _ in 0..rng.usize(1..5) {
        let at = rng.usize(0..=input.len());
        let to = rng.usize(at..=input.len().min(at + 16));
        match rng.u8(0..7) {
            0 => input.truncate(at),
            1 => drop(input.drain(at..to)),
            2 => input.insert(at, rng.u8(..)),
            3 => splice(&mut input, at, rng.choice(FRAGMENTS).unwrap_or_default()),
            4 => {
                let piece = input[at..to].to_vec();
                splice(&mut input, at, &piece.repeat(rng.usize(1..20)));
            }
            5 => {
                let other = pick(rng, inputs);
                let from = rng.usize(0..=other.len());
                input.truncate(at);
                input.extend_from_slice(&other[from..]);
            }
            _ => {
                if let Some(byte) = input.get_mut(at) {
                    *byte ^= 1 << rng.u8(0..8);
                }
            }
        }
    }
    input
}

fn pick(rng: &mut Rng, inputs: &[Vec<u8>]) -> Vec<u8> {
    rng.choice(inputs).cloned().unwrap_or_default()
}

fn splice(input: &mut Vec<u8>, at: usize, piece: &[u8]) {
    input.splice(at..at, piece.iter().copied());
}
