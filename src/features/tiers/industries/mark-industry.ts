import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { asking } from '../../../bot/grammar/commands/lacking.ts'
import type { Card } from '../../../core/card.ts'
import { refuse } from '../../../core/decision.ts'
import { speaker } from '../../../core/text.ts'
import { saveDraft } from '../../editions/store.ts'
import { type Industry, industryOf } from '../../registers/industries.ts'
import { matchNames, nearNames } from '../../registers/store.ts'
import { INDUSTRY_LABEL } from '../../tier-rules/labels.ts'
import { markOf } from '../../tier-rules/marks.ts'
import type { Standard } from '../../tier-rules/standard.ts'
import { bodyOf } from '../../tier-rules/store.ts'
import * as policy from '../policy.ts'
import { classSaid } from '../standards/read-cells.ts'
import { editable, KIND_LABEL } from '../standards/which.ts'

const input = z.object({
  /** A name in any spelling, or a code. */
  industry: z.string().trim().min(1).max(40),
  class: z.string().trim().min(1).max(20),
})

interface Marked {
  readonly industry: Industry
  readonly before: readonly Standard[]
  readonly after: readonly Standard[]
}

/** `标准 行业 餐饮 前景好`: what the bank thinks of an industry, in the drafts of both standards. */
export const markIndustry = command<
  z.infer<typeof input>,
  Pick<Marked, 'industry'> & { readonly standards: readonly Standard[] },
  Marked
>({
  name: 'mark-industry',
  may: policy.editStandard,
  help: {
    usage: { zh: '标准 行业 餐饮 前景好', en: 'standard industry catering promising' },
    purpose: {
      zh: '在两份标准的草稿里定一个行业：前景好、一般、审慎、禁入',
      en: 'set an industry in the drafts of both standards: promising, neutral, cautious, barred',
    },
  },
  phrases: {
    words: ['标准 行业', '标准行业', 'standard industry'],
    lacks: asking({
      zh: '哪个行业、哪一种？比如 餐饮 前景好。',
      en: 'Which industry, and which mark? For example catering promising.',
    }),
    read(rest) {
      const [, industry, word] = rest.match(/^(.+?)\s+(\S+)$/s) ?? []
      return industry && word
        ? { kind: 'understood', input: { industry, class: word } }
        : { kind: 'no' }
    },
  },
  input,
  async load(tx, said, { at }) {
    const [entry] = await matchNames(tx, 'industry', [said.industry])
    const industry = industryOf(entry?.code ?? said.industry)
    if (!industry) {
      const near = await nearNames(tx, 'industry', said.industry)
      const [zh, en] =
        near.length > 0
          ? [`接近的有：${near.join('、')}。`, ` Near it: ${near.join(', ')}.`]
          : ['可以写国标代码，如 62。', ' A code of the classification will do, such as 62.']
      return refuse(
        `国标行业里没有"${said.industry}"。${zh}`,
        `The national classification has no industry "${said.industry}".${en}`,
      )
    }
    const [existing, prospect] = [
      await editable(tx, 'existing', at.today),
      await editable(tx, 'prospect', at.today),
    ]
    return { industry, standards: [existing.standard, prospect.standard] }
  },
  decide({ industry, standards }, said) {
    const mark = classSaid(said.class)
    if (!mark) {
      return refuse(
        `类别"${said.class}"没有，有：前景好、一般、审慎、禁入。`,
        `There is no class "${said.class}"; there are promising, neutral, cautious and barred.`,
      )
    }
    const before = standards.filter(({ industries }) => markOf(industry.code, industries) !== mark)
    if (before.length === 0) {
      return refuse(
        `${industry.name}已经是"${INDUSTRY_LABEL[mark].zh}"，没有要改的。`,
        `${industry.name} is ${INDUSTRY_LABEL[mark].en} already; there is nothing to change.`,
      )
    }
    const after = before.map((standard) => ({
      ...standard,
      industries: { ...standard.industries, [industry.code]: mark },
    }))
    return { industry, before, after }
  },
  async save(tx, { after }, { who, at }) {
    for (const standard of after) {
      await saveDraft(tx, `tiers:${standard.kind}`, bodyOf(standard), who, at.now)
    }
  },
  reply: (marked, _facts, { who }) => markedCard(marked, who.language),
})

function markedCard({ industry, before, after }: Marked, language: 'zh' | 'en'): Card {
  const say = speaker(language)
  const { code, name } = industry
  const said = ({ industries }: Standard) => {
    const mark = markOf(code, industries)
    return mark ? INDUSTRY_LABEL[mark][language] : say('按大类', 'by division')
  }
  return {
    title: `${name} ${code}`,
    blocks: [
      {
        kind: 'fields',
        fields: after.map((standard, at) => ({
          label: say(
            `${KIND_LABEL[standard.kind].zh}标准草稿`,
            `Draft for ${KIND_LABEL[standard.kind].en}`,
          ),
          value: `${said(before[at] ?? standard)} → ${said(standard)}`,
        })),
      },
      {
        kind: 'text',
        text: say(
          '客户自己登记过行业类别的，以登记的为准。先试算，再由另一位同事发布。',
          'Where a class is recorded for a client, that one counts. Try it, then somebody else publishes it.',
        ),
      },
      {
        kind: 'buttons',
        buttons: after.map(({ kind }) => ({
          label: say(`试算 ${KIND_LABEL[kind].zh}`, `Dry run: ${KIND_LABEL[kind].en}`),
          intent: { command: 'dry-run-standard', input: { kind } },
        })),
      },
    ],
  }
}
