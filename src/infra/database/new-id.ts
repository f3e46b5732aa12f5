/** 4096ths of a millisecond since 1970: its last 12 bits are the fraction. One look at the clock, as two may differ. */
const FRACTIONS = 'floor(extract(epoch from clock_timestamp()) * 4096000)::bigint'

/**
 * SQL for a new id in the order of making (UUID version 7, RFC 9562, with the fraction of the
 * millisecond in the 12 bits after the version: its method 3). Rows made together lie together in
 * their index, and fill its pages, as each comes behind the last.
 */
export const NEW_ID = `encode(overlay(uuid_send(gen_random_uuid())
  placing decode(overlay(lpad(to_hex(${FRACTIONS}), 15, '0') placing '7' from 13 for 0), 'hex') from 1 for 8),
  'hex')::uuid`
