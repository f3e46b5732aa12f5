import { z } from 'zod'
import { command } from '../../bot/command.ts'
import { dayField, phoneField } from '../../bot/grammar/fields.ts'
import { onDay } from '../../bot/grammar/slots/kinds/when.ts'
import { words } from '../../bot/grammar/slots/kinds/words.ts'
import { phrase } from '../../bot/grammar/slots/phrase.ts'
import { type Day, sayDay } from '../../core/calendar/time.ts'
import { textCard } from '../../core/card.ts'
import { Choice, Refusal, refuse } from '../../core/decision.ts'
import { clientsIn } from '../places/store.ts'
import type { RegisterEntry } from '../registers/rules.ts'
import { addAlias, ensureNames, matchNames } from '../registers/store.ts'
import { KEEP_PHRASES } from './keep-words.ts'
import * as policy from './policy.ts'
import { type Cluster, kindSaid } from './rules.ts'
import { clusterNamed, named } from './show-cluster.ts'
import { openVisits, saveCluster } from './store.ts'

const input = z.object({
  named,
  kind: z.string().max(20).optional(),
  address: z.string().trim().min(1).max(100).optional(),
  contactName: z.string().trim().min(1).max(20).optional(),
  contactPhone: phoneField.optional(),
  businesses: z.coerce
    .number('商户数请写数字，如 320。 Write the number of businesses, such as 320.')
    .int()
    .min(1)
    .max(1_000_000)
    .optional(),
  alias: named.optional(),
})
type Input = z.infer<typeof input>

interface Facts {
  readonly known: RegisterEntry | null
  /** The cluster that is called by the alias already; null: none. */
  readonly alias: RegisterEntry | null
}

/** `集群 登记 五金市场 类型 市场 商户 320 联系人 王主任 13800138000`: a new one, or more of one. */
export const keepCluster = command<Input, Facts, Input & { readonly isNew: boolean }>({
  name: 'keep-cluster',
  may: policy.keepClusters,
  help: {
    usage: {
      zh: '集群 登记 五金市场 类型 市场 地址 城东路8号 商户 320 联系人 王主任 13800138000 别名 五金城',
      en: 'register cluster Hardware type market businesses 320 contact Wang alias Hardware City',
    },
    purpose: {
      zh: '登记或补充一个集群，没说的不变',
      en: 'enter a cluster or more of it; what is not said stays',
    },
  },
  phrases: KEEP_PHRASES,
  input,
  async load(tx, { named: name, alias }) {
    const [known = null] = await matchNames(tx, 'cluster', [name])
    const [also = null] = alias ? await matchNames(tx, 'cluster', [alias]) : []
    return { known, alias: also }
  },
  decide({ known, alias }, said) {
    if (said.kind !== undefined && !kindSaid(said.kind)) {
      return refuse(
        `类型"${said.kind}"没有，有：市场、商场、园区、协会、连锁。`,
        `There is no type "${said.kind}"; there are market, mall, park, association and chain.`,
      )
    }
    return alias && alias.id !== known?.id
      ? refuse(
          `"${said.alias}"已经是集群 ${alias.name} 的名称，请核对。`,
          `"${said.alias}" is the cluster ${alias.name} already; please check.`,
        )
      : { ...said, named: known?.name ?? said.named, isNew: known === null }
  },
  async save(tx, said, { who, at, actId }) {
    const by = { staffId: who.id, actId, now: at.now }
    const [entry] = await ensureNames(tx, 'cluster', [said.named], by)
    if (!entry) return
    const { address = null, contactName = null, contactPhone = null, businesses = null } = said
    const kind = said.kind ? kindSaid(said.kind) : null
    await saveCluster(tx, entry.id, { kind, address, contactName, contactPhone, businesses }, by)
    if (said.alias) await addAlias(tx, entry.id, said.alias)
  },
  reply: ({ named: name, isNew }, _facts, { say }) =>
    textCard(
      isNew
        ? say(`已登记集群 ${name}。`, `The cluster ${name} is registered.`)
        : say(`集群 ${name} 已更新。`, `The cluster ${name} is updated.`),
      {
        kind: 'buttons',
        buttons: [
          { label: say('查看', 'View'), intent: { command: 'cluster', input: { named: name } } },
        ],
      },
    ),
})

interface Visit {
  readonly cluster: Cluster
  readonly dueOn: Day
  /** The manager's clients there. */
  readonly clients: number
}

/** "五金市场 周五", "周五 五金市场", "五金市场": what is left of the day is the name. */
const VISIT_PHRASES = phrase(
  { words: ['集群 走访', '集群走访', '走访集群', 'visit cluster'] },
  onDay('dueOn', { unread: true }),
  words('named', () => ({ zh: '走访哪个集群？', en: 'Which cluster?' })),
)

/** `集群 走访 五金市场 周五`: a visit to each of one's clients there, on one day. */
export const visitCluster = command<{ named: string; dueOn: Day | null }, Visit, Visit>({
  name: 'visit-cluster',
  may: policy.visitCluster,
  undoable: true,
  help: {
    usage: { zh: '集群 走访 五金市场 周五', en: 'visit cluster Hardware Market on Friday' },
    purpose: {
      zh: '给自己在这个集群的客户各排一件走访，同一天跑完；可撤销',
      en: 'a visit to each of your clients in a cluster, on one day; can be undone',
    },
  },
  phrases: VISIT_PHRASES,
  input: z.object({ named, dueOn: dayField }),
  async load(tx, said, context) {
    const cluster = await clusterNamed(tx, said.named, 'visit-cluster', said)
    if (cluster instanceof Refusal || cluster instanceof Choice) return cluster
    const { at } = context
    const { within } = await clientsIn(tx, 'cluster', cluster.id, context)
    return { cluster, clients: within, dueOn: said.dueOn ?? at.workdays.next(at.today) }
  },
  decide(facts, _said, { at }) {
    const { cluster, clients, dueOn } = facts
    if (dueOn < at.today) {
      return refuse(
        `${dueOn} 已经过去，请给今天或以后的日期。`,
        `${dueOn} has gone by; give today or later.`,
      )
    }
    return clients === 0
      ? refuse(
          `您在集群 ${cluster.name} 没有客户，没有排走访。`,
          `You have no clients in the cluster ${cluster.name}; no visit was planned.`,
        )
      : facts
  },
  async save(tx, { cluster, dueOn }, { who, at, actId }) {
    await openVisits(tx, cluster.id, who.id, dueOn, { actId, now: at.now, note: cluster.name })
  },
  reply: ({ cluster, dueOn }, _facts, { say, at }) =>
    textCard(
      say(
        `已排 ${sayDay(dueOn, at.today, 'zh')} 走访集群 ${cluster.name}：您在那里的客户每户一件，勿扰、负面清单和已有走访的不排。`,
        `Visits to your clients in ${cluster.name} are planned for ${sayDay(dueOn, at.today, 'en')}; whoever may not be contacted or is visited already is left out.`,
      ),
    ),
})
