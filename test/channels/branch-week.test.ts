/** @module-tag long */

import { describe } from 'vitest'
import { branchWeek } from '../conversations/branch-week.ts'
import { SERVICES, wiredBank } from './wired-bank.ts'

describe.each(Object.entries(SERVICES))('a week of a branch on %s', (_, open) => {
  branchWeek(() => wiredBank(open))
})
