import type { Block, Button, Card, ListItem } from '../../../core/card.ts'
import { inLanguage, type Language, type Say, speaker } from '../../../core/text.ts'
import { type Completeness, shareOf, type ThinCount } from '../../completeness/rules.ts'
import type { ThinFile } from '../../completeness/store.ts'

/** As many of what is missing are named on a line of a list. */
const NAMED = 4

/** "还缺 3 项：地址、净资产、年销售额", or that nothing is missing. */
export function missingLine(
  { total, missing }: Completeness,
  language: Language,
  most = Number.POSITIVE_INFINITY,
): string {
  const say = speaker(language)
  if (missing.length === 0) return say(`资料齐全（${total} 项）`, `Complete (${total} items)`)
  const names = missing.slice(0, most).map(({ label }) => inLanguage(label, language))
  const more = missing.length > most ? say(' 等', ' and more') : ''
  return say(
    `还缺 ${missing.length} 项（共 ${total} 项）：${names.join('、')}${more}`,
    `${missing.length} of ${total} missing: ${names.join(', ')}${more}`,
  )
}

/** What fills the file: the form of the facts, or that of the file. */
export function fillButtons(
  { id, missing }: Completeness & { readonly id: string },
  say: Say,
): Button[] {
  const input = { clientId: id }
  const facts = missing.some(({ conditions }) => conditions !== null)
  const basics = missing.some(({ conditions }) => conditions === null)
  return [
    ...(facts
      ? [
          {
            label: say('补充信息', 'Facts'),
            opensForm: true,
            intent: { command: 'fact-form', input },
          },
        ]
      : []),
    ...(basics
      ? [
          {
            label: say('改资料', 'File'),
            opensForm: true,
            intent: { command: 'change-form', input },
          },
        ]
      : []),
  ]
}

/** What one client's file lacks. */
export function clientMissingCard(file: ThinFile, language: Language): Card {
  const say = speaker(language)
  const hangs = file.tierHangs
    ? `\n${say('补齐后分层可能变化。', 'What is missing may change the tier.')}`
    : ''
  const buttons = fillButtons(file, say)
  return {
    title: [file.name, file.businessName].filter(Boolean).join(' · '),
    blocks: [
      { kind: 'text', text: `${missingLine(file, language)}${hangs}` },
      ...(buttons.length > 0 ? [{ kind: 'buttons', buttons } as const] : []),
    ],
  }
}

/** A book: how many files are complete, and which are not. */
export function bookCard(
  {
    name,
    files,
    count,
  }: {
    readonly name: string | null
    readonly files: readonly ThinFile[]
    readonly count: Omit<ThinCount, 'name'>
  },
  language: Language,
): Card {
  const say = speaker(language)
  const thin = count.clients - count.complete
  const whose = name ?? say('您', 'You')
  const text = say(
    `${whose}名下 ${count.clients} 位客户，资料齐全 ${count.complete} 位，不全 **${thin}** 位，其中 ${count.hanging} 位影响分层。`,
    `${whose}: ${count.clients} clients, ${count.complete} complete, **${thin}** not, of whom ${count.hanging} have a tier that may change.`,
  )
  const items = files.map((file): ListItem => {
    const who = [`**${file.name}**`, file.businessName].filter(Boolean).join(' · ')
    return {
      text: `${who}\n${missingLine(file, language, NAMED)}`,
      buttons: fillButtons(file, say),
    }
  })
  const rest = thin - files.length
  const blocks: Block[] = [{ kind: 'text', text }]
  if (items.length > 0) blocks.push({ kind: 'list', items })
  if (rest > 0) {
    blocks.push({
      kind: 'text',
      text: say(`还有 ${rest} 位；补齐上面的再看。`, `${rest} more; fill these first.`),
    })
  }
  return { title: say('缺资料的客户', 'Files that are not complete'), blocks }
}

/** Parts of a unit, the least complete first. */
export function unitCard(unit: string, counts: readonly ThinCount[], language: Language): Card {
  const say = speaker(language)
  const sum = (of: (each: ThinCount) => number) => counts.reduce((all, each) => all + of(each), 0)
  const total = {
    name: say('合计', 'total'),
    clients: sum(({ clients }) => clients),
    complete: sum(({ complete }) => complete),
    hanging: sum(({ hanging }) => hanging),
  }
  const row = (each: ThinCount) => [
    each.name,
    `${each.clients}`,
    `${each.complete}`,
    `${Math.floor(shareOf(each) * 100)}%`,
    `${each.hanging}`,
  ]
  return {
    title: say(`${unit} 的客户资料`, `Client files of ${unit}`),
    blocks: [
      {
        kind: 'table',
        columns: [
          say('部门或经理', 'part'),
          say('客户', 'clients'),
          say('齐全', 'complete'),
          say('齐全率', 'share'),
          say('影响分层', 'tier hangs'),
        ],
        rows: [...counts, total].map(row),
      },
      {
        kind: 'text',
        text: say(
          '看一个部门或一位经理：说"缺资料 名称"。',
          'For a part or a manager say "missing" and the name.',
        ),
      },
    ],
  }
}
