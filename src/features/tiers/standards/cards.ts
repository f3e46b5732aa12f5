import type { Context } from '../../../bot/command.ts'
import { type Day, dayIn, sayDay } from '../../../core/calendar/time.ts'
import type { Block, Button, Card } from '../../../core/card.ts'
import { type Refusal, refuse } from '../../../core/decision.ts'
import type { Actor } from '../../../core/staff.ts'
import { type Language, type Say, speaker } from '../../../core/text.ts'
import { type Edition, isDryRun } from '../../editions/rules.ts'
import { tierLabel } from '../../tier-rules/rules.ts'
import type { Standard } from '../../tier-rules/standard.ts'
import { differences, sayCriterion, sayParam } from './say-standard.ts'
import type { SheetFault } from './sheet-reader.ts'
import { type DraftState, type Followed, KIND_LABEL, type Kind } from './which.ts'

export interface Reader {
  readonly who: Pick<Actor, 'id'>
  readonly language: Language
  readonly today: Day
  readonly timezone: string
}

export const readerOf = ({ who, at }: Pick<Context, 'who' | 'at'>): Reader => ({
  who,
  language: who.language,
  today: at.today,
  timezone: at.timezone,
})

const button = (label: string, command: string, input: object): Button => ({
  label,
  intent: { command, input },
})

export const titleOf = (kind: Kind, version: number, say: Say): string =>
  say(
    `${KIND_LABEL[kind].zh}分层标准 · 第 ${version} 版`,
    `Standard for ${KIND_LABEL[kind].en} · version ${version}`,
  )

/** A standard in short: each tier with what it asks, the limits the bank sets, and all versions. */
export function standardCard(
  standard: Standard,
  editions: readonly Edition[],
  edits: boolean,
  { language, today, timezone }: Reader,
): Card {
  const say = speaker(language)
  const { kind, version, tiers, params } = standard
  const other: Kind = kind === 'existing' ? 'prospect' : 'existing'
  const buttons = [
    button(KIND_LABEL[other][language], 'show-standard', { kind: other }),
    ...(edits ? [button(say('导出', 'Export'), 'export-standard', { kind })] : []),
    ...(edits && editions.some(({ status }) => status === 'draft')
      ? [button(say('看草稿', 'The draft'), 'show-draft', { kind })]
      : []),
  ]
  const asked = tiers.map(({ tier, when, alsoAs, criteria }) => {
    const name = tierLabel(tier, language)
    const also = alsoAs
      ? [say(`同"${tierLabel(alsoAs, 'zh')}"`, `as ${tierLabel(alsoAs, 'en')}`)]
      : []
    const parts = [...also, ...criteria.map((each) => sayCriterion(each, standard, language))]
    const by = when === 'all' ? say('；', '; ') : say(' / ', ' / ')
    const any = when === 'any' ? say('任一：', 'any of: ') : ''
    return { text: `**${name}** ${any}${parts.join(by)}` }
  })
  const limits = Object.entries(params).map(([name, { label }]) => ({
    label: label[language],
    value: sayParam(name, standard, language),
  }))
  return {
    title: titleOf(kind, version, say),
    blocks: [
      {
        kind: 'list',
        heading: say('依次判定，先符合的为准', 'In this order; the first that holds counts'),
        items: asked,
      },
      ...(limits.length > 0 ? [{ kind: 'fields', fields: limits } satisfies Block] : []),
      {
        kind: 'list',
        heading: say('版本', 'Versions'),
        items: editions.map((each) => ({
          text: versionLine(each, today, timezone, say, language),
        })),
      },
      { kind: 'buttons', buttons },
    ],
  }
}

function versionLine(
  { version, status, effectiveFrom, madeAt }: Edition,
  today: Day,
  timezone: string,
  say: Say,
  language: Language,
): string {
  const name = say(`第 ${version} 版`, `version ${version}`)
  const from = effectiveFrom ? sayDay(effectiveFrom, today, language) : ''
  if (status === 'draft') {
    const made = sayDay(dayIn(madeAt, timezone), today, language)
    return say(`${name} · 草稿，${made} 修改`, `${name} · draft, edited ${made}`)
  }
  if (status === 'withdrawn') return say(`${name} · 已作废`, `${name} · withdrawn`)
  return effectiveFrom && effectiveFrom > today
    ? say(`${name} · ${from} 起生效`, `${name} · comes into force ${from}`)
    : say(`${name} · ${from} 起`, `${name} · since ${from}`)
}

/** Lines of a list that are shown before the rest is counted. */
const SHOWN = 15

/** What a draft changes, what was done with it, and what comes next. */
export function draftCard(
  edition: DraftState,
  standard: Standard,
  follows: Followed,
  said: string | null,
  reader: Reader,
): Card {
  const { language, today } = reader
  const { kind } = standard
  const say = speaker(language)
  const changes = differences(follows.standard, standard, language)
  const more = changes.length - SHOWN
  const items = changes.slice(0, SHOWN).map((text) => ({ text }))
  const next = nextStep(edition, reader, say)
  return {
    title: `${titleOf(kind, edition.version, say)} · ${say('草稿', 'draft')}`,
    blocks: [
      ...(said ? [{ kind: 'text', text: said } satisfies Block] : []),
      {
        kind: 'list',
        heading: heldAgainst(follows, today, say),
        items: items.length > 0 ? items : [{ text: say('没有差别。', 'There is no difference.') }],
      },
      ...(more > 0
        ? [
            {
              kind: 'text',
              text: say(
                `还有 ${more} 处，导出表格可看全部。`,
                `And ${more} more; the export has them all.`,
              ),
            } satisfies Block,
          ]
        : []),
      { kind: 'text', text: next },
      {
        kind: 'buttons',
        buttons: [
          button(say('试算', 'Dry run'), 'dry-run-standard', { kind }),
          button(say('导出', 'Export'), 'export-standard', { kind }),
          button(say('弃稿', 'Give it up'), 'drop-draft', { kind }),
        ],
      },
    ],
  }
}

export const heldAgainst = (
  { standard: { version }, comes }: Followed,
  today: Day,
  say: Say,
): string =>
  comes
    ? say(
        `和第 ${version} 版相比（${sayDay(comes, today, 'zh')} 起生效）`,
        `Against version ${version} (in force from ${sayDay(comes, today, 'en')})`,
      )
    : say('和现行标准相比', 'Against the standard in force')

function nextStep(
  { dryRun, hash, makers }: DraftState,
  { who, language, today, timezone }: Reader,
  say: Say,
): string {
  if (dryRun && isDryRun({ dryRun, hash })) {
    const on = sayDay(dayIn(dryRun.at, timezone), today, language)
    return say(`${on}已试算。`, `Dry-run ${on}. `) + publishStep(makers, who, say)
  }
  return dryRun
    ? say('试算之后又改过，请重新试算。', 'It changed since the dry run; run it again.')
    : say(
        '下一步：试算，看会有多少客户变动。',
        'Next: the dry run, to see how many clients would move.',
      )
}

/** Who publishes what was dry-run, and how. */
export const publishStep = (makers: readonly string[], who: Pick<Actor, 'id'>, say: Say): string =>
  makers.includes(who.id)
    ? say(
        '请营销部门另一位同事发"标准 发布 12月1日"这样的一句。',
        'Another colleague of marketing now says for example "standard publish 1 Dec".',
      )
    : say(
        '您没有改过这份草稿，同意就发"标准 发布 12月1日"这样的一句。',
        'You did not edit it: when you agree say for example "standard publish 1 Dec".',
      )

/** What has to be mended in a workbook, cell by cell. */
export function refuseWorkbook(faults: readonly SheetFault[]): Refusal {
  const more = faults.length - SHOWN
  const lines = (language: Language) => {
    const say = speaker(language)
    return [
      say(
        `表格有 ${faults.length} 处要改，草稿没有动：`,
        `The workbook needs mending in ${faults.length} places; the draft is as it was:`,
      ),
      ...faults.slice(0, SHOWN).map(({ sheet, row, column, because }) => {
        const place = [
          `"${sheet}"`,
          row !== null && say(`第 ${row} 行`, `row ${row}`),
          column !== null && say(`"${column}"列`, `column "${column}"`),
        ]
        return `${place.filter(Boolean).join(' ')}${say('：', ': ')}${because[language]}`
      }),
      more > 0
        ? say(`还有 ${more} 处。改好后再发一次。`, `And ${more} more. Mend them and send it again.`)
        : say('改好后再发一次。', 'Mend them and send it again.'),
    ].join('\n')
  }
  return refuse(lines('zh'), lines('en'))
}
