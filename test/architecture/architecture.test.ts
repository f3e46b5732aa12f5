import { expect, test } from 'vitest'
import { aroundValues, type Module, modulesBelow } from './imports.ts'

const modules = modulesBelow('src').filter(({ file }) => !file.startsWith('src/generated/'))

/** The room a file is in: the part of the house, or the top level's own files. */
const roomOf = (file: string): string => {
  const [, room = '', ...rest] = file.split('/')
  return rest.length === 0 ? room.replace(/\.ts$/, '') : room
}

/** Each room, and the rooms it may import. Imports point down. */
const BELOW: Record<string, readonly string[]> = {
  core: [],
  infra: ['core', 'generated'],
  bot: ['core', 'infra', 'generated'],
  features: ['core', 'infra', 'bot', 'generated'],
  channels: ['core'],
  demo: ['core', 'infra'],
  config: ['core', 'infra', 'channels'],
  'app-features': ['core', 'infra', 'bot', 'features'],
  app: ['core', 'infra', 'bot', 'features', 'config', 'app-features'],
  cli: ['core', 'infra', 'bot', 'features', 'channels', 'demo', 'config', 'app', 'app-features'],
  main: ['core', 'infra', 'features', 'config', 'cli'],
}

/** Files whose name promises that they are pure. */
const PURE = /^(rules|cards|phrases|read|render|labels|lines|facts|standard)$/

const nameOf = (file: string): string => file.split('/').at(-1)?.replace(/\.ts$/, '') ?? ''

const isPure = ({ file }: Module): boolean => {
  const room = roomOf(file)
  if (room === 'core') return true
  return (
    (room === 'features' || room === 'channels') && PURE.test(nameOf(file).split('-').at(-1) ?? '')
  )
}

/** The one home of each library that has one. */
const HOMES: Record<string, RegExp> = {
  'pg-boss': /^src\/infra\/(queue|database\/(index|pglite))\.ts$/,
  nodemailer: /^src\/infra\/mail\.ts$/,
  'node-cron': /^src\/infra\/clock\.ts$/,
  'prom-client': /^src\/bot\/operations\/metrics\.ts$/,
  pg: /^src\/infra\/database\//,
  '@electric-sql/pglite': /^src\/infra\/database\//,
  '@prisma/adapter-pg': /^src\/infra\/database\//,
  'pglite-prisma-adapter': /^src\/infra\/database\//,
  'csv-parse': /^src\/infra\/sheets\/csv-stream\.ts$/,
  'pg-copy-streams': /^src\/infra\/database\/copy\.ts$/,
  pino: /^src\/infra\/log\.ts$/,
  sharp: /^src\/infra\//,
  hucre: /^src\/infra\/sheets\//,
  'hucre/csv': /^src\/infra\/sheets\//,
  'hucre/xlsx': /^src\/infra\/sheets\//,
  'echarts/core': /^src\/infra\/pictures\/chart-engine\.ts$/,
  otpauth: /^src\/infra\/one-time-code\.ts$/,
  uqr: /^src\/infra\/pictures\/qr\.ts$/,
  hono: /^src\/(infra\/web|bot\/(feature|operations\/operations-page)|channels\/(plugin|(web|slack|wecom)\/.*)|features\/.*-page)\.ts$/,
  '@hono/node-server': /^src\/(infra\/web|channels\/slack\/index)\.ts$/,
  '@slack/bolt': /^src\/channels\/slack\//,
  '@wecom/aibot-node-sdk': /^src\/channels\/wecom\/bot\//,
  wechaty: /^src\/channels\/wechaty\//,
  'file-box': /^src\/channels\/wechaty\//,
  '@wecom/crypto': /^src\/channels\/wecom\/app\/sealed\.ts$/,
  'fast-xml-parser': /^src\/(channels\/wecom\/app\/sealed|infra\/sheets\/reading\/workbook)\.ts$/,
  'temporal-polyfill': /^src\/core\/calendar\/time\.ts$/,
  'chinese-days': /^src\/core\/calendar\/(schedule|statutory-holidays)\.ts$/,
  'libphonenumber-js': /^src\/bot\/grammar\/phone\.ts$/,
  'pinyin-pro': /^src\/core\/identity\/pinyin\.ts$/,
  cdigit: /^src\/core\/identity\/identity-numbers\.ts$/,
  nzh: /^src\/bot\/grammar\/number\.ts$/,
  isbot: /^src\/features\/referrals\/landing\/guard\/visitor\.ts$/,
  'ipaddr.js': /^src\/features\/referrals\/landing\/guard\/visitor\.ts$/,
  'rate-limiter-flexible': /^src\/infra\/limits\/rate-limits\.ts$/,
  'proxy-addr': /^src\/infra\/web\.ts$/,
  nanoid: /^src\/features\/(referrals\/store|staff\/new-code)\.ts$/,
  'fastest-levenshtein':
    /^src\/(bot\/grammar\/commands\/candidates|features\/tier-rules\/classify|config)\.ts$/,
  'pure-rand': /^src\/demo\//,
  '@opentelemetry/api': /^src\/infra\/tracing\.ts$/,
  '@opentelemetry/sdk-trace': /^src\/infra\/tracing\.ts$/,
  cac: /^src\/cli\/command(?:-line\.ts|s\/)/,
}

const faults = (rule: (module: Module) => readonly string[]): string[] =>
  modules.flatMap((module) => rule(module).map((fault) => `${module.file}: ${fault}`))

test('looks at the whole house', () => {
  expect(modules.length).toBeGreaterThan(60)
  expect(new Set(modules.map(({ file }) => roomOf(file)))).toEqual(new Set(Object.keys(BELOW)))
})

test('files and folders stay small enough to be read', () => {
  const long = faults(({ source }) => {
    const lines = source.split('\n').length - 1
    return lines > 300 ? [`${lines} lines`] : []
  })
  expect(long).toEqual([])
  const folders = Map.groupBy(modules, ({ file }) => file.slice(0, file.lastIndexOf('/')))
  const full = [...folders].filter(([, files]) => files.length > 14).map(([folder]) => folder)
  expect(full).toEqual([])
})

test('imports point down', () => {
  const upward = faults(({ file, imports }) => {
    const room = roomOf(file)
    return imports
      .filter((each) => each.startsWith('src/'))
      .filter((each) => roomOf(each) !== room && !BELOW[room]?.includes(roomOf(each)))
      .map((each) => `imports ${each}`)
  })
  expect(upward).toEqual([])
})

test('no file imports what imports it, types included', () => {
  const importsOf = new Map(modules.map(({ file, imports }) => [file, imports]))
  const reaches = (from: string, seen = new Set<string>()): Set<string> => {
    for (const next of importsOf.get(from) ?? []) {
      if (seen.has(next) || !importsOf.has(next)) continue
      seen.add(next)
      reaches(next, seen)
    }
    return seen
  }
  expect(modules.map(({ file }) => file).filter((file) => reaches(file).has(file))).toEqual([])
})

test('a channel imports no other channel', () => {
  const channelOf = (file: string) => file.match(/^src\/channels\/([^/]+)\//)?.[1]
  const across = faults(({ file, imports }) => {
    const own = channelOf(file)
    return own ? imports.filter((each) => (channelOf(each) ?? own) !== own) : []
  })
  expect(across).toEqual([])
})

/** The features on their floors, the lowest first; on one floor a feature may import those before it. */
const FLOORS = {
  ground: ['staff', 'requests', 'editions', 'playbook', 'catalogue', 'registers', 'tier-rules'],
  middle: ['clients', 'needs', 'tasks', 'tiers', 'completeness', 'risk'],
  upper: [
    ...['visits', 'complaints', 'campaigns', 'activities', 'handover', 'referrals', 'people'],
    ...[
      'roster',
      'facilities',
      'calendar',
      'quotas',
      'pipeline',
      'coverage',
      'reminders',
      'digest',
      'papers',
      'client-file',
    ],
  ],
  top: [
    ...['need-intake', 'questions', 'client-card', 'enquiries', 'duplicates', 'intake', 'import'],
    ...['exports', 'sources', 'lists', 'places', 'clusters'],
    ...['desk', 'feeds', 'home'],
  ],
}

test('features stand on floors, and import downwards only', () => {
  const order = Object.values(FLOORS).flat()
  const featureOf = (file: string) => file.match(/^src\/features\/([^/]+)/)?.[1]
  const there = new Set(modules.flatMap(({ file }) => featureOf(file) ?? []))
  expect([...there].sort()).toEqual(order.toSorted())
  const upward = faults(({ file, imports }) => {
    const own = featureOf(file)
    if (!own) return []
    return imports.filter((each) => {
      const other = featureOf(each)
      return other && other !== own && order.indexOf(other) > order.indexOf(own)
    })
  })
  expect(upward).toEqual([])
})

test('what is called pure sees no clock, database, network or environment', () => {
  const impure = faults((module) => {
    if (!isPure(module)) return []
    const imports = module.imports.filter(
      (each) => /^(node:(?!util$)|src\/(infra|generated)\/)/.test(each) || nameOf(each) === 'store',
    )
    const uses = module.source.match(/\bnew Date\(\)|\bDate\.now\(|\bMath\.random\(|\bprocess\./g)
    return [...imports.filter((each) => !typeOnly(module, each)), ...(uses ?? [])]
  })
  expect(impure).toEqual([])
})

/** What is read of days over and over, and never differs. (A WeakMap only remembers what its key says.) */
const MEMOS = 'src/core/calendar/time.ts'

test('what is called pure keeps nothing from one call to the next', () => {
  const kept = faults((module) =>
    isPure(module) && module.file !== MEMOS
      ? (module.source.match(/^(?:export )?(?:let |const \w+ = new (?!WeakMap)\w+<.*>\(\)).*/gm) ??
        [])
      : [],
  )
  expect(kept).toEqual([])
})

/** A type carries no behaviour along. */
const typeOnly = ({ source }: Module, imported: string): boolean => {
  const file = imported.split('/').at(-1)?.replace('.', '\\.') ?? ''
  return new RegExp(`import type [^;]*?from '[^']*${file}'`).test(source)
}

test('each library has one home', () => {
  const astray = faults(({ file, imports }) =>
    imports.filter((each) => HOMES[each] && !HOMES[each].test(file)),
  )
  expect(astray).toEqual([])
})

test('Prisma stays in infra, in stores and in the bot’s own queries', () => {
  const leaks = faults(({ file, imports }) =>
    imports.filter(
      (each) =>
        each.startsWith('src/generated/') &&
        !/^src\/(infra\/database\/(index|raw-statements|postgres|pglite)|features\/.+\/store)\.ts$/.test(
          file,
        ),
    ),
  )
  expect(leaks).toEqual([])
})

/** Where a value may stand between the quotes of a literal. */
const QUOTED = 'src/infra/database/quoted.ts'
/** Not SQL: a hash in a Content-Security-Policy stands in quotes too. */
const HASH = /'sha256-$/

test('no value is spliced into a literal of SQL, except by the one function that quotes', () => {
  const spliced = faults(({ file, source }) =>
    aroundValues(file, source)
      .filter(({ before, behind }) => /'\{?$/.test(before) || /^\w*\}?'(?!s\b)/.test(behind))
      .filter(({ before }) => !HASH.test(before))
      .map(({ before, behind }) => `${before.slice(-20)}…${behind.slice(0, 20)}`),
  )
  expect(spliced).toHaveLength(1)
  expect(spliced[0]).toMatch(QUOTED)
})

test('only the command line reads the environment; pictures set where their type is', () => {
  const allowed = ['src/cli/commands/environment.ts', 'src/infra/pictures/picture.ts']
  const readers = faults(({ file, source }) =>
    !allowed.includes(file) && /process\.env/.test(source) ? ['process.env'] : [],
  )
  expect(readers).toEqual([])
})
