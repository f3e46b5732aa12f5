import { expect, test } from 'vitest'
import { outrun, type Passing, passing, describe as says } from '../../src/infra/database/fault.ts'

const with_ = (message: string, fields: object = {}) => Object.assign(new Error(message), fields)
const server = (code: string) => with_('Key (phone)=(13800138000) already exists', { code })
const prisma = (code: string, originalCode?: string) =>
  with_('Invalid `tx.client.create()` 13800138000', {
    ...{ name: 'PrismaClientKnownRequestError', code },
    ...(originalCode && {
      meta: { driverAdapterError: { name: 'DriverAdapterError', cause: { originalCode } } },
    }),
  })
const system = (code: string, syscall: string) => with_(`${syscall} ${code}`, { code, syscall })

test.each<[string, unknown, Passing]>([
  ...['08000', '08001', '08003', '08006', '53000', '53100', '53200', '53300', '53400'].map(
    (code): [string, unknown, Passing] => [code, server(code), 'away'],
  ),
  ...['57P01', '57P02', '57P03', '57P04', '57P05', '58000', '58030', '25006', '28P01', '3D000'].map(
    (code): [string, unknown, Passing] => [code, server(code), 'away'],
  ),
  ...['57014', '40001', '40P01', '55P03', '25P03', '25P04'].map(
    (code): [string, unknown, Passing] => [code, server(code), 'held-up'],
  ),
  ...['23505', '23503', '22P02', '42P01', '42501', '40002', '55006', '25P02', 'XX000', 'P0001'].map(
    (code): [string, unknown, Passing] => [code, server(code), null],
  ),
  ['of Prisma, a full disk', prisma('P2039', '53100'), 'away'],
  ['of Prisma, a lock', prisma('P2010', '55P03'), 'held-up'],
  ['of Prisma, a deadlock', prisma('P2034', '40P01'), 'held-up'],
  ['of Prisma, a constraint', prisma('P2002', '23505'), null],
  ['of Prisma, its own time-out', prisma('P2028'), 'held-up'],
  ['of Prisma, no server', prisma('P1001'), 'away'],
  ['of Prisma, no such row', prisma('P2025'), null],
  ['a reset', system('ECONNRESET', 'read'), 'away'],
  ['a broken pipe', system('EPIPE', 'write'), 'away'],
  ['nobody listens', system('ECONNREFUSED', 'connect'), 'away'],
  ['no such host', system('ENOTFOUND', 'getaddrinfo'), 'away'],
  ['no such file', system('ENOENT', 'open'), null],
  ['terminated', with_('Connection terminated unexpectedly'), 'away'],
  ['no connection', with_('timeout exceeded when trying to connect'), 'away'],
  ['silence', with_('Query read timeout'), 'held-up'],
  ['a bug', new TypeError("Cannot read properties of undefined (reading 'x')"), null],
  ['a bug that speaks of a connection', new Error('no Connection terminated here'), null],
  ['nothing', null, null],
  ['a word', 'ECONNRESET', null],
])('%s', (_what, error, expected) => {
  expect(passing(error)).toBe(expected)
})

test.each<[string, unknown, boolean]>([
  ['a row that is there', server('23505'), true],
  ['of Prisma', prisma('P2002', '23505'), true],
  ['a span that is taken', server('23P01'), true],
  ['a row that is pointed to', server('23503'), false],
  ['a deadlock', server('40P01'), false],
  ['nothing', null, false],
])('%s: another was quicker %s', (_what, error, expected) => {
  expect(outrun(error)).toBe(expected)
})

test('the log tells a lock, a full disk and a bug apart, and quotes no value', () => {
  const lines = [
    server('55P03'),
    prisma('P2039', '53100'),
    with_('Key (phone)=(13800138000)', { code: '23505', constraint: 'task_open_once' }),
    new TypeError('张三'),
  ]
  const said = lines.map(says)
  expect(said[0]).toContain('55P03 locked')
  expect(said[1]).toContain('53100 disk full')
  expect(said[2]).toContain('23505 constraint task_open_once')
  expect(said[3]).toContain('TypeError')
  // As pg-boss hands on what it caught: its parts, and no error.
  const parts = {
    message: '张三',
    code: '57P01',
    stack: 'error: 张三\n    at on (/x/src/queue.js:1)',
  }
  said.push(says(parts))
  expect(said[4]).toBe('fault 57P01 server stops or starts at on (/x/src/queue.js:1)')
  expect(says('张三')).toBe('unknown')
  for (const line of said) expect(line).not.toMatch(/13800138000|张三|phone/)
})
