import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { dayField } from '../../../bot/grammar/fields.ts'
import { type Day, sayDay } from '../../../core/calendar/time.ts'
import { Choice, Refusal, refuse } from '../../../core/decision.ts'
import { NOBODY } from '../../requests/ask.ts'
import { askedCard } from '../../requests/cards.ts'
import { findMember } from '../../staff/resolve-colleague.ts'
import { isAbove } from '../../staff/rules.ts'
import type { Named } from '../../staff/store.ts'
import * as policy from '../policy.ts'
import { askForPost, confirmersOf, type PostChange, personNow } from '../post/second-person.ts'
import { leftCard, standInLeftCard } from './cards.ts'
import { LEAVING_PHRASES } from './phrases.ts'
import { deactivate, type Holdings, holdingsOf } from './store.ts'

const input = z.object({
  person: z.string().trim().min(1).max(40),
  /** The last day, as it was said; null: today. */
  on: dayField,
  /** It is for good, so it is asked once. */
  sure: z.boolean().default(false),
})

interface Facts {
  readonly person: Named
  readonly held: Holdings
  readonly change: PostChange
  /** Who could be the second person, by name. */
  readonly confirmers: readonly string[]
}

interface Leaving extends Facts {
  readonly alone: boolean
}

const tooEarly = (name: string, on: Day, today: Day): Refusal =>
  refuse(
    `离职从登记的当天起生效，账号立即停用，所以没有提前登记。到 ${sayDay(on, today, 'zh')} 再发"离职 ${name}"；客户可以先交接：发"交接 ${name} 给 姓名"。`,
    `Leaving counts from the day it is registered, and the account ends at once; nothing was registered ahead. Say "left ${name}" on ${sayDay(on, today, 'en')}; the clients can be handed over before: "hand over ${name} to" and a name.`,
  )

/**
 * Somebody leaves: they get in no more, at once; their book waits for the hand-over. Whose role is not below
 * that of whoever says so leaves once a second person confirms.
 */
export const leaveBank = command<z.infer<typeof input>, Facts, Leaving>({
  name: 'leave-bank',
  may: policy.endAccount,
  help: {
    usage: { zh: '离职 M003', en: 'left M003' },
    purpose: {
      zh: '停用组员的账号，客户随后交接',
      en: 'somebody of your unit left: their account ends at once',
    },
  },
  phrases: LEAVING_PHRASES,
  input,
  async load(tx, { person: said }, asker) {
    const person = await findMember(tx, asker, said)
    if (person instanceof Refusal) return person
    const change = { before: await personNow(tx, person.code), after: null }
    const confirmers = await confirmersOf(tx, change, asker.who.id)
    return { person, held: await holdingsOf(tx, person.id), change, confirmers }
  },
  decide(facts, { sure, on }, { who, say, at }): Leaving | Refusal | Choice {
    const { person, held, confirmers } = facts
    if (on && on > at.today) return tooEarly(person.name, on, at.today)
    if (!person.active)
      return refuse(`${person.name} 已经离职。`, `${person.name} has left already.`)
    const alone = isAbove(who.role, person.role)
    if (!alone && confirmers.length === 0) return NOBODY
    if (sure || !alone) return { ...facts, alone }
    const { name, code } = person
    return new Choice(
      {
        zh: `${name}（${code}）今天离职？聊天账号立即停用，不能撤销；名下 ${held.clients} 位客户、${held.tasks} 件任务随后交接。`,
        en: `Does ${name} (${code}) leave today? Their chat account ends at once, for good; ${held.clients} clients and ${held.tasks} tasks are then handed over.`,
      },
      [
        {
          label: say('确认离职', 'Confirm'),
          intent: { command: 'leave-bank', input: { person: code, sure: true } },
        },
      ],
    )
  },
  async save(tx, { person, alone, change }, { at, who, tell }) {
    if (!alone) {
      const by = { askedBy: who.id, askedByName: who.name, reason: null }
      await askForPost(tx, change, by, { at, tell })
      return
    }
    for (const { staffId } of await deactivate(tx, [person.id], at.today, at.now)) {
      await tell(staffId, (language) => standInLeftCard(person.name, language))
    }
  },
  reply: ({ person, held, alone, confirmers }, _facts, { who }) =>
    alone ? leftCard(person, held, who.language) : askedCard(confirmers, who.language),
})
