import { z } from 'zod'
import { type Context, command } from '../../bot/command.ts'
import { lacksClient } from '../../bot/grammar/commands/lacking.ts'
import { textCard } from '../../core/card.ts'
import { type Refusal, refuse } from '../../core/decision.ts'
import type { Queries } from '../../infra/database/index.ts'
import { type ClientRef, clientRef, resolveClient } from '../clients/resolve-client.ts'
import type { Client } from '../clients/rules.ts'
import { facilitiesChanged } from '../facilities/changed.ts'
import { restoreFacts } from '../tiers/entry/store.ts'
import { retier } from '../tiers/retier.ts'
import * as policy from './policy.ts'
import { type Merged, mergesInto, numbersTaken, splitFiles } from './split-store.ts'

interface Facts {
  readonly client: Client
  readonly merged: Merged | null
  /** Who has a number of the client that went by now. */
  readonly holders: readonly string[]
}

/** `拆开 张三`: what was merged into a client last is a client of its own again. */
export const splitClient = command<ClientRef, Facts, Merged>({
  name: 'split-client',
  may: policy.splitClient,
  help: {
    usage: { zh: '拆开 张三', en: 'split Zhang' },
    purpose: {
      zh: '合并错了：恢复成两份档案，之后做的留在原处',
      en: 'merged by mistake: two files again; what was done since stays',
    },
  },
  phrases: {
    words: ['拆开', '拆分', '取消合并', 'split'],
    lacks: lacksClient,
    read: (rest) => (rest ? { kind: 'understood', input: { named: rest } } : { kind: 'no' }),
  },
  input: z.object(clientRef),
  async load(tx, ref, asker) {
    const client = await resolveClient(tx, asker, ref, { command: 'split-client', input: ref })
    if (!('id' in client)) return client
    const [merged = null] = await mergesInto(tx, client.id)
    const holders = merged ? await numbersTaken(tx, merged.id) : []
    return { client, merged, holders: holders.map(({ name }) => name) }
  },
  decide({ client, merged, holders }): Merged | Refusal {
    if (!merged) {
      return refuse(
        `${client.name} 没有合并过别的档案。`,
        `Nothing was merged into the file of ${client.name}.`,
      )
    }
    const [holder] = holders
    return holder
      ? refuse(
          `${merged.mergedName} 原来的号码现在在 ${holder} 的档案上，先改好那个号码再拆开。`,
          `A number that was of ${merged.mergedName} is on the file of ${holder} now; mend that first.`,
        )
      : merged
  },
  save: split,
  reply: ({ keptName, mergedName }, _facts, { say }) =>
    textCard(
      say(
        `已拆开：**${keptName}** 和 **${mergedName}** 又是两份档案；合并之后做的留在 ${keptName}。`,
        `**${keptName}** and **${mergedName}** are two files again; what was done since stays with ${keptName}.`,
      ),
    ),
})

/** Takes two files apart, facts and tiers with them. */
export async function split(
  tx: Queries,
  merged: Merged,
  { who, at, actId, bank }: Pick<Context, 'who' | 'at' | 'actId' | 'bank'>,
): Promise<void> {
  await restoreFacts(tx, merged.actId, at)
  await splitFiles(tx, merged, at.now)
  const ids = [merged.keptId, merged.mergedId]
  await retier(tx, ids, at.today)
  await facilitiesChanged(tx, ids, { staffId: who.id, actId, at, bank })
}
