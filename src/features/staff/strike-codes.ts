import type { Job } from '../../bot/feature.ts'
import { strikeDeadCodes } from '../../bot/inbox/sender/codes.ts'

/** Binding codes that were used or ran out stand nowhere any more. */
export const strikeCodes: Job = {
  name: 'strike-codes',
  at: () => '03:23',
  catchUpHours: 20,
  run: ({ database }, { now }) => database.transaction((tx) => strikeDeadCodes(tx, now)),
}
