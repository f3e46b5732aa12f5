import type { Job } from '../../../bot/feature.ts'
import { playbookOn } from '../../playbook/store.ts'
import { askForThinFiles, closeThinFiles } from '../../tasks/care/thin-files.ts'

/** Each night, after tiers were decided: who has to complete which file, and who has done so. */
export const askThinFiles: Job = {
  name: 'ask-thin-files',
  at: () => '05:20',
  catchUpHours: 15,
  async run({ database, log }, at) {
    const done = await closeThinFiles(database.wholeBook, null, null, at.now)
    const playbook = await playbookOn(database.prisma, at.today)
    const asked = await askForThinFiles(database.wholeBook, playbook, at)
    log.info({ asked, done }, 'thin files')
  },
}
