import { z } from 'zod'
import { type Context, query } from '../../../bot/command.ts'
import { type Asker, pathOf } from '../../../bot/policy.ts'
import { Choice, Refusal, refuse } from '../../../core/decision.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { clientRef, resolveClient } from '../../clients/resolve-client.ts'
import type { ThinCount } from '../../completeness/rules.ts'
import {
  completenessOf,
  countThin,
  partNamed,
  type ThinFile,
  thinFilesOf,
} from '../../completeness/store.ts'
import * as policy from '../policy.ts'
import { bookCard, clientMissingCard, unitCard } from './cards.ts'

/** Clients that a card names. */
const MOST = 8

interface Input {
  readonly of?: string | undefined
  readonly clientId?: string | undefined
}

type Found =
  | { readonly file: ThinFile }
  | {
      readonly name: string | null
      readonly files: readonly ThinFile[]
      readonly count: Omit<ThinCount, 'name'>
    }
  | { readonly unit: string; readonly counts: readonly ThinCount[] }

/** 孙丽的资料还差什么. */
const LACKS =
  /^(?!我|谁|哪|今天|明天|现在|客户|还|都|到底)([^\s,，;。]{2,10}?)的?(?:资料|档案|材料)?还?(?:差|缺|少)(?:些|点)?(?:什么|啥|哪些)(?:资料|材料|东西)?[啊呀呢?？.。]*$/

/** Whose file lacks what: of a client, in a book, or counted by team and branch. */
export const listThin = query<Input, Found>({
  name: 'thin-files',
  concurrency: 'long',
  may: policy.listThin,
  help: {
    usage: { zh: '缺资料', en: 'missing' },
    purpose: {
      zh: '谁的资料不全、缺什么；"缺资料 张三"看一位，主管可以看团队、支行、某位经理',
      en: 'whose file lacks what; add a client, and leads a team, a branch or a manager',
    },
  },
  phrases: {
    words: ['缺资料', '资料不全', '缺什么资料', '哪些客户缺资料', 'missing'],
    // 资料不全的客户有哪些 asks, and names nobody.
    shape: LACKS,
    read(rest) {
      const named = rest.match(LACKS)?.[1]
      if (named) return { kind: 'understood', input: { of: named } }
      return rest.startsWith('的')
        ? { kind: 'no' }
        : { kind: 'understood', input: rest ? { of: rest } : {} }
    },
  },
  input: z.object({
    of: z.string().trim().min(1).max(40).optional(),
    clientId: clientRef.clientId,
  }),
  load,
  reply: (found, _input, { who: { language } }) => {
    if ('file' in found) return clientMissingCard(found.file, language)
    return 'unit' in found
      ? unitCard(found.unit, found.counts, language)
      : bookCard(found, language)
  },
})

async function load(
  tx: Queries,
  { of, clientId }: Input,
  context: Context & Asker,
): Promise<Found | Refusal | Choice> {
  const { who, at } = context
  if (who.role === 'manager' && !of && !clientId) {
    return { name: null, ...(await thinFilesOf(tx, [who.id], at.today, MOST)) }
  }
  const path = pathOf(context)
  const part = who.role === 'manager' || clientId ? null : await partNamed(tx, path, of ?? '')
  if (part && 'staffId' in part) {
    return { name: part.name, ...(await thinFilesOf(tx, [part.staffId], at.today, MOST)) }
  }
  if (part || (!of && !clientId)) return unitOf(tx, part?.path ?? path, at.today)
  return clientOf(tx, { named: of, clientId }, context)
}

async function unitOf(tx: Queries, path: string, today: Context['at']['today']) {
  const unit = await tx.unit.findFirst({
    where: path === '/' ? { parentId: null } : { path },
    select: { name: true, path: true },
  })
  const counts = unit ? await countThin(tx, unit.path, today) : []
  return unit && counts.length > 0
    ? { unit: unit.name, counts }
    : refuse('这里还没有客户。', 'There are no clients here yet.')
}

async function clientOf(
  tx: Queries,
  ref: { readonly named?: string | undefined; readonly clientId?: string | undefined },
  context: Context & Asker,
): Promise<Found | Refusal | Choice> {
  const intent = { command: 'thin-files', input: {} }
  const client = await resolveClient(tx, context, ref, intent)
  if (client instanceof Choice || client instanceof Refusal) return client
  const file = await completenessOf(tx, { clientId: client.id, today: context.at.today })
  return file
    ? { file }
    : refuse(
        `${client.name} 已结清，不再要求补资料。`,
        `${client.name} has lapsed; nothing more is asked for.`,
      )
}
