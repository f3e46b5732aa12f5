import { z } from 'zod'
import { command, query } from '../../bot/command.ts'
import { type Refusal, refuse } from '../../core/decision.ts'
import { mainOf, OWN_LINE, productsOf } from '../catalogue/rules.ts'
import { clientRef, resolveClient } from '../clients/resolve-client.ts'
import { type Client, noMarketing } from '../clients/rules.ts'
import { insertNeed } from '../needs/store.ts'
import { openPlanned, planTask } from '../tasks/plan-task.ts'
import { needCard, needFormCard } from './cards.ts'
import { NEED_PHRASES } from './phrases.ts'
import * as policy from './policy.ts'
import { type NeedFacts, type NeedInput, needInput, type RegisteredNeed } from './rules.ts'

/** A need of our own line makes a task; one of another line is registered for hand-over. */
export const registerNeed = command<NeedInput, NeedFacts, RegisteredNeed>({
  name: 'need',
  may: policy.registerNeed,
  undoable: true,
  help: {
    usage: {
      zh: '需求 张三 结算卡 代发工资 下月 急',
      en: 'need Zhang settlement card, payroll next month urgent',
    },
    purpose: { zh: '登记客户的需求', en: 'register what a client needs' },
  },
  phrases: NEED_PHRASES,
  input: needInput,
  async load(tx, need, { who, reach, at }) {
    const codes = { product: need.product.code, also: need.also.map(({ code }) => code) }
    const again = { command: 'need', input: { ...need, ...codes } }
    const client = await resolveClient(tx, { who, reach }, need, again)
    if (!('id' in client)) return client
    const { urgency } = need
    const own = mainOf(need).line === OWN_LINE
    return {
      client,
      task: own ? await planTask(tx, client, { reason: 'need', urgency }, at) : null,
    }
  },
  decide(facts, need, { at }): RegisteredNeed | Refusal {
    if (need.wantedOn && need.wantedOn < at.today) {
      return refuse(
        `${need.wantedOn} 不能作为需要的日期，请给今天或以后的日期。`,
        `${need.wantedOn} cannot be the day it is wanted; give today or a later day.`,
      )
    }
    return { ...facts, need }
  },
  async save(tx, { client, task, need }, { who, at, actId }) {
    const main = mainOf(need)
    const { amount, note } = need
    for (const product of productsOf(need)) {
      const about = { product, amount: product === main ? amount : null }
      const registered = { ...need, ...about, clientId: client.id, campaignId: null }
      await insertNeed(tx, registered, { staffId: who.id, actId }, at.now)
    }
    if (!task) return
    const planned = { ...task, managerId: client.ownerId, clientId: client.id }
    await openPlanned(tx, { ...planned, product: main.code, amount, note }, actId, at)
  },
  reply: (registered, _facts, { at, who }) =>
    needCard(registered, noMarketing(registered.client), at, who.language),
})

/** `需求 张三` alone: the form. */
export const needForm = query<z.infer<z.ZodObject<typeof clientRef>>, Client>({
  name: 'need-form',
  may: policy.registerNeed,
  help: {
    usage: { zh: '需求 张三', en: 'need Zhang' },
    purpose: { zh: '用表单登记客户的需求', en: 'register a need in a form' },
  },
  phrases: {
    words: ['需求', '需要', 'need'],
    read: (rest) =>
      /^\S+$/.test(rest) ? { kind: 'understood', input: { named: rest } } : { kind: 'no' },
  },
  input: z.object(clientRef),
  load: (tx, ref, asker) => resolveClient(tx, asker, ref, { command: 'need-form', input: ref }),
  reply: (client, _input, { who, at }) => needFormCard(client, at.catalogue, who.language),
})
