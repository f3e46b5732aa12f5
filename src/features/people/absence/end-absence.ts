import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { wholeLine } from '../../../bot/grammar/reading.ts'
import { textCard } from '../../../core/card.ts'
import { refuse } from '../../../core/decision.ts'
import { speaker } from '../../../core/text.ts'
import * as policy from '../policy.ts'
import { type Absence, absencesOf, cancelAbsences } from './store.ts'

/** Back at work: absences of mine that hold or are to come are over. */
export const endAbsence = command<unknown, readonly Absence[], readonly Absence[]>({
  name: 'end-absence',
  may: policy.beAbsent,
  help: {
    usage: { zh: '销假', en: 'back' },
    purpose: { zh: '取消请假，清单由您自己办', en: 'you are back; your list is yours again' },
  },
  phrases: { words: ['销假', '取消请假', '不请假了', 'back', 'cancel leave'], read: wholeLine({}) },
  input: z.unknown(),
  async load(tx, _input, { who, at }) {
    const absences = await absencesOf(tx, [who.id], at.today)
    const own = absences.filter(({ staffId }) => staffId === who.id)
    return own.length > 0 ? own : refuse('您没有登记请假。', 'You are not registered as away.')
  },
  decide: (own) => own,
  async save(tx, own, { who, at, tell }) {
    await cancelAbsences(
      tx,
      own.map(({ id }) => id),
      at.now,
    )
    for (const standIn of new Set(own.map(({ standInId }) => standInId))) {
      await tell(standIn, (language) =>
        textCard(
          speaker(language)(
            `${who.name}已销假，不用再代班。谢谢。`,
            `${who.name} is back; you need not stand in any more. Thank you.`,
          ),
        ),
      )
    }
  },
  reply: (own, _facts, { say }) =>
    textCard(
      say(
        `已销假，${own.map(({ standInName }) => standInName).join('、')} 不再代班。发"今日"看您的清单。`,
        `Welcome back; ${own.map(({ standInName }) => standInName).join(', ')} no longer stands in. Say "today" for your list.`,
      ),
    ),
})
