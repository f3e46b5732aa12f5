import { sayPhone } from '../../bot/grammar/phone.ts'
import { type Day, sayDay } from '../../core/calendar/time.ts'
import type { Block, Card } from '../../core/card.ts'
import { inLanguage, type Language, speaker } from '../../core/text.ts'
import type { PlaceClients } from '../places/rules.ts'
import { type Cluster, type ClusterKind, coverageOf, KIND_LABELS } from './rules.ts'

interface Reading {
  readonly today: Day
  readonly language: Language
  /** More than one person reads it: phones are masked. */
  readonly shared: boolean
}

const percent = (share: number): string => `${Math.round(share * 100)}%`

const kindLabel = (kind: ClusterKind | null, language: Language): string | null =>
  kind && inLanguage(KIND_LABELS[kind], language)

/** What is known of a cluster, how much of it the bank serves, and when somebody goes there next. */
export function clusterCard(
  cluster: Cluster,
  found: PlaceClients,
  visits: boolean,
  { today, language, shared }: Reading,
): Card {
  const say = speaker(language)
  const coverage = coverageOf(found.clients, cluster.businesses)
  const contact = [
    cluster.contactName,
    cluster.contactPhone && sayPhone(cluster.contactPhone, shared),
  ].filter(Boolean)
  const fields: [string, string | null][] = [
    [say('类型', 'Kind'), kindLabel(cluster.kind, language)],
    [say('也叫', 'Also called'), cluster.aliases.join(say('、', ', ')) || null],
    [say('地址', 'Address'), cluster.address],
    [say('联系人', 'Contact'), contact.join(' ') || null],
    [say('商户', 'Businesses'), cluster.businesses === null ? null : String(cluster.businesses)],
    [
      say('本行客户', "The bank's clients"),
      say(
        `${found.clients} 户，存量 ${found.existing}，A/B 类 ${found.key}，您能看到 ${found.within}`,
        `${found.clients}, existing ${found.existing}, A or B ${found.key}, within your reach ${found.within}`,
      ),
    ],
    [say('覆盖', 'Coverage'), coverage === null ? null : percent(coverage)],
    [
      say('下次走访', 'Next visit'),
      found.nextVisitOn &&
        say(
          `${sayDay(found.nextVisitOn as Day, today, 'zh')}（${found.visits} 户有走访任务）`,
          `${sayDay(found.nextVisitOn as Day, today, 'en')} (${found.visits} clients with a visit)`,
        ),
    ],
  ]
  const missing = fields.flatMap(([label, value]) => (value === null ? [label] : []))
  const blocks: Block[] = [
    {
      kind: 'fields',
      fields: fields.flatMap(([label, value]) => (value === null ? [] : [{ label, value }])),
    },
  ]
  if (missing.length > 0) {
    blocks.push({
      kind: 'text',
      text: say(`没有记录：${missing.join('、')}`, `Not recorded: ${missing.join(', ')}`),
    })
  }
  const where = [
    { by: 'place', register: 'cluster', among: [{ id: cluster.id, name: cluster.name }] },
  ]
  if (found.within > 0) {
    blocks.push({
      kind: 'buttons',
      buttons: [
        {
          label: say('看名单', 'List them'),
          intent: { command: 'ask', input: { of: 'clients', as: 'list', where } },
        },
        ...(visits
          ? [
              {
                label: say('下个工作日走访', 'Visit next workday'),
                intent: { command: 'visit-cluster', input: { named: cluster.name } },
              },
            ]
          : []),
      ],
    })
  }
  return { title: say(`集群 ${cluster.name}`, `Cluster ${cluster.name}`), blocks }
}

/** The clusters with most clients. */
export function clustersCard(
  clusters: readonly {
    readonly name: string
    readonly kind: ClusterKind | null
    readonly businesses: number | null
    readonly clients: number
    readonly total: number
  }[],
  language: Language,
): Card {
  const say = speaker(language)
  const rows = clusters.map(({ name, kind, businesses, clients }) => {
    const coverage = coverageOf(clients, businesses)
    return [
      name,
      kindLabel(kind, language) ?? '—',
      String(clients),
      businesses === null ? '—' : String(businesses),
      coverage === null ? '—' : percent(coverage),
    ]
  })
  const columns = [
    ...[say('集群', 'Cluster'), say('类型', 'Kind'), say('客户', 'Clients')],
    ...[say('商户', 'Businesses'), say('覆盖', 'Coverage')],
  ]
  const more = (clusters[0]?.total ?? 0) - clusters.length
  return {
    title: say('集群', 'Clusters'),
    blocks: [
      rows.length > 0
        ? { kind: 'table', columns, rows }
        : {
            kind: 'text',
            text: say(
              '还没有集群。主管说"集群 登记 五金市场 类型 市场 商户 320"。',
              'There is no cluster yet. Leads say "register cluster Hardware type market businesses 320".',
            ),
          },
      ...(more > 0
        ? [{ kind: 'text', text: say(`还有 ${more} 个。`, `${more} more.`) } as const]
        : []),
    ],
  }
}
