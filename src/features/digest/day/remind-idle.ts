import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { dayEnd } from '../../../bot/moment.ts'
import { type Address, addressesOf, enqueue } from '../../../bot/outbox/enqueue.ts'
import { instantOf, timeIn } from '../../../core/calendar/time.ts'
import { textCard } from '../../../core/card.ts'
import { Choice, Refusal, refuse } from '../../../core/decision.ts'
import { bookMeant } from '../../pipeline/book-meant.ts'
import { type Hours, quietAt } from '../../playbook/contact-rules.ts'
import { playbookOn } from '../../playbook/store.ts'
import { type Reminded, remindedSaid, reminderCard } from './cards.ts'
import * as policy from './policy.ts'
import { MOST_REMINDED, type PersonDay, reminderKey, whyNot } from './rules.ts'
import { SUMMARY_WORDS } from './show-day.ts'
import { peopleOf } from './store.ts'

const input = z.object({ of: z.string().trim().min(1).max(40).optional() })

interface Facts {
  readonly idle: readonly PersonDay[]
  readonly addresses: readonly Address[]
  readonly quietHours: readonly Hours[]
}
interface Reminding extends Reminded {
  readonly addresses: readonly Address[]
}

/** One tap: whoever logged nothing today is reminded, once a day, in their language; who and who not is said. */
export const remindIdle = command<z.infer<typeof input>, Facts, Reminding>({
  name: 'remind-idle',
  may: policy.remindIdle,
  help: {
    usage: { zh: '催一下没登记的', en: 'remind those without an entry' },
    purpose: {
      zh: '提醒今天还没登记的人，一人一天一次',
      en: 'reminds whoever logged nothing today, once a day',
    },
  },
  phrases: {
    words: [],
    shape:
      /^(?:催|提醒)(?:一?下|一催)?(?:今天)?(?:还?(?:没有?|未)(?:做|登记|动|打)(?:过?电话)?的(?:人|同事|几个)?|零登记的?)[。!！]*$|^remind (?:those|people|everybody) without (?:an entry|entries)\.?$/i,
    read: () => ({ kind: 'understood', input: {} }),
  },
  input,
  async load(tx, { of }, { who, reach, at }) {
    const book = await bookMeant(tx, { who, reach }, of, SUMMARY_WORDS)
    if (book instanceof Refusal || book instanceof Choice) return book
    const { people } = await peopleOf(tx, book, at, {
      ...{ since: at.today, from: 0, most: MOST_REMINDED, idle: true },
    })
    const { quietHours } = await playbookOn(tx, at.today)
    const addresses = await addressesOf(
      tx,
      people.map(({ id }) => id),
    )
    return { idle: people, addresses, quietHours }
  },
  decide({ idle, addresses, quietHours }, _input, { at }): Reminding | Refusal {
    if (idle.length === 0) {
      return refuse(
        '今天在岗的都登记了，不用提醒。',
        'Everybody at work has logged something today.',
      )
    }
    const time = timeIn(at.now, at.timezone)
    const quiet = quietAt(quietHours, time)
    if (quiet && quiet.until <= time) {
      return refuse(
        `现在是免打扰时段（${quiet.from}-${quiet.until}），今天不再提醒；明天再说。`,
        `It is quiet (${quiet.from}-${quiet.until}) until tomorrow, so nobody was reminded.`,
      )
    }
    const why = (person: PersonDay) =>
      whyNot(person, {
        works: at.workdays.of(person.unitPath).isWorkday(at.today),
        reached: addresses.some(({ staffId }) => staffId === person.id),
      })
    const groups = Map.groupBy(idle, why)
    const reminded = groups.get(null) ?? []
    const others = [...groups].flatMap(([reason, people]) =>
      reason === null ? [] : [[reason, people] as const],
    )
    return { reminded, others, addresses, at: quiet?.until ?? null }
  },
  async save(tx, { reminded, addresses, at: hour }, { who, at }) {
    const notBefore = hour === null ? at.now : instantOf(at.today, hour, at.timezone)
    const letters = reminded.flatMap((person) => {
      const to = addresses.find(({ staffId }) => staffId === person.id)
      if (!to) return []
      const { channel, conversation, language } = to
      const card = reminderCard(who.name, person, language)
      const onceKey = reminderKey(at.today, person.id)
      return [
        { channel, conversation, card, onceKey, replaces: null, notBefore, staleAt: dayEnd(at) },
      ]
    })
    await enqueue(tx, letters, at.now)
  },
  reply: (done, _facts, { who }) => textCard(remindedSaid(done, who.language)),
})
