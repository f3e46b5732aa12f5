import { z } from 'zod'
import { type Context, query } from '../../bot/command.ts'
import { asking } from '../../bot/grammar/commands/lacking.ts'
import { wholeLine } from '../../bot/grammar/reading.ts'
import { Choice, Refusal, refuse } from '../../core/decision.ts'
import type { Queries } from '../../infra/database/index.ts'
import type { PlaceClients } from '../places/rules.ts'
import { clientsIn } from '../places/store.ts'
import { matchNames, nearNames } from '../registers/store.ts'
import { clusterCard, clustersCard } from './cards.ts'
import * as policy from './policy.ts'
import type { Cluster } from './rules.ts'
import { clusterById, clustersListed } from './store.ts'

export const named = z.string().trim().min(1).max(40)

/** The cluster of a name, in any spelling; another that is called nearly so is offered. */
export async function clusterNamed(
  tx: Queries,
  said: string,
  command: string,
  input: object,
): Promise<Cluster | Refusal | Choice> {
  const [entry] = await matchNames(tx, 'cluster', [said])
  const kept = entry ? await clusterById(tx, entry.id) : null
  if (kept) return { ...kept, aliases: entry?.aliases ?? [] }
  const near = await nearNames(tx, 'cluster', said)
  return near.length > 0
    ? new Choice(
        {
          zh: `没有集群"${said}"，是下面哪一个？`,
          en: `There is no cluster "${said}". Which one is it?`,
        },
        near.map((name) => ({
          label: name,
          intent: { command, input: { ...input, named: name } },
        })),
      )
    : refuse(
        `没有集群"${said}"。说"集群"看都有哪些；主管可以说"集群 登记 ${said}"。`,
        `There is no cluster "${said}"; say "clusters" to see them. Leads may say "register cluster ${said}".`,
      )
}

/** `集群 五金市场`: the card of a market, mall, park, association or chain. */
export const showCluster = query<
  { readonly named: string },
  { readonly cluster: Cluster; readonly found: PlaceClients }
>({
  name: 'cluster',
  may: policy.seeClusters,
  help: {
    usage: { zh: '集群 五金市场', en: 'cluster Hardware Market' },
    purpose: {
      zh: '市场、商场、园区、协会、连锁：联系人、商户数、客户、覆盖、下次走访',
      en: 'a market, mall, park, association or chain: contact, businesses, clients, coverage, next visit',
    },
  },
  phrases: {
    words: ['集群', 'cluster'],
    lacks: asking({ zh: '哪个集群？', en: 'Which cluster?' }),
    read: (rest) => (rest ? { kind: 'understood', input: { named: rest } } : { kind: 'no' }),
  },
  input: z.object({ named }),
  async load(tx, input, context) {
    const cluster = await clusterNamed(tx, input.named, 'cluster', input)
    if (cluster instanceof Refusal || cluster instanceof Choice) return cluster
    return { cluster, found: await clientsIn(tx, 'cluster', cluster.id, context) }
  },
  reply: ({ cluster, found }, _input, context) =>
    clusterCard(cluster, found, context.who.role === 'manager', readingOf(context)),
})

const readingOf = ({ who, at, shared }: Context) => ({
  ...{ today: at.today, language: who.language, shared },
})

/** `集群`: those with most clients. */
export const listClusters = query<unknown, Awaited<ReturnType<typeof clustersListed>>>({
  name: 'clusters',
  may: policy.seeClusters,
  concurrency: 'long',
  help: {
    usage: { zh: '集群', en: 'clusters' },
    purpose: { zh: '集群清单：客户、商户、覆盖', en: 'clusters with their clients and coverage' },
  },
  phrases: { words: ['集群', '集群 清单', 'clusters'], read: wholeLine({}) },
  input: z.unknown(),
  load: (tx) => clustersListed(tx),
  reply: (clusters, _input, { who }) => clustersCard(clusters, who.language),
})
