import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { say as card } from '../../../core/card.ts'
import { Choice, Refusal, refuse } from '../../../core/decision.ts'
import type { Actor } from '../../../core/staff.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { type ClientRef, clientRef, resolveClient } from '../../clients/public.ts'
import type { Client } from '../../clients/rules.ts'
import { type Named, resolveColleague } from '../../staff/public.ts'
import { serves } from '../../staff/rules.ts'
import { sharedCard } from './cards.ts'
import { readShare } from './phrases.ts'
import { dropShare, putShare } from './store.ts'

const input = z.object({ ...clientRef, with: z.string().trim().min(1).max(40) })
type Input = z.infer<typeof input>

interface Facts {
  readonly client: Client
  readonly colleague: Named
}

async function load(
  tx: Queries,
  asked: Input,
  who: Actor,
  command: string,
): Promise<Facts | Refusal | Choice> {
  const intent = { command, input: asked }
  const client = await resolveClient(tx, who, asked as ClientRef, intent)
  if (!('id' in client)) return client
  const colleague = await resolveColleague(tx, who, asked.with, intent, 'with')
  return colleague instanceof Refusal || colleague instanceof Choice
    ? colleague
    : { client, colleague }
}

/** Only the owner, who stands in for them, or whoever is above shares a client. */
const allow = (who: Actor, { client }: Facts): Refusal | null =>
  who.role !== 'manager' || serves(who, client.ownerId)
    ? null
    : refuse(
        `${client.name} 是 ${client.ownerName} 的客户，请由其共享。`,
        `${client.name} is a client of ${client.ownerName}, who may share it.`,
      )

const share = (backup: boolean) =>
  command<Input, Facts, Facts>({
    name: backup ? 'backup' : 'share',
    roles: ['manager', 'lead', 'head'],
    help: backup
      ? {
          usage: { zh: 'B角 张三 王五', en: 'backup Zhang Lee' },
          purpose: {
            zh: '定一位后备经理，您离岗时客户先交给他',
            en: 'who gets the client first when you leave',
          },
        }
      : {
          usage: {
            zh: '共享 张三 王五 / 取消共享 张三 王五',
            en: 'share Zhang Lee / unshare Zhang Lee',
          },
          purpose: {
            zh: '让同事也能看到和服务这位客户',
            en: 'a colleague may see and serve the client too',
          },
        },
    phrases: {
      words: backup ? ['b角', '后备', '备份', 'backup'] : ['共享', 'share'],
      read: readShare,
    },
    input,
    load: (tx, asked, { who }) => load(tx, asked, who, backup ? 'backup' : 'share'),
    allow,
    decide(facts): Facts | Refusal {
      const { client, colleague } = facts
      return colleague.id === client.ownerId
        ? refuse(
            `${client.name} 本来就是 ${colleague.name} 的客户。`,
            `${client.name} is a client of ${colleague.name} anyway.`,
          )
        : facts
    },
    async save(tx, { client, colleague }, { who, tell }) {
      await putShare(tx, client.id, colleague.id, backup)
      await tell(colleague.id, (language) => sharedCard(who.name, client, backup, language))
    },
    reply: ({ client, colleague }, _facts, { say }) =>
      card(
        backup
          ? say(
              `**${client.name}** 的 B 角是 ${colleague.name}：也能看到和服务，离岗交接时优先给他。`,
              `${colleague.name} backs up **${client.name}**: may serve the client, and gets it first at a hand-over.`,
            )
          : say(
              `**${client.name}** 已和 ${colleague.name} 共享，客户仍在${client.ownerName}名下。`,
              `**${client.name}** is shared with ${colleague.name}; it stays with ${client.ownerName}.`,
            ),
      ),
  })

/** A colleague may see and serve a client too. */
export const shareClient = share(false)
/** The colleague who gets a client first when its owner leaves. */
export const backUpClient = share(true)

export const unshareClient = command<Input, Facts, Facts>({
  name: 'unshare',
  roles: ['manager', 'lead', 'head'],
  help: {
    usage: { zh: '取消共享 张三 王五', en: 'unshare Zhang Lee' },
    purpose: { zh: '同事不再看到这位客户', en: 'the colleague no longer sees the client' },
  },
  phrases: { words: ['取消共享', '停止共享', 'unshare'], read: readShare },
  input,
  load: (tx, asked, { who }) => load(tx, asked, who, 'unshare'),
  allow,
  decide: (facts) => facts,
  async save(tx, { client, colleague }) {
    await dropShare(tx, client.id, colleague.id)
  },
  reply: ({ client, colleague }, _facts, { say }) =>
    card(
      say(
        `**${client.name}** 不再和 ${colleague.name} 共享。`,
        `**${client.name}** is no longer shared with ${colleague.name}.`,
      ),
    ),
})
