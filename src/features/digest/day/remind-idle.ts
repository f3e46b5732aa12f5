import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { textCard } from '../../../core/card.ts'
import { Choice, Refusal, refuse } from '../../../core/decision.ts'
import { bookMeant } from '../../pipeline/book-meant.ts'
import { remindedSaid } from '../../tasks/remind/cards.ts'
import { loadReminding, sendReminders } from '../../tasks/remind/remind-people.ts'
import {
  MOST_REMINDED,
  type Reminded,
  type Reminding,
  sortReminders,
} from '../../tasks/remind/rules.ts'
import { reminderCard } from './cards.ts'
import * as policy from './policy.ts'
import { type PersonDay, reminderKey } from './rules.ts'
import { SUMMARY_WORDS } from './show-day.ts'
import { peopleOf } from './store.ts'

const input = z.object({ of: z.string().trim().min(1).max(40).optional() })

/** One tap: whoever logged nothing today is reminded, once a day, in their language; who and who not is said. */
export const remindIdle = command<z.infer<typeof input>, Reminding<PersonDay>, Reminded<PersonDay>>(
  {
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
      return loadReminding(tx, people, at)
    },
    decide: (facts, _input, { at }) =>
      facts.people.length === 0
        ? refuse('今天在岗的都登记了，不用提醒。', 'Everybody at work has logged something today.')
        : sortReminders(facts, at),
    save: (tx, done, { who, at }) =>
      sendReminders(
        tx,
        done,
        (staffId) => reminderKey(at.today, staffId),
        (person, language) => reminderCard(who.name, person, language),
        at,
      ),
    reply: (done, _facts, { who }) => textCard(remindedSaid(done, who.language)),
  },
)
