import type { Block, Card } from '../../../core/card.ts'
import { type Language, type Say, speaker } from '../../../core/text.ts'
import { sayFilter, type Wording, whyChosen } from '../../clients/filter/labels.ts'
import { type ClientFilter, type Filtered, holds } from '../../clients/filter/rules.ts'
import type { Segment } from '../../clients/segments/rules.ts'

/** How many clients are chosen, and how many of them nobody may market to. */
interface Counted {
  readonly clients: number
  readonly barred: number
}

const NAME_FIELD = (say: Say) =>
  ({ name: 'name', label: say('名称', 'Name'), type: 'text', required: true }) as const

/** "区域 城东 · B类 · 用信低于 30%"; a choice without any condition is everybody. */
export const sayChoice = (filter: ClientFilter, wording: Wording): string =>
  filter.length > 0
    ? sayFilter(filter, wording).join(' · ')
    : speaker(wording.language)('全部客户', 'all clients')

function sayCounted({ clients, barred }: Counted, say: Say): string {
  if (clients === 0) return say('现在没有客户符合。', 'Nobody is in it now.')
  const closed =
    barred > 0
      ? say(
          `，其中 ${barred} 户不能营销（负面清单、F类或勿扰）`,
          `, ${barred} of them closed to marketing (negative list, tier F or do not contact)`,
        )
      : ''
  return say(
    `现在 **${clients} 户**（您能看到的）${closed}`,
    `**${clients}** now, as far as you can see${closed}`,
  )
}

/** A choice of clients with how many it finds; one that is not kept yet can be. */
export function segmentCard(
  {
    segment,
    filter,
    counted,
  }: {
    readonly segment: Pick<Segment, 'name'> | null
    readonly filter: ClientFilter
    readonly counted: Counted
  },
  wording: Wording,
): Card {
  const say = speaker(wording.language)
  const title = segment ? `${say('客群', 'Segment')} ${segment.name}` : say('客群', 'Segment')
  const list = { of: 'clients', as: 'list', where: filter }
  const blocks: Block[] = [
    { kind: 'text', text: sayChoice(filter, wording) },
    { kind: 'text', text: sayCounted(counted, say) },
  ]
  if (counted.clients > 0) {
    const intent = { command: 'ask', input: list }
    blocks.push({ kind: 'buttons', buttons: [{ label: say('看名单', 'List them'), intent }] })
  }
  if (!segment) {
    blocks.push({
      kind: 'form',
      form: {
        title: say('存为客群', 'Keep it as a segment'),
        intent: { command: 'save-segment', input: { where: filter } },
        submit: say('保存', 'Keep'),
        fields: [NAME_FIELD(say)],
      },
    })
  }
  return { title, blocks }
}

/** What is kept, each with how many are in it today, and the form of a new one. */
export function segmentsCard(
  segments: readonly { readonly segment: Segment; readonly counted: Counted }[],
  readerId: string,
  wording: Wording,
): Card {
  const say = speaker(wording.language)
  const items = segments.map(({ segment, counted }) => ({
    text: [
      `**${segment.name}**`,
      sayChoice(segment.filter, wording),
      say(`${counted.clients} 户`, `${counted.clients}`),
      segment.madeBy === readerId ? null : segment.makerName,
    ]
      .filter(Boolean)
      .join(' · '),
    buttons: [
      {
        label: say('查看', 'View'),
        intent: { command: 'segment', input: { said: segment.name } },
      },
    ],
  }))
  return {
    title: say('客群', 'Segments'),
    blocks: [
      items.length > 0
        ? { kind: 'list', items }
        : { kind: 'text', text: say('还没有存客群。', 'No segment is kept yet.') },
      {
        kind: 'form',
        form: {
          title: say('新建客群', 'New segment'),
          intent: { command: 'save-segment', input: {} },
          submit: say('保存', 'Keep'),
          fields: [
            NAME_FIELD(say),
            {
              name: 'said',
              label: say('条件', 'Conditions'),
              type: 'text',
              required: true,
              hint: say('城东 B类 用信低于30% 60天未联系', 'tier B usage under 30%'),
            },
          ],
        },
      },
    ],
  }
}

/** Why a client is in a choice, or is not: each condition with what the client has. */
export function whyCard(
  filter: ClientFilter,
  client: Filtered & { readonly name: string },
  wording: Wording,
): Card {
  const say = speaker(wording.language)
  const why = whyChosen(filter, client, wording)
  const lines = filter.map((each) => {
    const [condition] = sayFilter([each], wording)
    if (!holds(each, client, wording.today)) return `✗ ${condition}`
    const [has] = whyChosen([each], client, wording) ?? []
    return `✓ ${condition}${has && has !== condition ? `${say('：', ': ')}${has}` : ''}`
  })
  return {
    blocks: [
      {
        kind: 'text',
        text: why
          ? say(`**${client.name}** 在这个客群里。`, `**${client.name}** is in it.`)
          : say(`**${client.name}** 不在这个客群里。`, `**${client.name}** is not in it.`),
      },
      { kind: 'text', text: lines.join('\n') },
    ],
  }
}

export const keptText = (name: string, language: Language): string =>
  speaker(language)(
    `已存客群"${name}"。说"客群 ${name}"随时看现在有谁。`,
    `Kept as "${name}". Say "segment ${name}" to see who is in it.`,
  )
