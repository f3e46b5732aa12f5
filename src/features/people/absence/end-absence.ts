import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { textCard } from '../../../core/card.ts'
import { Refusal, refuse } from '../../../core/decision.ts'
import { speaker } from '../../../core/text.ts'
import * as policy from '../policy.ts'
import { absentOf } from './absent.ts'
import { readBack } from './phrases.ts'
import { type Absence, absencesOf, cancelAbsences } from './store.ts'

interface Back {
  readonly absent: { readonly id: string; readonly name: string }
  readonly own: readonly Absence[]
}

/** Back at work: absences that hold or are to come are over; of somebody else's, the lead says it. */
export const endAbsence = command<{ person?: string | undefined }, Back, Back>({
  name: 'end-absence',
  may: policy.beAbsent,
  help: {
    usage: { zh: '销假', en: 'back' },
    purpose: { zh: '取消请假，清单由您自己办', en: 'you are back; your list is yours again' },
  },
  phrases: {
    words: ['销假', '取消请假', '不请假了', 'back', 'cancel leave'],
    read: readBack,
  },
  input: z.object({ person: z.string().trim().min(1).max(40).optional() }),
  async load(tx, { person }, { who, reach, at }) {
    const absent = await absentOf(tx, person, { who, reach })
    if (absent instanceof Refusal) return absent
    const absences = await absencesOf(tx, [absent.id], at.today)
    const own = absences.filter(({ staffId }) => staffId === absent.id)
    if (own.length > 0) return { absent, own }
    return absent.id === who.id
      ? refuse('您没有登记请假。', 'You are not registered as away.')
      : refuse(`${absent.name} 没有登记请假。`, `${absent.name} is not registered as away.`)
  },
  decide: (back) => back,
  async save(tx, { absent, own }, { who, at, tell }) {
    await cancelAbsences(
      tx,
      own.map(({ id }) => id),
      at.now,
    )
    for (const standIn of new Set(own.map(({ standInId }) => standInId))) {
      await tell(standIn, (language) =>
        textCard(
          speaker(language)(
            `${absent.name}已销假，不用再代班。谢谢。`,
            `${absent.name} is back; you need not stand in any more. Thank you.`,
          ),
        ),
      )
    }
    if (absent.id === who.id) return
    await tell(absent.id, (language) =>
      textCard(
        speaker(language)(
          `${who.name}替您销假了，清单由您自己办。发"今日"看清单。`,
          `${who.name} registered that you are back; your list is yours again. Say "today".`,
        ),
      ),
    )
  },
  reply({ absent, own }, _facts, { say, who }) {
    const standIns = own.map(({ standInName }) => standInName)
    if (absent.id !== who.id) {
      return textCard(
        say(
          `已替 ${absent.name} 销假，${standIns.join('、')} 不再代班。`,
          `${absent.name} is back; ${standIns.join(', ')} no longer stands in.`,
        ),
      )
    }
    return textCard(
      say(
        `已销假，${standIns.join('、')} 不再代班。发"今日"看您的清单。`,
        `Welcome back; ${standIns.join(', ')} no longer stands in. Say "today" for your list.`,
      ),
    )
  },
})
