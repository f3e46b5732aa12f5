import { createHash } from 'node:crypto'
import type { Share } from './rules.ts'

/** By which it is seen that a list still says the same. */
export const digestOf = (shares: readonly Share[]): string =>
  createHash('sha256')
    .update(
      shares
        .map(({ referrer, due, owed }) => `${referrer} ${due} ${owed}`)
        .toSorted()
        .join('\n'),
    )
    .digest('hex')
