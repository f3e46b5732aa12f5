const SINCE_1970 = 'extract(epoch from clock_timestamp())'

/**
 * SQL for a new id in the order of making (UUID version 7, RFC 9562, with the fraction of the
 * millisecond in the 12 bits after the version: its method 3). Rows made together lie together in
 * their index, and fill its pages, as each comes behind the last.
 */
export const NEW_ID = `encode(overlay(overlay(uuid_send(gen_random_uuid())
  placing substring(int8send(floor(${SINCE_1970} * 1000)::bigint) from 3) from 1 for 6)
  placing substring(int4send((28672 + floor(${SINCE_1970} * 4096000)::bigint % 4096)::int) from 3) from 7 for 2),
  'hex')::uuid`
