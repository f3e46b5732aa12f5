import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { asking } from '../../../bot/grammar/commands/lacking.ts'
import type { Reading } from '../../../bot/grammar/reading.ts'
import { pathOf } from '../../../bot/policy.ts'
import { textCard } from '../../../core/card.ts'
import { Choice, Refusal, refuse } from '../../../core/decision.ts'
import { newId } from '../../../core/ids.ts'
import type { ClientFilter } from '../../clients/filter/rules.ts'
import type { Segment } from '../../clients/segments/rules.ts'
import {
  dropSegment as drop,
  saveSegment as keep,
  segmentNamed,
} from '../../clients/segments/store.ts'
import { keptText, segmentCard } from './cards.ts'
import { type ChoiceInput, choiceInput, filterMeant } from './choice.ts'
import * as policy from './policy.ts'
import { type Chosen, countChosen } from './store.ts'

type Input = ChoiceInput & { readonly name: string }
interface Facts {
  readonly filter: ClientFilter
  readonly counted: Chosen
  /** Seen by that unit and those below it; null: by its maker alone. */
  readonly within: string | null
}
type Kept = Facts & { readonly name: string }

/** `保存客群 沉睡户 城东 B类`: keeps a choice under a name, or changes what it says. */
export const saveSegment = command<Input, Facts, Kept>({
  name: 'save-segment',
  may: policy.chooseClients,
  concurrency: 'long',
  help: {
    usage: {
      zh: '保存客群 沉睡户 B类 用信低于30% 60天未联系',
      en: 'save segment Sleepers tier B usage under 30%',
    },
    purpose: {
      zh: '给一组条件起个名字存下；本机构的人都能用，经理存的只有自己用',
      en: 'keep a choice of clients under a name; your unit may use it, a manager keeps it for themselves',
    },
  },
  phrases: {
    words: [
      '保存客群',
      '客群 保存',
      '存客群',
      '新建客群',
      '客群 新建',
      'save segment',
      'new segment',
    ],
    lacks: asking({
      zh: '叫什么、哪些条件？比如 沉睡户 B类 60天未联系。',
      en: 'What name, and which conditions? For example Sleepers tier B 60 days without contact.',
    }),
    free: ['name'],
    read: readOf,
  },
  input: z.object({
    ...choiceInput,
    name: z
      .string()
      .trim()
      .min(2, '客群名称至少两个字。 A name has at least two characters.')
      .max(20, '客群名称最多 20 字。 A name has at most 20 characters.')
      .refine((name) => !/\s/.test(name), '客群名称里不要有空格。 A name has no blanks.'),
  }),
  async load(tx, input, context) {
    const filter = await filterMeant(tx, context, input, 'save-segment')
    if (filter instanceof Refusal || filter instanceof Choice) return filter
    const within = context.reach === 'own book' ? null : pathOf(context)
    return { filter, within, counted: await countChosen(tx, context, filter) }
  },
  decide: (facts, { name }) =>
    facts.filter.length === 0
      ? refuse(
          '没有写条件，这会是全部客户。请写至少一个条件，如"B类"。',
          'There is no condition, which would be all clients. Give at least one, such as "tier B".',
        )
      : { ...facts, name },
  save: (tx, { name, filter, within }, { who, at }) =>
    keep(tx, { id: newId(), name, filter, madeBy: who.id, within }, at.now),
  reply({ name, filter, counted }, _facts, { who, at }) {
    const wording = { today: at.today, catalogue: at.catalogue, language: who.language }
    const { blocks } = segmentCard({ segment: { name }, filter, counted }, wording)
    return textCard(keptText(name, who.language), ...blocks)
  },
})

/** "沉睡户 城东 B类", "沉睡户：城东 B类". */
function readOf(rest: string): Reading<Input> {
  const said = rest.match(/^(?<name>[^\s:：]+)[\s:：]+(?<said>\S.*)$/u)?.groups
  return said
    ? { kind: 'understood', input: { name: said['name'] ?? '', said: said['said'] } }
    : { kind: 'no' }
}

/** `删除客群 沉睡户`: what lists and campaigns were made of stays as it was. */
export const dropSegment = command<
  { readonly name: string },
  { readonly segment: Segment },
  { readonly segment: Segment }
>({
  name: 'drop-segment',
  may: policy.dropSegment,
  help: {
    usage: { zh: '删除客群 沉睡户', en: 'drop segment Sleepers' },
    purpose: { zh: '删除自己存的客群', en: 'delete a segment of yours' },
  },
  phrases: {
    words: ['删除客群', '客群 删除', 'drop segment', 'delete segment'],
    lacks: asking({ zh: '哪个客群？', en: 'Which segment?' }),
    read: (name) => (name ? { kind: 'understood', input: { name } } : { kind: 'no' }),
  },
  input: z.object({ name: z.string().trim().min(1).max(40) }),
  async load(tx, { name }, { who }) {
    const segment = await segmentNamed(tx, who, name)
    return segment
      ? { segment }
      : refuse(
          `没有客群"${name}"。说"客群"看都有哪些。`,
          `There is no segment "${name}"; say "segments" to see them.`,
        )
  },
  decide: (facts) => facts,
  save: (tx, { segment }) => drop(tx, segment.id),
  reply: ({ segment }, _facts, { say }) =>
    textCard(
      say(
        `已删除客群"${segment.name}"；客户和用过它的名单、活动都不变。`,
        `The segment "${segment.name}" is deleted; clients, and lists and campaigns made of it, stay as they are.`,
      ),
    ),
})
