import { z } from 'zod'
import { type Context, command } from '../../../bot/command.ts'
import { lacksClient } from '../../../bot/grammar/commands/lacking.ts'
import type { Asker } from '../../../bot/policy.ts'
import type { Day } from '../../../core/calendar/time.ts'
import { Choice, type Refusal, refuse } from '../../../core/decision.ts'
import type { Text } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { type ClientRef, clientRef, resolveClient } from '../../clients/resolve-client.ts'
import type { Client } from '../../clients/rules.ts'
import { closeThinFiles } from '../../tasks/care/thin-files.ts'
import { makeDue } from '../../tasks/plan-task.ts'
import { FACT_NAMES, type FactName, factLabel } from '../../tier-rules/facts.ts'
import { approverOf } from '../../tier-rules/rules.ts'
import { answerAfter, answerFor, type Known } from '../answer/answer.ts'
import { colleaguesOf } from '../approvals/approvers-store.ts'
import { askOthers } from '../approvals/ask-others.ts'
import { isApprover } from '../approvals/rules.ts'
import * as policy from '../policy.ts'
import { retier } from '../retier.ts'
import { recordedCard } from './cards.ts'
import { readFacts } from './phrases.ts'
import { readFact } from './read-fact.ts'
import { barredFrom, type FactChange, isGrave, type Recorded } from './rules.ts'
import { recordedOf, saveFacts } from './store.ts'

type Said = Partial<Record<FactName, string>>

/** Words and buttons send `facts`; a form sends each fact by its name. */
const input = z
  .looseObject({
    ...clientRef,
    facts: z.record(z.string(), z.string()).default({}),
    confirmed: z.boolean().default(false),
  })
  .transform(({ clientId, named, facts, confirmed, ...fields }, context) => {
    const all = { ...facts, ...fields }
    const unknown = Object.keys(all).find((name) => !isFact(name))
    if (unknown !== undefined) {
      context.addIssue(`没有"${unknown}"这一项。 There is no fact "${unknown}".`)
      return z.NEVER
    }
    const said = Object.entries(all).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1].trim() !== '',
    )
    return { clientId, named, facts: Object.fromEntries(said) as Said, confirmed }
  })
type Input = ClientRef & { readonly facts: Said; readonly confirmed: boolean }

const isFact = (name: string): name is FactName => (FACT_NAMES as readonly string[]).includes(name)

interface Facts {
  readonly client: Client
  readonly known: Known
  readonly onFile: Partial<Record<FactName, Recorded | null>>
  /** The others of the asker's department, where it is one that approves; null: it is none. */
  readonly colleagues: readonly string[] | null
}

/** What is written down, and a sentence for each fact that is not. */
interface Recording {
  readonly client: Client
  readonly changes: readonly FactChange[]
  readonly refused: readonly Text[]
}

/** Facts of a client in one line; the tier follows in the same transaction. */
export const recordFacts = command<Input, Facts, Recording>({
  name: 'record-facts',
  may: policy.recordFacts,
  undoable: true,
  help: {
    usage: {
      zh: '补 张三 净资产 320万 开票 410万',
      en: 'fill Zhang net assets 3.2m invoiced 4.1m',
    },
    purpose: {
      zh: '补充客户信息，马上重新分层；金额、比例、日期、是或否都可以',
      en: 'record facts of a client; the tier follows at once',
    },
  },
  phrases: {
    words: ['补充', '补录', '补', '修改', '改', 'fill', 'facts'],
    lacks: lacksClient,
    read: (rest, at) => (rest ? readFacts(rest, at.today) : { kind: 'no' }),
  },
  input: input as unknown as z.ZodType<Input>,
  load,
  decide: ({ client, onFile }, { facts }, { who, at }) => {
    const recording = recordingOf(client, facts, onFile, who.role, at.today)
    const { changes, refused } = recording
    if (changes.length > 0) return recording
    if (refused.length > 0) {
      return refuse(refused.map(({ zh }) => zh).join('\n'), refused.map(({ en }) => en).join('\n'))
    }
    return refuse(
      `${client.name} 的这些信息和已登记的一样，没有改动。`,
      `These facts of ${client.name} are on file already; nothing changed.`,
    )
  },
  async save(tx, { client, changes }, context) {
    const { who, at, actId } = context
    await saveFacts(tx, client.id, changes, { who, actId, at })
    await retier(tx, [client.id], at.today)
    await makeDue(tx, [client.id], actId, at)
    await closeThinFiles(tx, [client.id], actId, at.now)
    await askOthers(tx, [client.id], context)
  },
  reply: ({ changes, refused }, { known, colleagues }, { who }) => {
    const after = answerAfter(known, changes)
    const { tier, decided } = after.standing
    const asked = decided !== null && approverOf(tier, decided) === who.role
    return recordedCard(known.answer, after, changes, refused, asked ? colleagues : null)
  },
})

async function load(
  tx: Queries,
  said: Input,
  { who, reach, at }: Context & Asker,
): Promise<Facts | Refusal | Choice> {
  const { facts, confirmed } = said
  const intent = { command: 'record-facts', input: { facts } }
  const client = await resolveClient(tx, { who, reach }, said, intent)
  if (!('id' in client)) return client
  const names = Object.keys(facts) as FactName[]
  if (names.length === 0) {
    return refuse(
      `要补充 ${client.name} 的什么？比如"补 ${client.name} 净资产 320万 开票 410万"。`,
      `What is to be recorded of ${client.name}? For example "fill ${client.name} net assets 3200000".`,
    )
  }
  const onFile = await recordedOf(tx, client.id, names)
  const { changes } = recordingOf(client, facts, onFile, who.role, at.today)
  const grave = changes.filter(({ fact, after }) => isGrave(fact, after))
  if (grave.length > 0 && !confirmed) return confirmation(client, grave, facts)
  const colleagues = isApprover(who.role) ? await colleaguesOf(tx, who.role, who.id) : null
  return { client, onFile, colleagues, known: await answerFor(tx, client, { who, at }) }
}

function recordingOf(
  client: Client,
  facts: Said,
  onFile: Facts['onFile'],
  role: Context['who']['role'],
  today: Day,
): Recording {
  const changes: FactChange[] = []
  const refused: Text[] = []
  for (const [fact, words] of Object.entries(facts) as [FactName, string][]) {
    const barred = barredFrom(role, fact)
    const read = readFact(fact, words, today)
    if (barred) refused.push(barred)
    else if ('refused' in read) refused.push(read.refused)
    else if ('unclear' in read) refused.push(read.unclear)
    else {
      const before = onFile[fact] ?? null
      if (before !== read.value) changes.push({ fact, before, after: read.value })
    }
  }
  return { client, changes, refused }
}

/** Bad news leads to F, so it is asked about once more. */
function confirmation(client: Client, grave: readonly FactChange[], facts: Said): Choice {
  const names = (language: 'zh' | 'en') =>
    grave.map(({ fact }) => factLabel(fact)[language]).join(language === 'zh' ? '、' : ', ')
  return new Choice(
    {
      zh: `要把 ${client.name} 记为"${names('zh')}"吗？这会使客户进入 F 淘汰的审批。不是就不用回答。`,
      en: `Record "${names('en')}" of ${client.name}? It leads to tier F, which risk approves. If not, just go on.`,
    },
    [
      {
        label: `确认 yes · ${client.name}`,
        intent: {
          command: 'record-facts',
          input: { clientId: client.id, facts, confirmed: true },
        },
      },
    ],
  )
}
