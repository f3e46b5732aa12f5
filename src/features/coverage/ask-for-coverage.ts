import type { Job } from '../../bot/feature.ts'
import { playbookOn } from '../playbook/store.ts'
import { askForCoverage, closeCovered } from './store.ts'

/** Each night, after tiers were decided: who is to offer which client what, and who has done so. */
export const askForGaps: Job = {
  name: 'ask-for-coverage',
  at: () => '05:25',
  catchUpHours: 15,
  async run({ database, log }, at) {
    const done = await closeCovered(database.wholeBook, at)
    const playbook = await playbookOn(database.prisma, at.today)
    const asked = await askForCoverage(database.wholeBook, playbook, at)
    log.info({ asked, done }, 'key products')
  },
}
