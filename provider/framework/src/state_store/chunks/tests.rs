use bytes::Bytes;
use proptest::prelude::*;

use super::{BrokenTransfer, Chunk, ChunkSize, Incoming, MAX_STATE_SIZE};

fn chunk(total: i64, start: i64, bytes: &[u8]) -> Chunk {
    Chunk {
        total,
        range: Some((start, start + super::position(bytes.len()) - 1)),
        bytes: Bytes::copy_from_slice(bytes),
    }
}

/// What becomes of these parts, at most four bytes each.
fn transfer(chunks: &[Chunk]) -> Result<Bytes, BrokenTransfer> {
    let mut incoming = Incoming::new(ChunkSize(4));
    for chunk in chunks {
        incoming.push(chunk)?;
    }
    incoming.finish()
}

#[test]
fn the_size_agreed_on_is_what_terraform_proposes_within_its_own_bounds() {
    for (proposed, agreed) in [
        (8 << 20, 8 << 20),
        (1, 1),
        (128 << 20, 128 << 20),
        ((128 << 20) + 1, 128 << 20),
        (i64::MAX, 128 << 20),
        (0, 8 << 20),
        (-1, 8 << 20),
        (i64::MIN, 8 << 20),
    ] {
        assert_eq!(ChunkSize::agreed(proposed).as_i64(), agreed, "{proposed}");
    }
}

#[test]
fn every_part_but_the_last_is_as_large_as_agreed() {
    for (length, parts) in [(0, 0), (1, 1), (3, 1), (4, 1), (5, 2), (8, 2), (9, 3)] {
        let state = Bytes::from(vec![7; length]);
        let chunks: Vec<Chunk> = ChunkSize(4).split(state).collect();
        assert_eq!(chunks.len(), parts, "{length}");
        for whole in chunks.iter().rev().skip(1) {
            assert_eq!(whole.bytes.len(), 4, "{length}");
        }
        let last = chunks.last().and_then(|last| last.range);
        assert!(last.is_none_or(|(_, end)| end + 1 == super::position(length)));
    }
}

#[test]
fn what_is_no_state_says_why() {
    let whole = [chunk(6, 0, b"abcd"), chunk(6, 4, b"ef")];
    assert_eq!(transfer(&whole).unwrap(), "abcdef");
    let smaller_parts = [chunk(3, 0, b"a"), chunk(3, 1, b"bc")];
    assert_eq!(transfer(&smaller_parts).unwrap(), "abc");

    let [first, second] = whole;
    let broken = |chunks: &[Chunk]| transfer(chunks).unwrap_err();
    let out_of_place = |start, expected| BrokenTransfer::OutOfPlace { start, expected };
    assert_eq!(broken(&[]), BrokenTransfer::Nothing);
    for total in [0, -1, i64::MIN] {
        let claimed = chunk(total, 0, b"a");
        assert_eq!(broken(&[claimed]), BrokenTransfer::NoLength(total));
    }
    for total in [MAX_STATE_SIZE + 1, i64::MAX] {
        let claimed = chunk(total, 0, b"a");
        assert_eq!(broken(&[claimed]), BrokenTransfer::TooLarge(total));
    }
    assert_eq!(
        broken(&[first.clone(), chunk(7, 4, b"ef")]),
        BrokenTransfer::AnotherLength { before: 6, now: 7 }
    );
    let unplaced = Chunk {
        range: None,
        ..second.clone()
    };
    assert_eq!(broken(&[first.clone(), unplaced]), BrokenTransfer::NoRange);
    assert_eq!(
        broken(&[first.clone(), chunk(6, 4, b"")]),
        BrokenTransfer::EmptyPart
    );
    assert_eq!(
        broken(&[chunk(6, 0, b"abcde")]),
        BrokenTransfer::PartTooLarge { size: 5, agreed: 4 }
    );
    // Out of order, overlapping, with a gap, the same again, before the beginning.
    assert_eq!(broken(std::slice::from_ref(&second)), out_of_place(4, 0));
    for start in [3, 5, 0, -2, i64::MIN] {
        assert_eq!(
            broken(&[first.clone(), chunk(6, start, b"e")]),
            out_of_place(start, 4)
        );
    }
    assert_eq!(
        broken(&[first.clone(), chunk(6, 4, b"efg")]),
        BrokenTransfer::BeyondTheEnd { total: 6 }
    );
    for end in [4, 6, -1, i64::MAX, i64::MIN] {
        let lying = Chunk {
            range: Some((4, end)),
            ..second.clone()
        };
        assert_eq!(
            broken(&[first.clone(), lying]),
            BrokenTransfer::AnotherRange {
                size: 2,
                start: 4,
                end
            }
        );
    }
    assert_eq!(
        broken(std::slice::from_ref(&first)),
        BrokenTransfer::EndedEarly {
            received: 4,
            total: 6
        }
    );
}

#[test]
fn a_length_that_is_only_claimed_takes_no_memory() {
    let counted = allocation_counter::measure(|| {
        let mut incoming = Incoming::new(ChunkSize::agreed(i64::MAX));
        incoming.push(&chunk(MAX_STATE_SIZE, 0, b"a")).unwrap();
    });
    assert!(counted.bytes_total < 4096, "{counted:?}");
}

proptest! {
    #[test]
    fn what_is_cut_up_comes_together_again(
        state in proptest::collection::vec(any::<u8>(), 1..300),
        size in 1_usize..400,
    ) {
        let size = ChunkSize(size);
        let mut incoming = Incoming::new(size);
        for chunk in size.split(Bytes::from(state.clone())) {
            incoming.push(&chunk).unwrap();
        }
        prop_assert_eq!(incoming.finish().unwrap(), state);
    }

    #[test]
    fn parts_of_any_kind_are_never_a_panic_and_never_a_state_that_was_not_sent(
        parts in proptest::collection::vec(
            (any::<i64>(), any::<i64>(), any::<i64>(), proptest::collection::vec(any::<u8>(), 0..6)),
            0..5,
        ),
        near in any::<bool>(),
    ) {
        let small = |number: i64| if near { number.rem_euclid(12) } else { number };
        let chunks: Vec<Chunk> = parts
            .into_iter()
            .map(|(total, start, end, bytes)| Chunk {
                total: small(total),
                range: Some((small(start), small(end))),
                bytes: bytes.into(),
            })
            .collect();
        if let Ok(state) = transfer(&chunks) {
            let sent: Vec<u8> = chunks.iter().flat_map(|chunk| chunk.bytes.to_vec()).collect();
            prop_assert_eq!(state, sent);
        }
    }
}
