import { type Day, sayDay } from '../../core/calendar/time.ts'
import type { Block, Button, Card, ListItem } from '../../core/card.ts'
import { type Language, type Say, speaker } from '../../core/text.ts'
import { industryOf } from '../registers/industries.ts'
import { REGISTER_LABELS } from '../registers/labels.ts'
import { INDUSTRY_LABEL } from '../tier-rules/labels.ts'
import {
  type ListedPlace,
  type PlaceClients,
  QUIET_DAYS,
  type ShownPlace,
  type Unsettled,
} from './rules.ts'

const inHan = (name: string): boolean => /\p{Script=Han}/u.test(name)

/** So many of its other names are told, those in the reader's language first. */
const NAMES = 12

/** What is known of a region or an industry, and of the bank's clients there. */
export function placeCard(place: ShownPlace, today: Day, language: Language): Card {
  const say = speaker(language)
  const { register, entry, found, clusters, marks } = place
  const names = entry.aliases.toSorted((a, b) => Number(inHan(b)) - Number(inHan(a)))
  if (language === 'en') names.reverse()
  const industry = entry.code ? industryOf(entry.code) : null
  const section = industry && industry.code.length > 1 ? industryOf(industry.code[0] ?? '') : null
  const shown = names.slice(0, NAMES)
  const more = names.length > NAMES ? say(` 等 ${names.length} 种`, `, ${names.length} in all`) : ''
  const mark = (of: 'existing' | 'prospect') => {
    const is = marks?.[of]
    return is ? INDUSTRY_LABEL[is][language] : say('按大类', 'by division')
  }
  const fields: [string, string | null][] = [
    [
      say('国标', 'GB/T 4754'),
      industry && [industry.code, section?.name].filter(Boolean).join(' · '),
    ],
    [
      say('行业类别', 'Class'),
      marks &&
        say(
          `存量 ${mark('existing')}，潜在 ${mark('prospect')}`,
          `existing ${mark('existing')}, prospects ${mark('prospect')}`,
        ),
    ],
    [say('也叫', 'Also called'), shown.length > 0 ? shown.join(say('、', ', ')) + more : null],
    [say('本行客户', "The bank's clients"), sayClients(found, say)],
    [say('集群', 'Clusters'), clusters.length > 0 ? clusters.join(say('、', ', ')) : null],
    [
      say('下次走访', 'Next visit'),
      found.nextVisitOn && sayDay(found.nextVisitOn as Day, today, language),
    ],
  ]
  const where = [{ by: 'place', register, among: [{ id: entry.id, name: entry.name }] }]
  const list: Button = {
    label: say('看名单', 'List them'),
    intent: { command: 'ask', input: { of: 'clients', as: 'list', where } },
  }
  return {
    title: `${REGISTER_LABELS[register][language]} ${entry.name}`,
    blocks: [
      {
        kind: 'fields',
        fields: fields.flatMap(([label, value]) => (value === null ? [] : [{ label, value }])),
      },
      ...(found.within > 0 ? [{ kind: 'buttons', buttons: [list] } satisfies Block] : []),
    ],
  }
}

const sayClients = (found: PlaceClients, say: Say): string =>
  say(
    `${found.clients} 户，存量 ${found.existing}，A/B 类 ${found.key}，${QUIET_DAYS} 天未联系 ${found.quiet}，您能看到 ${found.within}`,
    `${found.clients}, existing ${found.existing}, A or B ${found.key}, not contacted for ${QUIET_DAYS} days ${found.quiet}, within your reach ${found.within}`,
  )

/** The regions or industries with most clients. */
export function placesCard(
  register: 'region' | 'industry',
  places: readonly ListedPlace[],
  language: Language,
): Card {
  const say = speaker(language)
  const title = REGISTER_LABELS[register][language]
  if (places.length === 0) {
    return {
      title,
      blocks: [
        {
          kind: 'text',
          text: say(
            `还没有客户记了${title}。说"归类 张三 ${title} …"记下。`,
            `No client has a ${title} yet. Say "place Zhang ${title} …".`,
          ),
        },
      ],
    }
  }
  const more = (places[0]?.total ?? 0) - places.length
  return {
    title,
    blocks: [
      {
        kind: 'table',
        columns: [title, say('客户', 'Clients'), say('存量', 'Existing'), say('A/B 类', 'A or B')],
        rows: places.map(({ name, code, clients, existing, key }) => [
          code ? `${name} ${code}` : name,
          ...[clients, existing, key].map(String),
        ]),
      },
      ...(more > 0
        ? [{ kind: 'text', text: say(`还有 ${more} 个。`, `${more} more.`) } satisfies Block]
        : []),
    ],
  }
}

/** What nobody has said the meaning of, a tap for each thing that it may be. */
export function unsettledCard(entries: readonly Unsettled[], language: Language): Card {
  const say = speaker(language)
  const [first] = entries
  if (!first) {
    return {
      title: say('待归类', 'Unsettled'),
      blocks: [
        {
          kind: 'text',
          text: say(
            '没有待归类的，档案上的区域、集群、行业都在登记册里。',
            'Nothing is open: the registers know every region, cluster and industry on file.',
          ),
        },
      ],
    }
  }
  const item = ({ id, register, name, clients, near }: Unsettled): ListItem => ({
    text: say(
      `**${name}** · ${REGISTER_LABELS[register].zh} · ${clients} 户`,
      `**${name}** · ${REGISTER_LABELS[register].en} · ${clients} clients`,
    ),
    buttons: [
      ...near.map((into) => ({
        label: say(`就是 ${into}`, `Is ${into}`),
        intent: { command: 'merge-entry', input: { entryId: id, into } },
      })),
      {
        label: say('单列', 'Its own'),
        intent: { command: 'own-entry', input: { entryId: id } },
      },
    ],
  })
  return {
    title: say(`待归类 ${first.total} 个`, `${first.total} unsettled`),
    blocks: [
      { kind: 'list', items: entries.map(item) },
      {
        kind: 'text',
        text: say(
          `也可以说"归并 ${first.name} 到 …"，行业写名称或国标代码都行。`,
          `You can also say "merge place ${first.name} into …", an industry by name or by its code.`,
        ),
      },
    ],
  }
}
