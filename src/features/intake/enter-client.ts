import { z } from 'zod'
import { command, query } from '../../bot/command.ts'
import { sayPhone, takePhone } from '../../bot/grammar/phone.ts'
import { type Reading, wholeLine } from '../../bot/grammar/reading.ts'
import { askerOf } from '../../bot/policy.ts'
import { refuse } from '../../core/decision.ts'
import type { Client } from '../clients/rules.ts'
import { findByPhone, findVisible, insertProspect } from '../clients/store.ts'
import { isListed } from '../risk/screen.ts'
import { seeClients } from '../staff/policy.ts'
import { openPlanned, planTask } from '../tasks/plan-task.ts'
import type { PlannedTask } from '../tasks/rules.ts'
import { enteredCard, newClientFormCard } from './entry-cards.ts'
import * as policy from './policy.ts'
import type { NewClient } from './rules.ts'
import { newClientInput } from './rules.ts'

interface Words {
  name: string
  phone: string | null
  businessName: string | null
}

const WORDS = ['新客户', '新增客户', '录入', 'new client', 'new']

interface Facts {
  readonly holder: { readonly client: Client; readonly visible: boolean } | null
  readonly task: PlannedTask | null
}

/** Puts a prospect on file, decides its class and plans the first call. */
export const enterClient = command<NewClient, Facts, NewClient & { task: PlannedTask | null }>({
  name: 'new-client',
  may: policy.enterClient,
  undoable: true,
  help: {
    usage: { zh: '新客户 李四 13800138000 五金店', en: 'new Li 13800138000 hardware shop' },
    purpose: { zh: '登记新客户', en: 'enter a new prospect' },
  },
  phrases: { words: WORDS, read: readNewClient },
  input: newClientInput,
  async load(tx, { phone }, { who, at, bank }) {
    const client = await findByPhone(tx, phone)
    const negativeList = await isListed(tx, bank, { phone })
    const fresh = { tier: null, doNotContact: null, negativeList }
    const visible = client
      ? (await findVisible(tx, askerOf(seeClients, who), client.id)) !== null
      : false
    return {
      holder: client && { client, visible },
      task: await planTask(tx, fresh, { reason: 'entry' }, at),
    }
  },
  decide({ holder, task }, entered) {
    if (!holder) return { ...entered, task }
    if (!holder.visible) {
      return refuse(
        '这个手机号已有客户经理在服务，没有重复登记。如需跟进，请联系您的团队主管。',
        'A colleague serves this phone number already, so nothing was entered. Ask your team lead if you want to follow up.',
      )
    }
    const { name, businessName } = holder.client
    const known = [name, businessName].filter(Boolean).join(' · ')
    return refuse(
      `这个手机号已经登记：${known}。发"查 ${name}"看客户。`,
      `This phone number is on file: ${known}. Say "client ${name}".`,
    )
  },
  async save(tx, { task, ...entered }, context) {
    const { who, at, actId } = context
    const prospect = { ...entered, source: 'walk-in' as const, ownerId: who.id, actId }
    const clientId = await insertProspect(tx, prospect, context)
    if (!clientId) throw new Error('the phone number was entered by someone else a moment ago')
    if (!task) return
    const details = { managerId: who.id, clientId, product: null, amount: null, note: null }
    await openPlanned(tx, { ...task, ...details }, actId, at)
  },
  reply: (entered, _facts, { at, who, shared }) => enteredCard(entered, at, who.language, shared),
})

/** Reads "李四 13800138000 五金店", in any order after the name. */
export function readNewClient(rest: string): Reading<Words> {
  if (!rest) return { kind: 'no' }
  const found = takePhone(rest)
  const second = found && takePhone(found.rest)
  const [name = '', ...business] = (found?.rest ?? rest).split(/[\s,;:]+/).filter(Boolean)
  const words: Words = {
    name,
    phone: found?.phone ?? null,
    businessName: businessOf(business),
  }
  if (!name) {
    const question = { zh: '客户叫什么名字？', en: 'What is the name of the client?' }
    return { kind: 'asks', input: words, doubts: [{ question, slots: ['name'], expects: 'text' }] }
  }
  if (second) {
    const [one, other] = [found.phone, second.phone].map((each) => sayPhone(each, false))
    const question = {
      zh: `有两个号码：${one}、${other}。${name} 用哪一个？只回一个号码。别的客户请另发一条。`,
      en: `There are two numbers, ${one} and ${other}. Which one is ${name}'s? Just send it. Enter other clients one by one.`,
    }
    const [, ...shop] = second.rest.split(/[\s,;:/]+/).filter(Boolean)
    const input = { ...words, phone: null, businessName: businessOf(shop) }
    return { kind: 'asks', input, doubts: [{ question, slots: ['phone'], expects: 'phone' }] }
  }
  if (!found) {
    const question = {
      zh: `${name} 的手机号是多少？（11 位，或带区号的座机）`,
      en: `What is the phone number of ${name}?`,
    }
    return {
      kind: 'asks',
      input: words,
      doubts: [{ question, slots: ['phone'], expects: 'phone' }],
    }
  }
  return { kind: 'understood', input: words }
}

/** Bare digits are no name of a business. */
const businessOf = (words: readonly string[]): string | null =>
  words.filter((word) => !/^\d+$/.test(word)).join(' ') || null

/** `新客户` alone: the form. */
export const newClientForm = query<unknown, null>({
  name: 'new-client-form',
  may: policy.enterClient,
  help: {
    usage: { zh: '新客户', en: 'new' },
    purpose: { zh: '用表单登记新客户', en: 'enter a new prospect in a form' },
  },
  phrases: { words: WORDS, read: wholeLine({}) },
  input: z.unknown(),
  load: async () => null,
  reply: (_facts, _input, { who }) => newClientFormCard(who.language),
})
