import { dayEnd, type Moment } from '../../../bot/moment.ts'
import { addressesOf, enqueue } from '../../../bot/outbox/enqueue.ts'
import { instantOf } from '../../../core/calendar/time.ts'
import type { Card } from '../../../core/card.ts'
import type { Language } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { playbookOn } from '../../playbook/store.ts'
import type { Remindable, Reminded, Reminding } from './rules.ts'

/** What decides which of these people are reminded. */
export async function loadReminding<Person extends Remindable>(
  tx: Queries,
  people: readonly Person[],
  { today }: Pick<Moment, 'today'>,
): Promise<Reminding<Person>> {
  const ids = people.map(({ id }) => id)
  const { quietHours } = await playbookOn(tx, today)
  return { people, addresses: await addressesOf(tx, ids), quietHours }
}

/** Queues what is said to each who is reminded, today or never. `keyOf`: what says that it is said to them once. */
export async function sendReminders<Person extends Remindable>(
  tx: Queries,
  { reminded, addresses, hour }: Reminded<Person>,
  keyOf: (staffId: string) => string,
  compose: (person: Person, language: Language) => Card,
  at: Moment,
): Promise<void> {
  const notBefore = hour === null ? at.now : instantOf(at.today, hour, at.timezone)
  const letters = reminded.flatMap((person) => {
    const to = addresses.find(({ staffId }) => staffId === person.id)
    if (!to) return []
    const { channel, conversation, language } = to
    const card = compose(person, language)
    const sending = { onceKey: keyOf(person.id), replaces: null, notBefore, staleAt: dayEnd(at) }
    return [{ channel, conversation, card, ...sending }]
  })
  await enqueue(tx, letters, at.now)
}
