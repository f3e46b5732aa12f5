import type { Job } from '../../../bot/feature.ts'
import { addressesOf, enqueue } from '../../../bot/outbox/enqueue.ts'
import { askerOf, scopeOf } from '../../../bot/policy.ts'
import { addDays } from '../../../core/calendar/time.ts'
import { speaker } from '../../../core/text.ts'
import * as policy from '../policy.ts'
import { listsEnded } from '../store.ts'
import { progressCard } from './cards.ts'
import { leftOut, progressOf, readersOf } from './store.ts'

/** A service that was away so long still says how a list ended. */
const DAYS_LATE = 3

/** The morning after a list's last day: how it ended, to whoever shared it out and to those whose people had it. */
export const reportEnded: Job = {
  name: 'lists-ended',
  at: () => '08:19',
  catchUpHours: 12,
  async run({ database, log, wake }, at) {
    const { today } = at
    const ended = await listsEnded(database.prisma, addDays(today, -DAYS_LATE), addDays(today, -1))
    for (const list of ended) {
      await database.transaction(async (tx) => {
        const left = await leftOut(tx, list.id)
        for (const reader of await readersOf(tx, list)) {
          const [address] = await addressesOf(tx, [reader.id])
          if (!address) continue
          const { language } = reader
          const people = await progressOf(tx, list.id, scopeOf(askerOf(policy.seeLists, reader)))
          const card = progressCard(list, people, left, true, { today, language })
          const say = speaker(language)
          const title = say(`名单结束：${list.name}`, `List ended: ${list.name}`)
          const letter = {
            ...{ channel: address.channel, conversation: address.conversation },
            ...{ card: { ...card, title }, replaces: null, notBefore: at.now },
            onceKey: `list:${list.id}:ended:${list.endsOn}:${reader.id}`,
          }
          await enqueue(tx, [letter], at.now)
        }
      })
    }
    if (ended.length > 0) log.info({ lists: ended.length }, 'lists ended')
    wake()
  },
}
