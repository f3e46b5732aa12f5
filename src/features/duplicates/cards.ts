import { sayPhone } from '../../bot/grammar/phone.ts'
import type { Moment } from '../../bot/moment.ts'
import { dayIn, sayDay } from '../../core/calendar/time.ts'
import { type Card, type ListItem, textCard } from '../../core/card.ts'
import { type Language, type Say, speaker } from '../../core/text.ts'
import { undoButton } from '../../core/undo-button.ts'
import type { Client } from '../clients/rules.ts'
import { tierWithPending } from '../tier-rules/labels.ts'
import type { Likeness, Pair } from './rules.ts'

const likenessLabel = (likeness: Likeness, say: Say): string =>
  ({
    'same-number': say('档案里有同一个号码', 'one number is on both files'),
    'same-business': say('同名同店', 'the same name and business'),
    'same-place': say(
      '同名同地，其中一位没有号码',
      'the same name and place, one without a number',
    ),
  })[likeness]

/** A client in one line, with what tells namesakes apart. */
function told(client: Client, at: Moment, language: Language, shared: boolean): string {
  const say = speaker(language)
  const entered = sayDay(dayIn(client.enteredAt, at.timezone), at.today, language)
  return [
    `**${client.name}**`,
    client.businessName,
    client.phone ? sayPhone(client.phone, shared) : say('没有号码', 'no number'),
    client.tier && tierWithPending(client, language),
    say(`${client.ownerName}主办`, `with ${client.ownerName}`),
    say(`${entered}录入`, `entered ${entered}`),
  ]
    .filter(Boolean)
    .join(' · ')
}

const ids = ({ kept, merged }: Pair) => ({ keptId: kept.id, mergedId: merged.id })

/** Pairs that may be one person. */
export function pairsCard(
  pairs: readonly (Pair & { readonly likeness: Likeness })[],
  more: boolean,
  at: Moment,
  { language }: { readonly language: Language },
  shared: boolean,
): Card {
  const say = speaker(language)
  if (pairs.length === 0) {
    return textCard(say('没有发现重复的客户。', 'No two clients look like one.'))
  }
  const items = pairs.map(({ likeness, ...pair }, index): ListItem => {
    const lines = [pair.kept, pair.merged].map((each) => told(each, at, language, shared))
    return {
      mark: `${index + 1}`,
      text: [...lines, likenessLabel(likeness, say)].join('\n'),
      buttons: [
        { label: say('合并', 'Merge'), intent: { command: 'merge-preview', input: ids(pair) } },
        {
          label: say('不是同一人', 'Two people'),
          intent: { command: 'not-duplicate', input: ids(pair) },
        },
      ],
    }
  })
  const rest = say(
    '处理完这些再发"查重"，会看到后面的。',
    'Say "duplicates" again for those behind.',
  )
  return {
    title: say('可能重复的客户', 'Clients who may be one'),
    blocks: [{ kind: 'list', items }, ...(more ? [{ kind: 'text', text: rest } as const] : [])],
  }
}

/** What becomes of two files if they are made one; nothing is done yet. */
export function previewCard(
  pair: Pair,
  at: Moment,
  { language }: { readonly language: Language },
  shared: boolean,
): Card {
  const say = speaker(language)
  const { kept, merged } = pair
  const [stays, goes] = [kept, merged].map((each) => told(each, at, language, shared))
  const text = say(
    `保留 ${stays}\n并入 ${goes}\n\n两份档案的任务、记录、号码和资料都归到保留的一份；主办、分层和已有的内容以保留的一份为准，它没有的从另一份补上。以后可以"拆开 ${kept.name}"。`,
    `Stays: ${stays}\nGoes into it: ${goes}\n\nTasks, talks, numbers and papers of both stand on the file that stays. Its manager, tier and entries hold; what it lacks is taken from the other. "split ${kept.name}" takes them apart again.`,
  )
  return {
    title: say('合并客户', 'Merge two clients'),
    blocks: [
      { kind: 'text', text },
      {
        kind: 'buttons',
        buttons: [
          {
            label: say('合并', 'Merge'),
            style: 'primary',
            intent: { command: 'merge-clients', input: ids(pair) },
          },
          {
            label: say('保留另一份', 'Keep the other'),
            intent: {
              command: 'merge-preview',
              input: { keptId: merged.id, mergedId: kept.id },
            },
          },
          {
            label: say('不是同一人', 'Two people'),
            intent: { command: 'not-duplicate', input: ids(pair) },
          },
        ],
      },
    ],
  }
}

export const mergedCard = ({ kept, merged }: Pair, say: Say): Card => ({
  blocks: [
    {
      kind: 'text',
      text: say(
        `已合并：**${merged.name}** 的档案并入 **${kept.name}**（${kept.ownerName}主办）。以后可以"拆开 ${kept.name}"。`,
        `Merged: the file of **${merged.name}** went into **${kept.name}** (with ${kept.ownerName}). "split ${kept.name}" takes them apart again.`,
      ),
    },
    {
      kind: 'buttons',
      buttons: [
        undoButton(say),
        {
          label: say('客户', 'Client'),
          intent: { command: 'client', input: { clientId: kept.id } },
        },
      ],
    },
  ],
})

/** To the manager whose client went into a colleague's file. */
export const lostCard = ({ kept, merged }: Pair, by: string, language: Language): Card =>
  textCard(
    speaker(language)(
      `${by}把您的客户 **${merged.name}** 和 ${kept.ownerName} 的 **${kept.name}** 合并了（是同一人），以后由 ${kept.ownerName} 主办。`,
      `${by} merged your client **${merged.name}** with **${kept.name}** of ${kept.ownerName}: they are one person, and ${kept.ownerName} serves them from now on.`,
    ),
  )
