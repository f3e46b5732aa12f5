/** @module-tag long */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { printParsed } from '../../src/cli/by-hand/print-parsed.ts'
import { printTier } from '../../src/cli/by-hand/print-tier.ts'
import { pushByHand, say } from '../../src/cli/by-hand/scripts.ts'
import { doctor } from '../../src/cli/doctor.ts'
import { start as startService } from '../../src/cli/start.ts'
import { type Config, readConfig } from '../../src/config.ts'
import { dayIn } from '../../src/core/calendar/time.ts'
import { chineseWorkdays } from '../../src/core/calendar/workdays.ts'
import { type Bank, openBank } from '../support/bank.ts'
import { freePort } from '../support/free-port.ts'
import { KEY } from '../support/keyed.ts'
import { openNewPglite } from '../support/open.ts'

const MAIN = path.resolve('src/main.ts')
let folder: string
const running = new Set<ChildProcess>()

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chenhui-cli-'))
})
afterEach(() => {
  for (const child of running) child.kill('SIGKILL')
  running.clear()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

type Settings = Record<string, string>

function start(words: readonly string[], settings: Settings = {}, cwd = folder): ChildProcess {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [MAIN, ...words], { cwd, env: { PATH, HOME, ...settings } })
  running.add(child)
  return child
}

/** Runs a command to its end. */
async function run(words: readonly string[], settings: Settings = {}, input = '', cwd = folder) {
  const child = start(words, settings, cwd)
  let out = ''
  let err = ''
  child.stdout?.on('data', (bytes) => {
    out += bytes
  })
  child.stderr?.on('data', (bytes) => {
    err += bytes
  })
  child.stdin?.end(input)
  const [code] = await once(child, 'close')
  return { code: code as number, out, err }
}

/** What a command prints, run within this process, which starts fifty times as fast as one of its own. */
async function printed(command: () => unknown): Promise<string> {
  const print = vi.spyOn(console, 'log').mockImplementation(() => {})
  try {
    await command()
    return print.mock.calls.flat().join('\n')
  } finally {
    print.mockRestore()
  }
}

/** All that a process has said on its error output once this stands there. */
function saying({ stderr }: ChildProcess, wanted: string): Promise<string> {
  let said = ''
  return new Promise((resolve) => {
    stderr?.on('data', (bytes) => {
      said += bytes
      if (said.includes(wanted)) resolve(said)
    })
  })
}

/** Asks until the service answers with what is looked for. */
async function seen(url: string, wanted: string): Promise<string> {
  for (;;) {
    const text = await fetch(url).then(
      (answer) => answer.text(),
      () => '',
    )
    if (text.includes(wanted)) return text
    await pause(50)
  }
}

describe('commands that need no database', () => {
  const parse = async (text: string) => {
    const { out } = await run(['parse', text, '--now', '2026-11-23T08:10:00+08:00', '--json'])
    return JSON.parse(out) as unknown
  }

  test('parse prints what would be understood', async () => {
    expect(await parse('1 有意向 50万 周五再联系')).toEqual({
      command: 'log-outcome',
      input: {
        items: [
          {
            task: 1,
            outcome: 'interested',
            amount: 500000,
            product: null,
            nextDate: '2026-11-27',
            note: null,
          },
        ],
      },
    })
  })

  test.each([
    ['1 有意向 2月30日', '2月30日'],
    ['天气不错', '帮助'],
  ])('parse asks where it is not certain: %s', async (text, named) => {
    const now = new Date('2026-11-23T08:10:00+08:00')
    const said = await printed(() => printParsed(readConfig({}), text, now))
    expect(JSON.parse(said)).toEqual({ command: null, asks: expect.stringContaining(named) })
  })

  test('parse answers every line of standard input, and says what is wrong with one', async () => {
    const now = '2026-11-23T08:10:00+08:00'
    const lines = [
      { text: '1 没接', now },
      { text: '走访 张三 忙\n今日', now },
      { text: '' },
      { now },
      [],
      { text: '今日', now: 'soon' },
      { text: '张三没接', now, names: ['张三'] },
      { text: '张三没接', now, names: '张三' },
    ]
    const sent = [...lines.map((line) => JSON.stringify(line)), '1 没接'].join('\n')
    const { code, out } = await run(['parse', '-', '--json'], {}, sent)
    const answers = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown)
    expect(answers).toMatchObject([
      { command: 'log-outcome', input: { items: [{ task: 1, outcome: 'no-answer' }] } },
      { command: null, lines: ['走访 张三 忙', '今日'] },
      { command: null, line: 3, fault: expect.stringContaining('text is empty') },
      { command: null, line: 4, fault: expect.stringContaining('text must be a string') },
      { command: null, line: 5, fault: expect.stringContaining('"text" and "now"') },
      { command: null, line: 6, fault: expect.stringContaining('ISO') },
      { command: 'log-outcome', input: { items: [{ named: '张三', outcome: 'no-answer' }] } },
      { command: null, line: 8, fault: expect.stringContaining('list of names') },
      { command: null, line: 9, fault: expect.stringContaining('not JSON') },
    ])
    expect(code).toBe(0)
  })

  test('parse without a line says what to write', async () => {
    const { code, err } = await run(['parse'])
    expect(err).toContain('npx chenhui parse')
    expect(code).toBe(1)
  })

  test('tier classifies facts from standard input, one or many', async () => {
    const facts = { kind: 'existing', facts: { industryClass: 'barred' } }
    const one = await run(['tier', '--facts', '-', '--json'], {}, JSON.stringify(facts))
    expect(JSON.parse(one.out)).toMatchObject({ tier: 'F', provisional: false, missing: [] })
    const file = path.join(folder, 'facts.json')
    await writeFile(file, JSON.stringify([facts, facts]))
    expect(JSON.parse(await printed(() => printTier(file)))).toHaveLength(2)
  })

  test('tier names a fault', async () => {
    const facts = JSON.stringify({ kind: 'existing', facts: { homeVale: 1 } })
    const { code, err } = await run(['tier', '--facts', '-'], {}, facts)
    expect(code).toBe(1)
    expect(err).toContain('homeVale')
    expect(err).not.toContain('    at ')
  })
})

describe('the service refuses, in a sentence', () => {
  test('without a channel', async () => {
    await expect(startService(readConfig({}))).rejects.toThrow('WEB_CHAT_SECRET')
  })

  test('with settings out of range, all at once', async () => {
    const settings = { PORT: '99999', TIMEZONE: 'Mars', WEB_CHAT_SECRET: 'short' }
    const { code, err } = await run(['start'], settings)
    expect(code).toBe(1)
    for (const each of Object.keys(settings)) expect(err).toContain(each)
    expect(err).not.toContain('    at ')
  })

  test('to start on the folder of another process, and names it', async () => {
    for (const name of ['held', 'other']) {
      await (await openNewPglite(path.join(folder, name))).close()
    }
    const settings = {
      ...{ DATA_DIR: path.join(folder, 'held'), WEB_CHAT_SECRET: 'long enough secret' },
      WEB_CHAT_TESTS: 'yes',
    }
    const port = String(await freePort())
    const first = start(['start'], { ...settings, PORT: port })
    const hint = saying(first, 'npx chenhui open bank.xlsx')
    await seen(`http://127.0.0.1:${port}/healthz`, 'ok')
    // Nobody works there yet: it says what to do, in both languages.
    expect(await hint).toMatch(/行里还没有机构和人员.*Ctrl\+C.*\nThere are no units/)
    const second = await run(['doctor'], settings)
    expect(second.code).toBe(1)
    expect(second.out).toContain(settings.DATA_DIR)
    const third = await run(['start'], {
      ...settings,
      DATA_DIR: path.join(folder, 'other'),
      PORT: port,
    })
    expect(third.code).toBe(1)
    expect(third.err).toContain(`127.0.0.1:${port}`)
  })

  test('an .env that cannot be read', async () => {
    const cwd = await mkdtemp(path.join(folder, 'env-'))
    await writeFile(path.join(cwd, '.env'), 'PORT=1', { mode: 0o000 })
    // The administrator's account reads everything; a folder is unreadable to it too.
    if (process.getuid?.() === 0) {
      await rm(path.join(cwd, '.env'))
      await import('node:fs/promises').then(({ mkdir }) => mkdir(path.join(cwd, '.env')))
    }
    const { code, err } = await run(['doctor'], {}, '', cwd)
    expect(code).toBe(1)
    expect(err).toContain('.env')
    expect(err).not.toContain('    at ')
  })
})

test('a bank opens in an empty folder: one workbook, and everybody is there', async () => {
  const settings = { DATA_DIR: path.join(folder, 'opened') }
  const workbook = path.resolve('test/fixtures/first-bank/bank.xlsx')
  const shown = await run(['open', workbook], settings)
  expect(shown.code).toBe(1)
  expect(shown.out).toContain('人员 people: 新 new 40')
  expect(shown.err).toContain('--yes')
  const opened = await run(['open', workbook, '--yes', '--json'], settings)
  expect(JSON.parse(opened.out)).toMatchObject({ written: true, opening: true, faults: [] })
  const said = await run(['say', 'K01', '待确认'], settings)
  expect(said.out).toContain('没有待确认的事')
  for (const words of [['open'], ['open', '--from', 'slack']]) {
    const { code, err } = await run(words, settings)
    expect([code, err]).toEqual([1, expect.stringMatching(/^(?:请写表格文件|--from)/)])
  }
})

describe('the demo', () => {
  test('shows a morning list, and after kill -9 everything acknowledged is still there', async () => {
    const settings = { DATA_DIR: path.join(folder, 'demo'), PORT: String(await freePort()) }
    const chat = `http://127.0.0.1:${settings.PORT}/chat/as/M001`
    const first = start(['demo'], settings)
    await seen(chat, 'class="items"')
    const bare = await fetch(`http://127.0.0.1:${settings.PORT}/`)
    expect([new URL(bare.url).pathname, bare.status]).toEqual(['/chat', 200])
    const body = new URLSearchParams({ text: '1 有意向 50万' })
    const headers = { origin: `http://127.0.0.1:${settings.PORT}`, 'hx-request': 'true' }
    const answer = await fetch(`${chat}/say`, { method: 'POST', body, headers })
    expect(answer.status).toBe(204)
    first.kill('SIGKILL')
    await once(first, 'close')
    start(['demo'], settings)
    const page = await seen(chat, '已记：')
    expect(page.match(/晨会 · /g)).toHaveLength(1 + 1)
    expect(page.match(/已记：/g)).toHaveLength(1)
    // Two births of the service, one with a whole bank to make: a minute on a slow machine that does more.
  })

  test('the service does not run on demo data, nor does the demo write into a real bank', async () => {
    const settings = { DATA_DIR: path.join(folder, 'demo'), WEB_CHAT_SECRET: 'long enough secret' }
    const service = await run(['start'], settings)
    expect(service.code).toBe(1)
    expect(service.err).toContain('演示数据')
  })

  test('say prints the answer', async () => {
    const settings = { DATA_DIR: path.join(folder, 'demo') }
    const { out } = await run(['say', 'M001', '我的码', '--json'], settings)
    expect(JSON.parse(out)).toMatchObject({ replies: [{ title: '我的转介码' }] })
  })

  test('push by hand counts', async () => {
    // The demo was made today, and has pushed the lists of today.
    const day = chineseWorkdays().next(dayIn(new Date(), 'Asia/Shanghai'))
    const words = ['push', '--now', `${day}T08:07:00+08:00`, '--dry-run']
    const { out } = await run(words, { DATA_DIR: path.join(folder, 'demo') })
    const dry = { day, dryRun: true, workday: true, already: 0 }
    expect(JSON.parse(out)).toMatchObject(dry)
    expect(JSON.parse(out)['queued']).toBeGreaterThan(0)
  })

  test('doctor says what it found', async () => {
    const { code, out } = await run(['doctor'], { DATA_DIR: path.join(folder, 'demo') })
    expect(code).toBe(0)
    expect(out).toContain('4000')
    expect(out).toMatch(/2004–\d{4}/)
    expect(out).not.toContain('没有负责人')
  })
})

describe('on a bank that is there', () => {
  let bank: Bank
  let config: Config
  beforeEach(async () => {
    bank = await openBank('postgres')
    config = readConfig({ ...KEY, DATABASE_URL: `${bank.database.url}`, LOG_LEVEL: 'silent' })
  })
  afterEach(() => bank.close())

  const says = (as: string, how: { text: string; json: boolean }) =>
    printed(() => say(config, { as, ...how, now: null, file: null, save: null }))

  test('say prints the answer as text, and a staff code that is none is named', async () => {
    expect(await says('M1', { text: '今日', json: false })).toContain('晨会')
    await expect(says('M999', { text: '今日', json: true })).rejects.toThrow('M999')
  })

  test('push by hand sends once what it counted, and skips days off', async () => {
    const push = async (day: string, dryRun: boolean) => {
      const now = new Date(`${day}T08:07:00+08:00`)
      return JSON.parse(await printed(() => pushByHand(config, { now, dryRun })))
    }
    const { queued } = await push('2026-12-01', true)
    expect(queued).toBeGreaterThan(0)
    expect(await push('2026-12-01', false)).toMatchObject({ queued, already: 0 })
    expect(await push('2026-12-01', false)).toMatchObject({ queued: 0, already: queued })
    expect(await push('2026-12-05', false)).toMatchObject({ workday: false, queued: 0 })
  })

  test('doctor says where nobody hears of moves that are not decided', async () => {
    const found = await printed(() => doctor(config))
    expect(found).toContain('营销部门之上没有负责人')
    expect(found).toContain('No head above risk')
  })
})
