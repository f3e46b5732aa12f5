import { z } from 'zod'
import { type Context, command } from '../../bot/command.ts'
import { dayField, timeField } from '../../bot/grammar/fields.ts'
import type { Asker } from '../../bot/policy.ts'
import { sayDay, sayWhen } from '../../core/calendar/time.ts'
import { Choice, Refusal, refuse } from '../../core/decision.ts'
import type { Queries } from '../../infra/database/index.ts'
import { clientRef, resolveClient } from '../clients/resolve-client.ts'
import { playbookOn } from '../playbook/store.ts'
import { goneFault, isGone } from '../tasks/hours-rules.ts'
import { appointmentsAt, isAtOnce } from '../tasks/list/at-once.ts'
import { keptCard } from './cards.ts'
import * as policy from './policy.ts'
import { givenAt, type Kept, USUAL_HOUR } from './rules.ts'
import { keepReminder, remindersOf } from './store.ts'
import { REMIND_PHRASES } from './words.ts'

const input = z.object({
  ...clientRef,
  dueOn: dayField,
  dueTime: timeField,
  note: z
    .string({ error: '请写提醒什么。 Please say of what.' })
    .trim()
    .min(1, '请写提醒什么。 Please say of what.')
    .max(500),
})
type Input = z.infer<typeof input>

/** A reminder of one's own, about a client or about nobody: `提醒我 明天下午3点 带合同`. */
export const remindMe = command<Input, Kept, Kept>({
  name: 'remind-me',
  may: policy.ownReminders,
  undoable: true,
  concurrency: () => [],
  help: {
    usage: { zh: '提醒我 明天下午3点 带合同', en: 'remind me tomorrow 3pm bring the contract' },
    purpose: {
      zh: '到时候提醒您；说了客户的名字，就带上客户',
      en: 'you are reminded then; name a client and it goes with them',
    },
  },
  phrases: REMIND_PHRASES,
  input,
  load,
  decide(kept, said, { at, who }) {
    const { dueOn, dueTime } = kept
    if (dueOn < at.today) {
      return refuse(
        `${dueOn} 已经过去，请给今天或以后的日期。`,
        `${dueOn} has gone by; give today or a later day.`,
      )
    }
    if (isGone(dueOn, dueTime, at)) return new Refusal(goneFault(dueTime))
    if (at.workdays.isWorkday(dueOn)) return kept
    const on = at.workdays.onOrAfter(dueOn)
    return new Choice(
      {
        zh: `${sayDay(dueOn, at.today, 'zh')}休息，那天不提醒。改到上班那天，或者换个日子再说一次？`,
        en: `${sayDay(dueOn, at.today, 'en')} is a day off, without reminders. On the next workday instead, or say it again with another day?`,
      },
      [
        {
          label: sayWhen({ dueOn: on, dueTime }, at.today, who.language),
          intent: { command: 'remind-me', input: { ...said, dueOn: on, dueTime } },
        },
      ],
    )
  },
  save: (tx, kept, { who, actId, at }) =>
    keepReminder(tx, kept, { staffId: who.id, actId, now: at.now }),
  reply: (kept, _facts, { at, who }) => keptCard(kept, at, who.language),
})

async function load(
  tx: Queries,
  said: Input,
  context: Context & Asker,
): Promise<Kept | Refusal | Choice> {
  const { who, at } = context
  const { note } = said
  const dueOn = said.dueOn ?? at.today
  const dueTime = said.dueTime ?? USUAL_HOUR
  const client =
    said.named || said.clientId
      ? await resolveClient(tx, context, said, { command: 'remind-me', input: said })
      : null
  if (client instanceof Choice || (client instanceof Refusal && said.clientId)) return client
  // A name in the note that is nobody's is a word of it.
  const about = client instanceof Refusal ? null : client
  const [{ quietHours }, appointments, reminders] = await Promise.all([
    playbookOn(tx, at.today),
    appointmentsAt(tx, { staffId: who.id, on: dueOn, time: dueTime }),
    remindersOf(tx, [who.id], { from: dueOn, until: dueOn }),
  ])
  const others = reminders
    .filter((each) => isAtOnce(each.dueTime, dueTime))
    .map((each) => ({ time: each.dueTime, what: each.note, clientId: each.clientId }))
  return {
    ...{ dueOn, dueTime, note, clientId: about?.id ?? null, clientName: about?.name ?? null },
    givenAt: givenAt(dueTime, quietHours),
    beside: [...appointments, ...others],
  }
}
