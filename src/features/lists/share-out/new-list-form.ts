import { z } from 'zod'
import { query } from '../../../bot/command.ts'
import { wholeLine } from '../../../bot/grammar/reading.ts'
import type { Moment } from '../../../bot/moment.ts'
import { pathOf } from '../../../bot/policy.ts'
import { addDays } from '../../../core/calendar/time.ts'
import type { Card } from '../../../core/card.ts'
import { inLanguage, type Language, speaker } from '../../../core/text.ts'
import { audienceToPick } from '../../campaigns/audience/store.ts'
import { productLabel } from '../../catalogue/rules.ts'
import { segmentsSeenBy } from '../../clients/segments/store.ts'
import { WAY_LABELS } from '../labels.ts'
import * as policy from '../policy.ts'
import { USUAL_DAYS, USUAL_PER_DAY, WAYS } from '../rules.ts'
import { IMPORTED, NEW } from './phrases.ts'
import { lastImport } from './store.ts'

/** What there is to pick from. */
interface Known {
  readonly segments: readonly string[]
  readonly audiences: readonly string[]
  /** Whether a workbook was brought in whose clients it may be. */
  readonly imported: boolean
}

/** `名单 新建`: the form. */
export const newListForm = query<unknown, Known>({
  name: 'new-list-form',
  may: policy.makeList,
  help: {
    usage: { zh: '名单 新建', en: 'new list' },
    purpose: {
      zh: '填表分一份名单，先预览再分配',
      en: 'share out a list by a form; preview, then share out',
    },
  },
  phrases: { words: NEW, read: wholeLine({}) },
  input: z.unknown(),
  load: async (tx, _input, context) => ({
    segments: (await segmentsSeenBy(tx, context.who)).map(({ name }) => name),
    audiences: await audienceToPick(tx, pathOf(context), context.who.id),
    imported: (await lastImport(tx, context.who.id, null)) !== null,
  }),
  reply: (known, _input, { who, at }) => formCard(known, at, who.language),
})

function formCard({ segments, audiences, imported }: Known, at: Moment, language: Language): Card {
  const say = speaker(language)
  const from = [...segments, ...(imported ? [inLanguage(IMPORTED, language)] : [])]
  return {
    blocks: [
      {
        kind: 'form',
        form: {
          title: say('新的名单', 'A new list'),
          submit: say('预览', 'Preview'),
          intent: { command: 'make-list', input: {} },
          fields: [
            { name: 'name', label: say('名称', 'Name'), type: 'text', required: true },
            {
              name: 'said',
              label: say('客群或条件', 'Segment or conditions'),
              type: 'text',
              required: true,
              known: from,
              hint: say('如 沉睡户，或 B类 60天未联系', 'such as Sleepers, or tier B'),
            },
            {
              name: 'talkingPoints',
              label: say('话术', 'Talking points'),
              type: 'long-text',
              required: true,
            },
            {
              name: 'way',
              label: say('怎么分', 'Way of sharing out'),
              type: 'choice',
              required: true,
              value: 'owner',
              options: WAYS.map((way) => ({
                label: inLanguage(WAY_LABELS[way], language),
                value: way,
              })),
            },
            {
              name: 'perDay',
              label: say('每人每天最多几件', 'At most so many a day each'),
              type: 'text',
              required: true,
              value: String(USUAL_PER_DAY),
            },
            {
              name: 'endsOn',
              label: say('到哪天', 'Last day'),
              type: 'date',
              required: true,
              value: addDays(at.today, USUAL_DAYS),
            },
            {
              name: 'audience',
              label: say('分给谁', 'Audience'),
              type: 'text',
              required: false,
              known: audiences,
              several: true,
              hint: say(
                '机构、团队或同事，用顿号隔开；不填即您的全部组员',
                'units, teams or people, with commas; blank: all your people',
              ),
            },
            {
              name: 'product',
              label: say('产品', 'Product'),
              type: 'text',
              required: false,
              known: at.catalogue.map(({ code }) => productLabel(at.catalogue, code, language)),
            },
          ],
        },
      },
    ],
  }
}
