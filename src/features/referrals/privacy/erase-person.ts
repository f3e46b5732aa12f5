import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { say as card } from '../../../core/card.ts'
import { Choice, type Refusal, refuse } from '../../../core/decision.ts'
import { clientRef, resolveClient } from '../../clients/public.ts'
import type { Client } from '../../clients/rules.ts'
import { erase, hasBusiness } from './store.ts'

const input = z.object({ ...clientRef, sure: z.boolean().default(false) })
type Input = z.infer<typeof input>

/** Deletes a prospect's file for good, at their request (PIPL, article 47). */
export const erasePerson = command<Input, Client, Client>({
  name: 'erase',
  roles: ['manager', 'lead', 'head'],
  help: {
    usage: { zh: '删除 李四', en: 'erase Li' },
    purpose: {
      zh: '潜在客户要求删除个人信息时，删掉其全部资料',
      en: 'delete everything about a prospect who asks for it',
    },
  },
  phrases: {
    words: ['删除', 'erase', 'delete'],
    read: (rest) =>
      /^\S+$/.test(rest) ? { kind: 'understood', input: { named: rest } } : { kind: 'no' },
  },
  input,
  async load(tx, { sure, ...ref }, { who }) {
    const client = await resolveClient(tx, who, ref, { command: 'erase', input: ref })
    if (!('id' in client)) return client
    const kept = await whyKept(client, () => hasBusiness(tx, client.id))
    if (kept) return kept
    return sure ? client : askAgain(client)
  },
  allow: () => null,
  decide: (client) => client,
  save: (tx, { id }, { at }) => erase(tx, id, at.now),
  reply: (_client, _facts, { say }) =>
    card(
      say(
        '已删除，不能恢复。转介统计里只留下不具名的次数。',
        'Deleted for good. Referral figures keep the count, without a name.',
      ),
    ),
})

async function whyKept(
  client: Client,
  hasApplied: () => Promise<boolean>,
): Promise<Refusal | null> {
  const law = {
    zh: '要按合同和监管要求保存，不能在这里删除；客户不愿再被联系，请登记"勿扰"。',
    en: 'must be kept by contract and law. If they do not want to be called, log "do not contact".',
  }
  if (client.kind === 'existing') {
    return refuse(
      `${client.name} 是存量客户，资料${law.zh}`,
      `${client.name} is an existing client, whose file ${law.en}`,
    )
  }
  return (await hasApplied())
    ? refuse(
        `${client.name} 申请过业务，资料${law.zh}`,
        `${client.name} has applied for something, so the file ${law.en}`,
      )
    : null
}

const askAgain = (client: Client): Choice => {
  const input = { clientId: client.id }
  return new Choice(
    {
      zh: `删除 ${client.name} 的全部资料、任务和记录？删除后不能恢复。`,
      en: `Delete the file of ${client.name} with all tasks and notes? It cannot be brought back.`,
    },
    [
      { label: '删除 Delete', intent: { command: 'erase', input: { ...input, sure: true } } },
      { label: '不删 Keep', intent: { command: 'client', input } },
    ],
  )
}
