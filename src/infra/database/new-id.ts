/**
 * SQL for a new id, larger than those of earlier milliseconds, as `newId` makes them (UUID version 7,
 * RFC 9562): rows made together lie together in their index, where they are looked for together.
 */
export const NEW_ID = `encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing
  substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
  52, 1), 53, 1), 'hex')::uuid`
