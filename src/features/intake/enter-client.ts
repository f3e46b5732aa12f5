import { z } from 'zod'
import { command, query } from '../../bot/command.ts'
import { wholeLine } from '../../bot/grammar/reading.ts'
import type { Moment } from '../../bot/moment.ts'
import { askerOf } from '../../bot/policy.ts'
import type { Day } from '../../core/calendar/time.ts'
import { Choice, refuse } from '../../core/decision.ts'
import type { Intent } from '../../core/intent.ts'
import type { Say } from '../../core/text.ts'
import { enterNewcomer } from '../clients/enter-newcomer.ts'
import { addNote } from '../clients/file/rows-store.ts'
import { keepHistory } from '../clients/file/store.ts'
import { type Answers, askSame } from '../clients/identity/ask-same.ts'
import type { Client } from '../clients/rules.ts'
import { findByPhone, findVisible } from '../clients/store.ts'
import { comeBack, wasErased } from '../risk/erased-store.ts'
import { withholdNumber } from '../risk/withhold-number.ts'
import { seeClients } from '../staff/policy.ts'
import { noteNeeds, otherLines } from '../tasks/outcomes/other-lines.ts'
import { openPlanned, planTask } from '../tasks/plan-task.ts'
import type { PlannedTask } from '../tasks/rules.ts'
import { enteredCard, newClientFormCard } from './entry-cards.ts'
import { NEW_CLIENT_PHRASES, NEW_CLIENT_WORDS } from './phrases.ts'
import * as policy from './policy.ts'
import type { NewClient } from './rules.ts'
import { newClientInput } from './rules.ts'

interface Facts {
  /** Whoever has the number that is said; null: nobody. */
  readonly holder: Client | null
  readonly task: PlannedTask | null
}

type Entered = NewClient & {
  readonly task: PlannedTask | null
  /** Whose number it is already; null: nobody's. */
  readonly sharesWith: string | null
}

/** Puts a prospect on file, decides its class and plans the first call. */
export const enterClient = command<NewClient, Facts, Entered>({
  name: 'new-client',
  may: policy.enterClient,
  undoable: true,
  help: {
    usage: { zh: '新客户 李四 13800138000 五金店', en: 'new Li 13800138000 hardware shop' },
    purpose: { zh: '登记新客户', en: 'enter a new prospect' },
  },
  phrases: NEW_CLIENT_PHRASES,
  input: newClientInput,
  async load(tx, entered, context) {
    const { who, at } = context
    const { phone, asNew } = entered
    const client = await findByPhone(tx, phone)
    const asker = askerOf(seeClients, who)
    const holder = client && (await findVisible(tx, asker, client.id))
    const withheld = holder ? null : await withholdNumber(tx, phone, client, context)
    if (withheld) return withheld
    const asked = asNew ? null : await askSame(tx, entered, holder, asker, answersFor(entered))
    if (asked) return asked
    const number = { kind: 'phone', value: phone } as const
    if (!holder && !entered.consented && (await wasErased(tx, context.bank.keyedHash, number))) {
      return askConsent(entered, context.say)
    }
    const negativeList = holder?.negativeList ?? false
    const fresh = { tier: null, doNotContact: null, negativeList }
    return { holder, task: await planTask(tx, fresh, { reason: 'entry' }, at) }
  },
  decide({ holder, task }, entered, { at }) {
    const { nextDate } = entered
    if (nextDate !== null && nextDate < at.today) {
      return refuse(
        `首次联系的日期 ${nextDate} 已经过去，没有登记。请给今天或以后的日期。`,
        `${nextDate} has gone by, so nothing was entered; give a later day for the first call.`,
      )
    }
    if (!holder || entered.asNew) {
      const sharesWith = holder?.name ?? null
      return { ...entered, sharesWith, task: task && firstCall(task, nextDate, at) }
    }
    const { name, businessName } = holder
    const known = [name, businessName].filter(Boolean).join(' · ')
    return refuse(
      `这个手机号已经登记：${known}。发"查 ${name}"看客户。`,
      `This phone number is on file: ${known}. Say "client ${name}".`,
    )
  },
  async save(tx, { task, sharesWith, ...entered }, context) {
    const { who, at, actId } = context
    const { name, phone, businessName, amount, note, products } = entered
    const prospect = { name, phone, businessName, sharesWith, source: 'walk-in' as const }
    const clientId = await enterNewcomer(tx, { ...prospect, ownerId: who.id, actId }, context)
    await comeBack(tx, context.bank.keyedHash, { kind: 'phone', value: phone })
    const by = { staffId: who.id, actId, now: at.now }
    if (note !== null) {
      await keepHistory(tx, { clientId, table: 'client_note' }, by, () =>
        addNote(tx, clientId, note, by),
      )
    }
    await noteNeeds(tx, clientId, otherLines(at.catalogue, products), context)
    if (!task) return
    const own = products.find((code) => otherLines(at.catalogue, [code]).length === 0) ?? null
    const details = { managerId: who.id, clientId, product: own, amount, note }
    await openPlanned(tx, { ...task, ...details }, actId, at)
  },
  reply: (entered, _facts, { at, who, shared }) => enteredCard(entered, at, who.language, shared),
})

/** Nothing is said of who it was: nobody knows any more. */
const askConsent = (entered: NewClient, say: Say): Choice =>
  new Choice(
    {
      zh: '这个号码的客户要求删除过资料，还没有登记。本人现在同意重新登记吗？',
      en: 'Whoever has this number had their file deleted, so nothing was entered yet. Do they agree to be on file again?',
    },
    [
      {
        label: say('本人同意', 'They agree'),
        intent: { command: 'new-client', input: { ...entered, consented: true } },
      },
    ],
  )

const answersFor = (entered: NewClient): Answers => ({
  same: (client) => sameIntent(client, entered),
  another: { command: 'new-client', input: { ...entered, asNew: true } },
})

/** The client's card, or what was said that the file does not have written on it. */
function sameIntent({ id, phone, businessName }: Client, entered: NewClient): Intent {
  const fields = {
    ...(phone !== entered.phone && { otherPhone: entered.phone }),
    ...(businessName === null && entered.businessName && { businessName: entered.businessName }),
  }
  return Object.keys(fields).length > 0
    ? { command: 'change-client', input: { clientId: id, fields } }
    : { command: 'client', input: { clientId: id } }
}

/** On the day that was agreed, moved to a workday; else when the playbook says. */
const firstCall = (task: PlannedTask, agreed: Day | null, { workdays }: Moment): PlannedTask =>
  agreed === null ? task : { ...task, dueOn: workdays.onOrAfter(agreed), asked: true }

/** `新客户` alone: the form. */
export const newClientForm = query<unknown, null>({
  name: 'new-client-form',
  may: policy.enterClient,
  help: {
    usage: { zh: '新客户', en: 'new' },
    purpose: { zh: '用表单登记新客户', en: 'enter a new prospect in a form' },
  },
  phrases: { words: NEW_CLIENT_WORDS, read: wholeLine({}) },
  input: z.unknown(),
  load: async () => null,
  reply: (_facts, _input, { who }) => newClientFormCard(who.language),
})
