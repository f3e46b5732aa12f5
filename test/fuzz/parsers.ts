import { COMMANDS } from '../../src/app-features.ts'
import { parse } from '../../src/bot/grammar/parse.ts'
import { read as readSlack } from '../../src/channels/slack/read.ts'
import { read as readChat } from '../../src/channels/web/read.ts'
import { read as readApp } from '../../src/channels/wecom/app/read.ts'
import { readXml, sealedIn } from '../../src/channels/wecom/app/sealed.ts'
import { read as readBot } from '../../src/channels/wecom/bot/read.ts'
import { readIcs } from '../../src/features/calendar/ics-read.ts'
import { openedAt, readStamp } from '../../src/features/referrals/landing/guard/stamp.ts'
import { readForm } from '../../src/features/referrals/landing/read-form.ts'
import { kindOf } from '../../src/infra/sheets/reading/kind.ts'
import { decoded, tableOf } from '../../src/infra/sheets/reading/text-table.ts'
import { sheetsOf, subjectOf } from '../../src/infra/sheets/reading/workbook.ts'
import { momentOf } from '../support/moment.ts'
import { anyText, changedBytes, changedText, changedValue, pick } from './change.ts'
import * as seeds from './seeds.ts'

type Random = () => number

/** A parser of what arrives from outside. */
export interface Fuzzed {
  readonly name: string
  /** Of a million inputs, how many are its. */
  readonly share: number
  /** It has a thread of its own in the service: what it holds is not the service's event loop. */
  readonly ownThread?: boolean
  /** A valid input changed in one place, or anything. */
  input(random: Random, changed: boolean): Promise<unknown> | unknown
  /** May throw what `expected` says, and nothing else. */
  run(input: never): unknown
  /** Faults that whoever calls it makes a sentence of. */
  expected?(error: unknown): boolean
}

const at = momentOf('2026-11-23T01:00:00Z')
const NAMES = ['张三', '李四', '王芳', 'Tom']

const texts = (from: readonly string[]) => (random: Random, changed: boolean) =>
  changed ? changedText(pick(random, from), random) : anyText(random)
const values = (from: readonly unknown[]) => (random: Random, changed: boolean) =>
  changed
    ? changedValue(pick(random, from), random)
    : changedValue(pick(random, [{}, anyText(random)]), random)

const parser = <Input>(
  spec: Omit<Fuzzed, 'input' | 'run'> & {
    input: (random: Random, changed: boolean) => Promise<Input> | Input
    run: (input: Input) => unknown
  },
): Fuzzed => spec as Fuzzed

async function readBook(bytes: Uint8Array): Promise<void> {
  if (kindOf('a.xlsx', bytes) === 'text') return void [...tableOf(decoded(bytes))]
  for await (const { rows } of sheetsOf(bytes)) for await (const row of rows) void row
  subjectOf(bytes)
}

export const PARSERS: readonly Fuzzed[] = [
  parser({
    ...{ name: 'typed text', share: 150_000, input: texts(seeds.LINES) },
    run: (line) => parse(line.slice(0, 4000), COMMANDS, at, NAMES),
  }),
  parser({ name: 'Slack', share: 250_000, input: values(seeds.SLACK), run: readSlack }),
  parser({ name: 'WeCom bot', share: 200_000, input: values(seeds.WECOM_BOT), run: readBot }),
  parser({
    ...{ name: 'WeCom app, XML', share: 150_000, input: texts(seeds.WECOM_APP) },
    run: (xml) => [sealedIn(xml), readApp(readXml(xml), 'corp')],
  }),
  parser({
    ...{ name: 'chat in the browser', share: 100_000 },
    input: (random, changed) =>
      // A form's fields are texts, whatever stands in them.
      Object.fromEntries(
        Object.entries(Object(values(seeds.CHAT_FORMS)(random, changed))).map(([name, value]) => [
          name,
          String(typeof value === 'object' ? JSON.stringify(value) : value),
        ]),
      ),
    run: readChat,
  }),
  parser({
    ...{ name: 'referral form', share: 100_000, input: texts(seeds.VISITORS) },
    run: (body) =>
      readForm(
        { header: () => 'application/x-www-form-urlencoded', text: async () => body },
        'abcdefgh',
        true,
        { today: async () => seeds.SECRET, of: async () => seeds.SECRET },
        at,
      ),
  }),
  parser({
    ...{ name: 'stamps', share: 20_000 },
    input: (random, changed) =>
      texts([new URLSearchParams(seeds.VISITORS[1]).get('stamp') ?? ''])(random, changed),
    run: (stamp) => [openedAt(stamp), readStamp(stamp, 'abcdefgh', seeds.SECRET)],
  }),
  parser({ name: 'calendars', share: 10_000, input: texts(seeds.ICS), run: readIcs }),
  parser({
    ...{ name: 'text tables', share: 15_000, ownThread: true, input: texts(seeds.CSV) },
    run: (text) => [...tableOf(decoded(Buffer.from(text)))],
    expected: () => true,
  }),
  parser({
    ...{ name: 'workbooks', share: 5000, ownThread: true },
    input: async (random, changed) =>
      changed
        ? changedBytes(await seeds.WORKBOOK, random)
        : Buffer.from(`PK\x03\x04${anyText(random)}`),
    run: readBook,
    // The thread makes a sentence of whatever it throws (reading/worker.ts).
    expected: () => true,
  }),
]
